package resolve

import (
	"strings"

	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/trace"
	"github.com/headfast/headfast/wasm/weburl"
)

// showURL is the URL for people: variables with a telling name stay as their names, and so does the
// value of a query parameter with one (keys in a URL are common, and a URL is printed everywhere).
func (p *Plan) showURL(entry *config.Entry, lookup Lookup) string {
	for _, name := range entry.URL.Variables() {
		if v, ok := lookup(name); ok && CredentialName(name) {
			p.Redact.Add(v)
		}
	}
	for _, pair := range strings.Split(strings.TrimPrefix(p.URL.Query, "?"), "&") {
		if name, value, ok := strings.Cut(pair, "="); ok && secretParameter(name) {
			p.Redact.Add(value)
		}
	}
	return p.Redact.Text(p.URL.String())
}

func secretParameter(name string) bool {
	lower := strings.ToLower(name)
	return CredentialName(name) || lower == "key" || lower == "code" || lower == "sig" || lower == "signature"
}

// Shown is another URL of this server for people, such as where it redirects to.
func (p *Plan) Shown(u weburl.URL) string {
	u.Query = ""
	return p.Redact.Text(u.String())
}

// ShowTemplate is the URL as the file writes it, before any expansion, without the values of query
// parameters that are secrets by their name, and without what stands before an "@".
func ShowTemplate(entry *config.Entry) string {
	text := entry.URL.Text
	if scheme, rest, ok := strings.Cut(text, "://"); ok {
		end := strings.IndexAny(rest, "/?#")
		if end < 0 {
			end = len(rest)
		}
		if at := strings.LastIndexByte(rest[:end], '@'); at >= 0 {
			text = scheme + "://" + trace.Redacted + rest[at:]
		}
	}
	base, query, ok := strings.Cut(text, "?")
	if !ok {
		return text
	}
	pairs := strings.Split(query, "&")
	for i, pair := range pairs {
		if name, value, ok := strings.Cut(pair, "="); ok && secretParameter(name) && !strings.HasPrefix(value, "${") {
			pairs[i] = name + "=" + trace.Redacted
		}
	}
	return base + "?" + strings.Join(pairs, "&")
}
