package trace

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/tidwall/gjson"
)

// MaxExcerpt is how many characters of a server's own words are quoted.
const MaxExcerpt = 200

// longestJSON bounds the JSON, in bytes, that is looked through for a sentence; a longer one is quoted as any text.
const longestJSON = 1 << 20

// words are the members in which servers put a sentence for people, the most telling first: FastAPI's
// detail, OAuth's error_description (RFC 6749 section 5.2), JSON-RPC's error.message, problem details
// (RFC 9457 section 3.1).
var words = []string{"detail", "error_description", "error.message", "message", "error", "title", "errors.0.message", "detail.0.msg"}

// Excerpt is the server's own words in an answer that is not what was asked for: one line, no control
// characters, at most MaxExcerpt characters, no known secret; empty where the answer says nothing. cut says that
// the body did not come to its end, or was not kept to it.
func (r *Redactor) Excerpt(contentType string, body []byte, cut bool) string {
	body = bytes.TrimSpace(body)
	if len(body) <= longestJSON && jsontext.Valid(body) == nil {
		return Line(r.Text(saidJSON(string(body))))
	}
	if len(body) > longestText {
		body, cut = body[:longestText], true
	}
	redact := r.Text
	if cut {
		redact = r.Cut
	}
	// First the secrets, then the title: its end may go through one.
	redacted := redact(string(body))
	if strings.Contains(contentType, "html") || bytes.HasPrefix(body, []byte("<")) {
		redacted = saidHTML(redacted)
	}
	return Line(redacted)
}

func saidJSON(text string) string {
	v := gjson.Parse(text)
	if v.IsArray() && v.Get("0").Exists() {
		v = v.Get("0")
	}
	if v.Type == gjson.String {
		return v.Str
	}
	for _, path := range words {
		if m := v.Get(path); m.Type == gjson.String && m.Str != "" {
			return m.Str
		}
	}
	if text == "{}" || text == "[]" || text == "null" {
		return ""
	}
	return text
}

// saidHTML is a page's title: the rest is markup that nobody reads in an error.
func saidHTML(text string) string {
	lower := strings.ToLower(text)
	if i := strings.Index(lower, "<title"); i >= 0 {
		if from := strings.IndexByte(lower[i:], '>'); from >= 0 {
			if to := strings.Index(lower[i+from:], "</"); to > 0 {
				return strings.TrimSpace(text[i+from+1 : i+from+to])
			}
		}
	}
	return ""
}

// Line makes a foreign text fit for one line of a terminal or a page: white space folded, control,
// bidirectional and tag characters shown as U+FFFD, invalid UTF-8 too, and cut to MaxExcerpt.
func Line(s string) string {
	var b strings.Builder
	n, space := 0, false
	for _, c := range s {
		if unicode.IsSpace(c) {
			space = n > 0
			continue
		}
		if n >= MaxExcerpt {
			b.WriteString("…")
			break
		}
		if space {
			b.WriteByte(' ')
			n++
		}
		space = false
		b.WriteRune(visible(c))
		n++
	}
	return b.String()
}

func visible(c rune) rune {
	if unicode.IsControl(c) || unicode.Is(unicode.Cf, c) || unicode.Is(unicode.Co, c) || !utf8.ValidRune(c) {
		return utf8.RuneError
	}
	return c
}
