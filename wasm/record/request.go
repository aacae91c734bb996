package record

import (
	"strconv"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/resolve"
	"github.com/headfast/headfast/wasm/trace"
	"github.com/headfast/headfast/wasm/weburl"
)

// redact takes the secrets out of a text; cut says that it does not go to its end.
func (x *exchange) redact(s string, cut bool) string {
	one := func(s string) string {
		if cut {
			return x.own.Cut(x.about.Redact.Cut(s))
		}
		return x.own.Text(x.about.Redact.Text(s))
	}
	return decoding(one(s), one)
}

// decoding redacts a text by what its percent-encoding says too, of which each writer encodes other characters. It is
// left as it is where that does not matter.
func decoding(s string, redact func(string) string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	decoded := unescape(s)
	if redacted := redact(decoded); redacted != decoded {
		return redacted
	}
	return s
}

// clean is a text without control characters, which stand for holes here.
func clean(s string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f {
			return -1
		}
		return c
	}, s)
}

// setURL keeps the URL. One that is not the entry's own has its query's values replaced, and what in a path that the
// server named looks like the name of a session.
func (x *exchange) setURL(url string) {
	if u, err := weburl.Parse(url); err == nil {
		x.origin = u.Origin()
	}
	if x.url = x.about.Wire; x.url != "" {
		return
	}
	url = clean(url)
	at := strings.IndexByte(url, '?')
	if at < 0 {
		at = len(url)
	}
	for _, pair := range strings.Split(strings.TrimPrefix(url[at:], "?"), "&") {
		_, value, _ := strings.Cut(pair, "=")
		x.own.Add(value)
	}
	base := x.redact(url[:at], false)
	if x.about.Named {
		parts := strings.Split(base, "/")
		for i := range parts {
			if i > 2 && opaque(parts[i]) {
				x.own.Add(parts[i])
				parts[i] = trace.Hole("ENDPOINT_ID", false)
			}
		}
		base = strings.Join(parts, "/")
	}
	x.url = strings.ReplaceAll(base, trace.Redacted, trace.Hole("URL_PART", false)) + trace.HoleQuery(url[at:])
}

// opaque says that a part of a path is made by a machine.
func opaque(part string) bool { return len(part) >= 8 && strings.ContainsAny(part, "0123456789") }

// protocol are the headers whose values the core makes itself: they are kept, without known secrets.
const protocol = " accept content-type mcp-protocol-version mcp-method mcp-name last-event-id "

// setHeaders keeps the headers: of all but the protocol's own, no more than a scheme is.
func (x *exchange) setHeaders(h *msg.HTTP) {
	for _, f := range h.Headers {
		lower := strings.ToLower(f.Name)
		if strings.Contains(protocol, " "+lower+" ") || strings.HasPrefix(lower, "mcp-param-") {
			x.fields = append(x.fields, field{f.Name, clean(x.redact(f.Value, false)), ""})
			continue
		}
		scheme, secret := trace.SplitScheme(f.Value)
		x.own.Add(secret)
		if resolve.CredentialName(lower) {
			x.own.AddParts(secret)
		}
		if scheme != "" {
			scheme += " "
		}
		hole, from := x.holeOf(f.Name, lower)
		x.fields = append(x.fields, field{f.Name, scheme + hole, from})
	}
	if h.Proof != nil {
		x.own.Add(h.Proof.Input)
		x.fields = append(x.fields, field{"DPoP", trace.Hole("DPOP_PROOF", false), "signed for this request alone (RFC 9449)"})
	}
}

// holeOf is the hole for a header's value, and where that is from.
func (x *exchange) holeOf(name, lower string) (hole, from string) {
	for _, use := range x.about.Uses {
		if use.Sent && strings.EqualFold(use.Name, name) {
			from = provenance(&use)
			if use.Where.Line == 0 && lower == "authorization" {
				return trace.Hole("ACCESS_TOKEN", false), from
			}
		}
	}
	switch {
	case lower == "mcp-session-id":
		return trace.Hole("MCP_SESSION_ID", false), "that of the session"
	case x.about.SignIn:
		return trace.Hole("CLIENT_CREDENTIALS", false), "who this client is: base64 of its ID and secret (RFC 6749 section 2.3.1)"
	}
	if v := x.variable(name); v != "" {
		return trace.Hole(v, true), from
	}
	// Its beginning keeps a file from choosing which of the person's variables is sent.
	return trace.Hole("X_"+strings.TrimPrefix(trace.Variable(name), "X_"), false), from
}

func (x *exchange) variable(header string) string {
	if x.about.Variable == nil {
		return ""
	}
	return x.about.Variable(header)
}

// provenance says where a value is from, without it.
func provenance(use *msg.HeaderUse) string {
	from := use.Note
	if use.Where.Line > 0 {
		from = strings.TrimPrefix(use.Note+", "+problem.At(use.Where), ", ")
	}
	if len(use.Variables) > 0 {
		from += ", variable " + problem.Join(use.Variables)
	}
	if use.Fingerprint != "" {
		from += ", ends in " + use.Fingerprint
	}
	return trace.Line(from)
}

// plainParameters of a form tell nothing: RFC 6749, 7009, 7521, 8628, 8693 and 8707.
const plainParameters = " grant_type response_type redirect_uri resource scope client_id client_assertion_type token_type_hint requested_token_type subject_token_type audience "

const formType = "application/x-www-form-urlencoded"

// setBody keeps the content: JSON without known secrets, and of a form the parameters that are known to tell nothing.
func (x *exchange) setBody(h *msg.HTTP) {
	switch {
	case len(h.Body) == 0:
	case len(h.Body) > MostSent:
		x.body = ""
	case x.about.SignIn && x.header("Content-Type") == formType:
		x.form = true
		x.setForm(string(h.Body))
	case jsontext.Valid(h.Body) == nil:
		x.body = string(x.own.JSON(x.about.Redact.JSON(h.Body)))
	}
}

func (x *exchange) setForm(form string) {
	pairs := strings.Split(form, "&")
	for _, pair := range pairs { // what is secret here may be said again elsewhere
		if name, value, _ := strings.Cut(pair, "="); !strings.Contains(plainParameters, " "+name+" ") {
			x.own.Add(unescape(value))
		}
	}
	for i, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		value = clean(x.redact(unescape(value), false))
		if !strings.Contains(plainParameters, " "+name+" ") || strings.Contains(value, trace.Redacted) {
			value = trace.Hole(trace.Variable(name), false)
		}
		pairs[i] = name + "=" + value
	}
	x.body = strings.Join(pairs, "\n")
}

// unescape decodes percent-encoding; what is none stays.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				b.WriteByte(byte(n))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// header is the value of a request's header.
func (x *exchange) header(name string) string {
	for _, f := range x.fields {
		if f.name == name {
			return f.value
		}
	}
	return ""
}
