package sse

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"
)

// outcome is all that a stream does, written so that == compares it: events as
// type, data and ID, then the state, then the error if there was one.
type outcome struct {
	events, lastID, retry, failure string
}

func showEvent(kind, data, id string) string {
	return strconv.Quote(kind) + " " + strconv.Quote(data) + " " + strconv.Quote(id) + "\n"
}

var lineEnd = regexp.MustCompile("\r\n|\n|\r")

// reference interprets a whole stream as slowly and literally as the standard
// says it: decode, drop a byte order mark, cut lines, process them.
func reference(stream []byte) (o outcome) {
	text := strings.TrimPrefix(decodeSlowly(stream), "\uFEFF")
	lines := lineEnd.Split(text, -1)
	var kind, data, id string
	for _, line := range lines[:len(lines)-1] {
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimPrefix(value, " ")
		switch {
		case line == "":
			o.lastID = id
			if data != "" {
				o.events += showEvent(kind, strings.TrimSuffix(data, "\n"), id)
			}
			kind, data = "", ""
		case name == "event":
			kind = value
		case name == "data":
			data += value + "\n"
		case name == "id" && !strings.Contains(value, "\x00"):
			id = value
		case name == "retry" && regexp.MustCompile(`^[0-9]+$`).MatchString(value):
			n, _ := new(big.Int).SetString(value, 10)
			if !n.IsInt64() {
				n.SetInt64(1<<63 - 1)
			}
			o.retry = n.String()
		}
	}
	return o
}

// decodeSlowly is the "UTF-8 decoder" of the Encoding standard, byte by byte.
func decodeSlowly(stream []byte) string {
	var out strings.Builder
	var point rune
	need, low, high := 0, byte(0x80), byte(0xBF)
	for i := 0; i < len(stream); i++ {
		b := stream[i]
		switch {
		case need > 0 && (b < low || b > high):
			out.WriteRune('\uFFFD')
			need, low, high = 0, 0x80, 0xBF
			i-- // the byte is read again
		case need > 0:
			low, high = 0x80, 0xBF
			point = point<<6 | rune(b&0x3F)
			if need--; need == 0 {
				out.WriteRune(point)
			}
		case b < 0x80:
			out.WriteByte(b)
		case b >= 0xC2 && b <= 0xDF:
			need, point = 1, rune(b&0x1F)
		case b >= 0xE0 && b <= 0xEF:
			need, point = 2, rune(b&0xF)
			if b == 0xE0 {
				low = 0xA0
			}
			if b == 0xED {
				high = 0x9F
			}
		case b >= 0xF0 && b <= 0xF4:
			need, point = 3, rune(b&0x7)
			if b == 0xF0 {
				low = 0x90
			}
			if b == 0xF4 {
				high = 0x8F
			}
		default:
			out.WriteRune('\uFFFD')
		}
	}
	if need > 0 {
		out.WriteRune('\uFFFD')
	}
	return out.String()
}

// run feeds a stream in the given pieces. Each piece is overwritten as soon as Feed
// returns, so that nothing kept from it can go unseen.
func run(limits Limits, pieces ...[]byte) (o outcome) {
	p := Parser{Limits: limits}
	for _, piece := range pieces {
		chunk := append([]byte(nil), piece...)
		err := p.Feed(chunk, func(e Event) error {
			o.events += showEvent(e.Type, string(e.Data), e.ID)
			return nil
		})
		for i := range chunk {
			chunk[i] = "\n:X\r"[i%4]
		}
		if err != nil {
			o.failure = err.Error()
		}
	}
	o.lastID = p.LastEventID()
	if ms, ok := p.Retry(); ok {
		o.retry = strconv.FormatInt(ms, 10)
	}
	return o
}

// split cuts a stream into pieces of n bytes.
func split(stream []byte, n int) (pieces [][]byte) {
	for len(stream) > n {
		pieces = append(pieces, stream[:n])
		stream = stream[n:]
	}
	return append(pieces, stream)
}
