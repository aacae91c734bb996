package resolve

import (
	"strings"

	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/trace"
	"github.com/headfast/headfast/wasm/weburl"
)

// showURL is the URL for people, who see it in every message. Keys in URLs are common, so only scheme, host and
// the literal path are shown as they are: a variable behind the host stays its name, and a value in the query
// that is no variable is left out.
func (p *Plan) showURL(entry *config.Entry, lookup Lookup) string {
	for _, name := range entry.URL.Variables() {
		if v, ok := lookup(name); ok && v != p.URL.Host && v != p.URL.Port && !strings.Contains(p.URL.Origin(), v) {
			p.Redact.Add(v)
		}
	}
	for _, pair := range pairs(p.URL.Query) {
		if _, value, ok := strings.Cut(pair, "="); ok {
			p.Redact.Add(value)
		}
	}
	_, tail := split(entry.URL.Template())
	if !entry.URL.Plain() {
		return p.URL.Origin() + hideQuery(tail)
	}
	return p.URL.Origin() + p.URL.Path + hideQuery(p.URL.Query)
}

// Shown is another URL of this server for people, such as where it redirects to.
func (p *Plan) Shown(u weburl.URL) string {
	u.Query = ""
	return p.Redact.Text(u.String())
}

// ShownText is Shown for a URL's text.
func (p *Plan) ShownText(text string) string {
	u, err := weburl.Parse(text)
	switch {
	case err != nil:
		return trace.Redacted
	case u == p.URL:
		return p.Show
	}
	return p.Shown(u)
}

// ShowTemplate is the URL as the file writes it, before any expansion, without what may be a secret: the values
// in its query, its fragment, and what stands before an "@".
func ShowTemplate(entry *config.Entry) string {
	text := entry.URL.Template()
	head, tail := split(text)
	if at := strings.LastIndexByte(text, '@'); at >= 0 {
		scheme, _, _ := strings.Cut(text, "://")
		_, tail = split("x://" + text[at+1:])
		host := strings.TrimSuffix(text[at+1:], tail)
		head = scheme + "://" + trace.Redacted + "@" + host
		if !strings.Contains(text[:at], "://") {
			head = trace.Redacted + "@" + host
		}
	}
	return head + hideQuery(tail)
}

// split cuts a URL's text behind its authority.
func split(text string) (head, tail string) {
	from := 0
	if i := strings.Index(text, "://"); i >= 0 {
		from = i + 3
	}
	end := strings.IndexAny(text[from:], "/?#")
	if end < 0 {
		return text, ""
	}
	return text[:from+end], text[from+end:]
}

// hideQuery leaves the names of a query and hides its values; a variable stays its name. The fragment is cut.
func hideQuery(tail string) string {
	tail, _, _ = strings.Cut(tail, "#")
	path, query, ok := strings.Cut(tail, "?")
	if !ok {
		return path
	}
	parts := strings.Split(query, "&")
	for i, pair := range parts {
		name, value, ok := strings.Cut(pair, "=")
		switch {
		case !ok:
			parts[i] = trace.Redacted
		case !isVariable(value):
			parts[i] = name + "=" + trace.Redacted
		}
	}
	return path + "?" + strings.Join(parts, "&")
}

func isVariable(value string) bool {
	return strings.HasPrefix(value, "${") && strings.IndexByte(value, '}') == len(value)-1 && !strings.Contains(value, ":-") ||
		strings.HasPrefix(value, "{") && strings.IndexByte(value, '}') == len(value)-1
}

func pairs(query string) []string {
	return strings.FieldsFunc(strings.TrimPrefix(query, "?"), func(c rune) bool { return c == '&' || c == ';' })
}
