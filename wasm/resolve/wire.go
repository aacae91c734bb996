package resolve

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/trace"
	"github.com/headfast/headfast/wasm/weburl"
)

// Variable is the variable that is all of a configured header's value, or all that stands behind its scheme, so that
// the header can be written without its value; empty where there is none.
func (p *Plan) Variable(header string) string {
	for _, v := range p.whole {
		if strings.EqualFold(v.Name, header) {
			return v.Value
		}
	}
	return ""
}

// noteWhole remembers what Variable tells.
func (p *Plan) noteWhole(use *msg.HeaderUse, value string, lookup Lookup) {
	if len(use.Variables) != 1 || len(use.Defaults) > 0 || !trace.IsVariable(use.Variables[0]) {
		return
	}
	name := use.Variables[0]
	_, secret := trace.SplitScheme(value)
	if v, _ := lookup(name); v != "" && (v == value || v == secret) {
		p.whole = append(p.whole, msg.Header{Name: use.Name, Value: name})
	}
}

// wire is the URL as a shell can write it: with holes for its variables and for what stands in its query. Where the
// variables cover the host too, the holes do.
func (p *Plan) wire(entry *config.Entry, lookup Lookup) string {
	if entry.URL.Plain() {
		return p.URL.Origin() + trace.HoleQuery(p.URL.Path+p.URL.Query)
	}
	real, _, _ := entry.URL.Expand(lookup)
	holed, _, _ := entry.URL.Expand(func(name string) (string, bool) {
		_, known := lookup(name)
		if !trace.IsVariable(name) {
			return trace.Hole(trace.Variable(name), false), true
		}
		return trace.Hole(name, known), true
	})
	real, holed = strings.TrimSpace(real), strings.TrimSpace(holed)
	if from := strings.Index(holed, "://"); from >= 0 && !strings.ContainsAny(holed[:from], "\x00\x01") {
		if slash := strings.IndexAny(holed[from+3:], "/?#"); slash >= 0 {
			_, tail := split(real)
			if u, err := weburl.Parse(p.URL.Origin() + tail); err == nil && u == p.URL {
				return p.URL.Origin() + trace.HoleQuery(holed[from+3+slash:])
			}
		}
	}
	head, tail := split(holed)
	return head + trace.HoleQuery(tail)
}
