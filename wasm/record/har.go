package record

import (
	"strconv"
	"strings"

	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/headfast/headfast/wasm/trace"
	"github.com/headfast/headfast/wasm/weburl"
)

// HAR is the exchanges as an HTTP Archive 1.2 (W3C Web Performance working group, draft of 2012-08-14; J. Odvarko, "HAR
// 1.2 Spec"). What is not of the specification has names that begin with an underscore. only is an exchange, 0 all.
func (r *Recorder) HAR(creator string, only uint32) []byte {
	name, version, _ := strings.Cut(creator, " ")
	w := writer(`{"log":{"version":"1.2","creator":{`)
	w.text("name", name)
	w.text("version", version)
	w.open(`},"comment":`)
	w.string("What stands as $NAME or " + trace.Redacted + " is a secret that was taken out. " + r.leftOut())
	w.open(`,"entries":[`)
	for _, x := range r.all {
		if only == 0 || x.id == only {
			w.entry(x)
		}
	}
	return append(w, "]}}"...)
}

func (r *Recorder) leftOut() string {
	if r.left == 0 {
		return "All exchanges are here."
	}
	return strconv.Itoa(r.left) + " earlier exchanges are left out."
}

// writer appends JSON. A comma is put before a member or element that is not the first.
type writer []byte

func (w *writer) open(s string) { *w = append(*w, s...) }

func (w *writer) comma() {
	if last := (*w)[len(*w)-1]; last != '{' && last != '[' {
		*w = append(*w, ',')
	}
}

func (w *writer) string(s string) { *w = jsontext.AppendString(*w, s) }

func (w *writer) key(name string) {
	w.comma()
	w.string(name)
	*w = append(*w, ':')
}

func (w *writer) text(name, s string) {
	w.key(name)
	w.string(s)
}

// some writes a member that is there only where it says something.
func (w *writer) some(name, s string) {
	if s != "" {
		w.text(name, s)
	}
}

func (w *writer) number(name string, n int) {
	w.key(name)
	*w = strconv.AppendInt(*w, int64(n), 10)
}

// millis writes nanoseconds as milliseconds.
func (w *writer) millis(name string, ns int64) {
	w.key(name)
	*w = strconv.AppendFloat(*w, float64(max(ns, 0))/1e6, 'f', -1, 64)
}

func (w *writer) entry(x *exchange) {
	wait, receive := x.times()
	w.comma()
	w.open("{")
	w.number("_exchange", int(x.id))
	w.number("_session", int(x.session))
	w.text("_resourceType", "fetch")
	w.some("_rpc", x.rpc)
	w.some("_rule", x.rule)
	w.some("_blocked", x.blocked)
	w.some("comment", x.note)
	w.text("startedDateTime", isoTime(x.wall))
	w.millis("time", wait+receive)
	w.open(`,"request":{`)
	w.request(x)
	w.open(`},"response":{`)
	w.response(x)
	w.open(`},"cache":{},"timings":{"send":0`)
	w.millis("wait", wait)
	w.millis("receive", receive)
	w.open("}}")
}

// times are how long the answer was waited for, and received, in nanoseconds.
func (x *exchange) times() (wait, receive int64) {
	switch {
	case x.head == 0 && x.end == 0:
		return 0, 0
	case x.head == 0:
		return x.end - x.sent, 0
	case x.end == 0:
		return x.head - x.sent, 0
	}
	return x.head - x.sent, x.end - x.head
}

func (w *writer) request(x *exchange) {
	w.text("method", x.method)
	url := plain(x.url)
	if !strings.HasPrefix(x.url, "http") { // a variable has the host too
		url = x.origin + "/" + url
	}
	w.text("url", url)
	w.open(`,"httpVersion":"unknown","cookies":[]`)
	w.headers(x.fields)
	w.open(`,"queryString":[`)
	if _, query, ok := strings.Cut(url, "?"); ok {
		for _, pair := range strings.Split(query, "&") {
			name, value, _ := strings.Cut(pair, "=")
			w.pair(name, value, "")
		}
	}
	w.open("]")
	if x.length > 0 {
		w.open(`,"postData":{`)
		w.text("mimeType", x.header("Content-Type"))
		text := x.body
		if x.form {
			text = encoded(text)
		}
		w.text("text", text)
		if text == "" {
			w.text("comment", "the content is left out")
		}
		w.open("}")
	}
	w.open(`,"headersSize":-1`)
	w.number("bodySize", x.length)
}

// encoded is a form as it was sent, with the names of variables in its holes.
func encoded(form string) string {
	pairs := strings.Split(form, "\n")
	for i, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		if sent := plain(value); sent == value {
			value = weburl.Escape(value)
		} else {
			value = sent
		}
		pairs[i] = name + "=" + value
	}
	return strings.Join(pairs, "&")
}

func (w *writer) headers(all []field) {
	w.open(`,"headers":[`)
	for _, f := range all {
		w.pair(f.name, plain(f.value), f.from)
	}
	w.open("]")
}

func (w *writer) pair(name, value, from string) {
	w.comma()
	w.open("{")
	w.text("name", name)
	w.text("value", value)
	w.some("_provenance", from)
	w.open("}")
}

func (w *writer) response(x *exchange) {
	w.number("status", int(x.status))
	w.open(`,"statusText":"","httpVersion":"unknown","cookies":[]`)
	w.headers(x.answer)
	w.open(`,"content":{`)
	w.number("size", x.came)
	w.text("mimeType", x.kind)
	text, omits := x.text, x.omits
	if x.end == 0 {
		text, omits = x.content()
	}
	w.some("text", text)
	w.some("comment", omits)
	w.open("}")
	w.text("redirectURL", x.location)
	w.open(`,"headersSize":-1,"bodySize":-1`)
	w.some("_error", x.failure+x.blocked)
	w.some("comment", x.more)
}

// plain is a text with the names of variables in its holes.
func plain(text string) string {
	var b strings.Builder
	trace.Holes(text, func(literal, name string, _ bool) {
		b.WriteString(literal)
		if name != "" {
			b.WriteString("$" + name)
		}
	})
	return b.String()
}

// isoTime is ISO 8601 in UTC (H. Hinnant, "civil_from_days").
func isoTime(ms int64) string {
	days, rest := ms/86400000, ms%86400000
	z := days + 719468
	era := z / 146097
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	month := mp + 3
	if month > 12 {
		month -= 12
	}
	year := yoe + era*400
	if month <= 2 {
		year++
	}
	return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(doy-(153*mp+2)/5+1, 2) + "T" + padded(rest/3600000, 2) + ":" +
		padded(rest/60000%60, 2) + ":" + padded(rest/1000%60, 2) + "." + padded(rest%1000, 3) + "Z"
}

func padded(n int64, width int) string {
	s := strconv.FormatInt(n, 10)
	for len(s) < width {
		s = "0" + s
	}
	return s
}
