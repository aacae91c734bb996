package record

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/headfast/headfast/wasm/trace"
)

// Curl is a command for a POSIX shell for each request that was sent, with the variables of its secrets, and before it
// comments: what it was, and what must be set. Between two there is an empty line, and in one there is none. Nothing that
// a server or a file chose stands outside single quotes, but for letters, digits and a few marks. only is an exchange, 0
// all.
func (r *Recorder) Curl(only uint32) []byte {
	var b []byte
	if r.left > 0 {
		b = append(b, "# "+r.leftOut()+"\n\n"...)
	}
	for _, x := range r.all {
		if only == 0 || x.id == only {
			b = append(x.curl(b), '\n')
		}
	}
	return b[:max(0, len(b)-1)]
}

func (x *exchange) curl(b []byte) []byte {
	b = append(b, x.headline()...)
	if x.blocked != "" {
		return b
	}
	b = append(b, x.comments()...)
	if x.length > 0 && x.body == "" {
		b = append(b, "# its content is left out: it was too long to be kept\n"...)
	}
	b = append(b, "curl"...)
	if strings.HasPrefix(strings.ToLower(x.kind), "text/event-stream") || x.method == "GET" && x.header("Accept") == "text/event-stream" {
		b = append(b, " -N"...)
	}
	if strings.ContainsAny(x.url, "[]") {
		b = append(b, " -g"...)
	}
	if x.about.Limit > 0 {
		b = append(b, " --max-time "+strconv.FormatFloat(float64(x.about.Limit)/1e9, 'f', -1, 64)...)
	}
	if !(x.method == "GET" && x.length == 0 || x.method == "POST" && x.length > 0) {
		b = append(b, " -X "+x.method...)
	}
	b = append(b, " "+word(x.url)...)
	for _, f := range x.fields {
		b = append(b, " \\\n  -H "+word(f.name+": "+f.value)...)
	}
	return append(append(b, x.data()...), '\n')
}

// data is the content. curl takes --data-raw as it is, also where it begins with "@".
func (x *exchange) data() string {
	out := ""
	switch {
	case x.form:
		for _, pair := range strings.Split(x.body, "\n") {
			out += " \\\n  --data-urlencode " + word(pair)
		}
	case x.body != "":
		out = " \\\n  --data-raw " + word(visibleJSON(x.body))
	}
	return out
}

// headline says what the request was and what came of it.
func (x *exchange) headline() string {
	out := "# "
	if x.id != 0 {
		out += strconv.FormatUint(uint64(x.id), 10) + ". "
	}
	out += x.method
	if x.rpc != "" {
		out += " " + x.rpc
	}
	if x.rule != "" {
		out += ", rule " + x.rule
	}
	if x.note != "" {
		out += ": " + x.note
	}
	wait, receive := x.times()
	switch {
	case x.blocked != "":
		out += ", not sent: " + x.blocked
	case x.status != 0:
		out += ", answered " + strconv.FormatUint(uint64(x.status), 10) + " in " + strconv.FormatInt((wait+receive)/1e6, 10) + " ms"
	case x.failure != "":
		out += ", no answer: " + x.failure
	default:
		out += ", no answer yet"
	}
	return harmless(out) + "\n"
}

// comments say which variables must be set.
func (x *exchange) comments() string {
	out := ""
	set := func(text, what string) {
		trace.Holes(text, func(_, name string, known bool) {
			if line := "# set " + name + harmless(": "+what) + "\n"; name != "" && !known && !strings.Contains(out, "# set "+name+":") {
				out += line
			}
		})
	}
	set(x.url, "what the URL has there")
	for _, f := range x.fields {
		set(f.value, strings.TrimSuffix("the value of "+f.name+", "+f.from, ", "))
	}
	if x.form {
		set(x.body, "the parameter of that name")
	} else if strings.Contains(x.body, trace.Redacted) {
		out += "# what stands as redacted in its content is a secret: write it there\n"
	}
	return out
}

// harmless is a comment in one line. Shells that take none at their prompt (zsh) would run one, so it has no character
// that means something to them.
func harmless(s string) string {
	return strings.Map(func(c rune) rune {
		if c == '#' || c == ' ' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune(".,:/_-", c) {
			return c
		}
		return '_'
	}, s)
}

// word is a text as one word of a POSIX shell (POSIX.1-2024 XCU 2.2): its holes are variables in double quotes, all else
// is as it is. It is in double quotes as a whole where nothing of it means anything there.
func word(text string) string {
	holes, simple := false, true
	trace.Holes(text, func(literal, name string, _ bool) {
		holes = holes || name != ""
		simple = simple && !strings.ContainsAny(literal, "$`\\\"!")
	})
	var b strings.Builder
	switch {
	case !holes:
		return single(text)
	case simple:
		b.WriteByte('"')
	}
	before := ""
	trace.Holes(text, func(literal, name string, _ bool) {
		switch {
		case before == "":
		case !simple:
			b.WriteString(`"$` + before + `"`)
		case literal != "" && strings.Trim(literal[:1], "_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == "":
			b.WriteString("${" + before + "}")
		default:
			b.WriteString("$" + before)
		}
		if !simple && literal != "" {
			literal = single(literal)
		}
		b.WriteString(literal)
		before = name
	})
	if simple {
		b.WriteByte('"')
	}
	return b.String()
}

// single is a text in single quotes, in which nothing means anything but their end.
func single(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

// visibleJSON is a JSON text, the same in meaning, in which no character acts on a terminal, and no line break.
func visibleJSON(text string) string {
	var b strings.Builder
	for _, c := range text {
		switch {
		case c == '\n' || c == '\r' || c == '\t': // between tokens: in a string they are escaped
			b.WriteByte(' ')
		case c == 0x7f || c > 0x7f && (unicode.IsControl(c) || unicode.Is(unicode.Cf, c) || unicode.Is(unicode.Co, c)):
			if c > 0xffff {
				c -= 0x10000
				b.WriteString(escaped(0xd800+c>>10) + escaped(0xdc00+c&0x3ff))
			} else {
				b.WriteString(escaped(c))
			}
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

func escaped(c rune) string { return `\u` + strconv.FormatInt(int64(c)+0x10000, 16)[1:] }
