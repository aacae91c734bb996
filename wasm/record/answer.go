package record

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/headfast/headfast/wasm/resolve"
	"github.com/headfast/headfast/wasm/trace"
	"github.com/tidwall/gjson"
)

// setAnswer keeps the headers of an answer, but for what they name a credential.
func (x *exchange) setAnswer(headers []msg.Header) {
	for _, f := range headers {
		if lower := strings.ToLower(f.Name); secretAnswer(lower) {
			value, _, _ := strings.Cut(f.Value, ";") // of a cookie, its attributes are no secret
			x.own.AddParts(value)
		} else if lower == "location" || lower == "content-location" {
			x.learnQuery(f.Value)
		}
	}
	for i, f := range headers {
		if i == mostHeaders {
			x.more = "of more than 100 headers the first are here"
			return
		}
		lower := strings.ToLower(f.Name)
		value := f.Value
		switch {
		case lower == "mcp-session-id":
			value = "$MCP_SESSION_ID"
		case secretAnswer(lower):
			value = trace.Redacted
		case lower == "location" || lower == "content-location":
			value = plain(trace.HoleQuery(clean(x.redact(value[:min(len(value), longestHeader)], len(value) > longestHeader))))
		default:
			value = x.redact(value[:min(len(value), longestHeader)], len(value) > longestHeader)
		}
		if lower == "location" {
			x.location = value
		}
		if lower == "content-type" {
			x.kind = value
		}
		x.answer = append(x.answer, field{name: x.redact(f.Name[:min(len(f.Name), longestHeader)], false), value: value})
	}
}

// secretAnswer says that a header of an answer, by its name in lower case, has a credential.
func secretAnswer(lower string) bool {
	return strings.HasPrefix(lower, "set-cookie") || resolve.CredentialName(lower)
}

// learnQuery has the values of a reference's query taken out of the content too.
func (x *exchange) learnQuery(ref string) {
	_, query, _ := strings.Cut(ref, "?")
	for _, pair := range strings.FieldsFunc(query, func(c rune) bool { return c == '&' || c == '#' }) {
		if _, value, ok := strings.Cut(pair, "="); ok {
			x.own.Add(value)
		}
	}
}

// content is what came, without its secrets; omits says what was left out of it.
func (x *exchange) content() (text, omits string) {
	cut := x.came > len(x.raw) || x.end == 0
	switch {
	case x.came == 0:
		return "", ""
	case x.about.SignIn && x.method != "GET":
		return x.refusal(), "all but an error is left out: it may hold a token"
	case x.came > len(x.raw):
		omits = "cut"
	}
	raw := x.raw
	if cut {
		raw = whole(raw)
	}
	if !utf8.Valid(raw) || bytes.IndexByte(raw, 0) >= 0 {
		return "", "it is no text, and left out"
	}
	if !cut && jsontext.Valid(raw) == nil {
		clean := string(x.own.JSON(x.about.Redact.JSON(raw)))
		return decoding(clean, func(s string) string { return x.redact(s, false) }), ""
	}
	if strings.HasPrefix(strings.ToLower(x.kind), "text/event-stream") {
		return x.redact(messages(string(raw)), cut), omits
	}
	return x.redact(string(raw), cut), omits
}

// whole takes off the bytes of a character that a cut went through.
func whole(b []byte) []byte {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if last := b[len(b)-n:]; utf8.RuneStart(last[0]) && !utf8.FullRune(last) {
			return b[:len(b)-n]
		}
	}
	return b
}

// refusal is an error of OAuth (RFC 6749 section 5.2), and nothing that came with it.
func (x *exchange) refusal() string {
	if len(x.raw) < x.came || jsontext.Valid(x.raw) != nil {
		return ""
	}
	out := ""
	for _, name := range []string{"error", "error_description", "error_uri"} {
		if v := gjson.GetBytes(x.raw, name); v.Type == gjson.String {
			out += `,"` + name + `":` + string(jsontext.AppendString(nil, x.redact(v.Str, false)))
		}
	}
	if out == "" {
		return ""
	}
	return "{" + out[1:] + "}"
}

// messages is an event stream with no other data than JSON: what a server names as its endpoint lets anybody into the
// session.
func messages(stream string) string {
	var b strings.Builder
	inJSON := false
	for line := range strings.Lines(strings.ReplaceAll(strings.ReplaceAll(stream, "\r\n", "\n"), "\r", "\n")) {
		data, is := strings.CutPrefix(line, "data:")
		data = strings.TrimSpace(data)
		switch {
		case line == "\n":
			inJSON = false
		case is && !inJSON && data != "":
			if inJSON = data[0] == '{' || data[0] == '['; !inJSON {
				line = "data: " + trace.Redacted + "\n"
			}
		case !is && !strings.HasPrefix(line, "event:") && !strings.HasPrefix(line, "id:") && !strings.HasPrefix(line, "retry:"):
			line = ":\n"
		}
		b.WriteString(line)
	}
	return b.String()
}
