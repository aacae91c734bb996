package resolve

import (
	"bytes"
	"slices"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/trace"
)

// Helper is the program that prints an entry's headers.
type Helper struct {
	Command string
	Args    []string
	Env     []msg.Header
	// Dir is the folder to run it in: a relative path is the same program wherever the person stands.
	Dir   string
	Show  string
	Where msg.Position
}

// setHelper expands headersHelper. The server's name and URL are told to it under the names that Claude Code uses.
func (p *Plan) setHelper(entry *config.Entry, lookup Lookup) {
	if len(entry.Helper) == 0 || p.Auth.Mode != "headers" && p.Auth.Mode != "both" {
		return
	}
	h := &Helper{Where: entry.Helper[0].Where, Dir: entry.HelperDir, Show: trace.Line(entry.Helper[0].Text)}
	if name, value, is := strings.Cut(h.Show, "="); is && value != "" && !strings.ContainsAny(name, `/\`) {
		h.Show = name + "=" + trace.Redacted // an assignment for a shell
	}
	h.Command = p.text(entry.Helper[0], "headersHelper", lookup)
	for _, w := range entry.Helper[1:] {
		h.Args = append(h.Args, p.text(w, "headersHelper", lookup))
	}
	h.Env = []msg.Header{{Name: "CLAUDE_CODE_MCP_SERVER_NAME", Value: entry.Name}, {Name: "CLAUDE_CODE_MCP_SERVER_URL", Value: p.URL.String()}}
	p.Helper = h
}

// helped says in a HeaderUse where the value is from.
const helped = "printed by headersHelper"

// mostHelped bounds the headers that a helper may print.
const mostHelped = 100

// Helped takes what the helper printed: a JSON object of header names and values, which win over configured headers of
// the same name. The error has nothing of what was printed. changed says that another header or value came than before.
func (p *Plan) Helped(printed []byte) (changed bool, e *msg.Error) {
	var all []msg.Header
	why := ""
	printed = bytes.TrimSpace(printed)
	if jsontext.Valid(printed) != nil || printed[0] != '{' {
		why, printed = "it printed no JSON object", []byte("{}")
	}
	jsontext.Members(printed, func(name string, _ int, value []byte, _ int) bool {
		text, ok := jsontext.Unquote(value)
		h := config.Header{Name: name, Value: config.Value{Where: p.Helper.Where}}
		use := msg.HeaderUse{Name: name, Credential: true}
		text = strings.Trim(text, " \t")
		switch {
		case !config.IsToken(name) || reserved(name) != "":
			why = "a name that it printed is none that can be sent"
		case !ok || len(text) > config.MaxValue || checkValue(h, &use, text) != nil:
			why = "the value of " + name + " cannot be sent"
		case len(all) == mostHelped:
			why = "it printed more than 100 headers"
		}
		all = append(all, msg.Header{Name: name, Value: text})
		return why == ""
	})
	if why != "" {
		return false, p.located(problem.New(problem.HelperFailed, "The program that makes the headers made none", p.Helper.Show+": "+why+".",
			`It must print an object such as {"Authorization": "Bearer …"} and nothing else.`), p.Helper.Where)
	}
	return p.takeHelped(all), nil
}

func (p *Plan) takeHelped(all []msg.Header) (changed bool) {
	before := slices.Clone(p.Headers)
	for _, h := range all {
		same := func(other msg.Header) bool { return strings.EqualFold(other.Name, h.Name) }
		p.Headers = append(slices.DeleteFunc(p.Headers, same), h)
		p.whole = slices.DeleteFunc(p.whole, same)
		p.Redact.Add(h.Value)
		_, secret := trace.SplitScheme(h.Value)
		p.Redact.AddParts(secret)
		f := trace.Print(h.Value)
		use := msg.HeaderUse{Name: h.Name, Where: p.Helper.Where, Scheme: f.Scheme, Fingerprint: f.Tail, Length: f.Length, Credential: true, Sent: true,
			Note: helped}
		p.Auth.Header = append(slices.DeleteFunc(p.Auth.Header, func(o msg.HeaderUse) bool { return strings.EqualFold(o.Name, h.Name) }), use)
	}
	return !slices.Equal(before, p.Headers)
}
