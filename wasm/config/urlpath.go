package config

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/tree"
)

// SetURLPath is the edit that puts another path into the entry's URL, where the file writes that out: not where it comes
// from a variable, or is escaped. What stands before it and the query stay. path is plain, such as "/mcp".
func (e *Entry) SetURLPath(path string) (msg.Edit, bool) {
	n, found := e.urlNode(e.node)
	raw := n.Token()
	authority := strings.Index(raw, "://")
	if !found || authority < 0 {
		return msg.Edit{}, false
	}
	end := len(strings.TrimRight(raw, `"'`))
	start := authority + len("://")
	if i := strings.IndexAny(raw[start:end], "/?#"); i >= 0 {
		start += i
	} else {
		start = end
	}
	if i := strings.IndexAny(raw[start:end], "?#"); i >= 0 {
		end = start + i
	}
	if strings.ContainsAny(raw[start:end], "\\${}%\n") {
		return msg.Edit{}, false
	}
	return msg.Edit{At: n.Part(start, end), Text: path}, true
}

// urlNode is the value that the URL was read from.
func (e *Entry) urlNode(n tree.Node) (found tree.Node, ok bool) {
	for _, m := range n.Members() {
		switch e.meaning(m) {
		case URLField, HTTPURLField:
			if m.Value.Where() == e.URL.Where {
				return m.Value, true
			}
		case NestedField:
			if found, ok = e.urlNode(m.Value); ok {
				return found, ok
			}
		}
	}
	return tree.Node{}, false
}
