package tree

import "github.com/headfast/headfast/jsbridge/msg"

// Token is the value as the source writes it, quotation marks included; empty where the node is no part of one.
func (n Node) Token() string {
	if n.source == nil {
		return ""
	}
	return string(n.source.Text[n.Start:n.End])
}

// Part is the stretch of the source from one byte of the token up to another, without that.
func (n Node) Part(start, end int) msg.Span {
	start, end = n.Start+start, n.Start+end
	return msg.Span{Start: uint32(start), End: uint32(end), From: n.source.At(start), To: n.source.At(end)}
}
