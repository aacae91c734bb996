// Package record keeps what was exchanged over HTTP, and tells it as an HTTP Archive or as commands of curl.
//
// No secret gets into a record: of a request, each header that is not one of the protocol's own, each value of a query
// and of a form that is not known to tell nothing is replaced by a hole (trace.Hole) before anything is kept; of an
// answer, what names itself a credential, and the whole content where it may hold a token. What is left goes through
// the redactor of its sender.
package record

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/trace"
)

// The bounds. What goes over them is left out, and told: exchanges and the bytes of all together by leaving out the
// oldest, a request's content as a whole, since half of one is none, and an answer's behind so many bytes.
const (
	MostExchanges = 1000
	MostBytes     = 8 << 20
	MostSent      = 256 << 10
	MostAnswered  = 64 << 10
	mostHeaders   = 100
	longestHeader = 4 << 10
)

// Owner is a receiver that can tell of the request which it is just handing out.
type Owner interface{ About() About }

// About is what the sender knows of a request.
type About struct {
	// Redact knows the secrets.
	Redact *trace.Redactor
	// Wire is the URL with holes, where it is the entry's own; else empty. Named says that the server named it.
	Wire  string
	Named bool
	// Variable is the variable that a configured header's value is, or empty. Uses tell where values are from.
	Variable func(header string) string
	Uses     []msg.HeaderUse
	// SignIn says that it goes to an authorization server.
	SignIn bool
	// Limit is how long it may take, in nanoseconds; 0 is not bounded.
	Limit int64
}

// Recorder has the exchanges. The zero value is ready.
type Recorder struct {
	all  []*exchange
	left int
	size int
}

// field is a header: its value may have holes. from says for people where the value is from.
type field struct{ name, value, from string }

// exchange is one request and what came of it.
type exchange struct {
	about About
	// own are the secrets of this exchange alone.
	own         trace.Redactor
	id, session uint32
	// wall is when it was sent, in milliseconds since the Unix epoch; the others in nanoseconds of the core's clock, 0
	// where it has not come to that.
	wall            int64
	sent, head, end int64

	// url may have holes; origin is its, also where they cover it.
	method, url, origin, rpc, rule, note string
	fields                               []field
	// body is the content with holes where it is a form; length is how long it was.
	body    string
	length  int
	form    bool
	blocked string

	status   uint32
	answer   []field
	location string
	kind     string
	// more says that there were more headers.
	more string
	// raw is what came, up to MostAnswered; text is it without its secrets, once it has ended.
	raw          []byte
	text, omits  string
	came, weighs int
	failure      string
}

// Sent takes a request. wall is in milliseconds, now in nanoseconds.
func (r *Recorder) Sent(h *msg.HTTP, about About, now, wall int64) {
	x := &exchange{about: about, id: h.ID, session: h.Session, wall: wall, sent: now, method: h.Method, length: len(h.Body)}
	if x.about.Redact == nil {
		x.about.Redact = &x.own
	}
	x.setURL(h.URL)
	x.setHeaders(h)
	x.setBody(h)
	r.add(x)
}

// Noted takes a line of the trace: what a request is for, and one that was blocked.
func (r *Recorder) Noted(t *msg.Trace, now, wall int64) {
	if t.Phase == "blocked" {
		r.add(&exchange{session: t.Session, wall: wall, sent: now, end: now, method: t.Method, url: clean(t.URL), rpc: t.RPC, rule: t.Rule, blocked: t.Note})
	} else if x := r.find(t.Exchange); x != nil && t.Phase == "sent" {
		x.rpc, x.rule, x.note = t.RPC, t.Rule, t.Note
	}
}

// Head takes the status and the headers of an answer.
func (r *Recorder) Head(h *msg.Head, now int64) {
	if x := r.find(h.ID); x != nil {
		x.status, x.head = h.Status, max(now, 1)
		x.setAnswer(h.Headers)
		r.weigh(x)
	}
}

// Body takes a piece of the content.
func (r *Recorder) Body(b *msg.Body) {
	if x := r.find(b.ID); x != nil {
		x.came += len(b.Data)
		if x.about.SignIn && x.method != "GET" && x.status < 300 {
			return // it may be a token
		}
		x.raw = append(x.raw, b.Data[:min(len(b.Data), MostAnswered-len(x.raw))]...)
		r.weigh(x)
	}
}

// End takes the end. The content loses its secrets now, when all of it is there.
func (r *Recorder) End(e *msg.End, now int64) {
	x := r.find(e.ID)
	if x == nil {
		return
	}
	x.end = max(now, 1)
	if e.Failure != nil {
		x.failure = e.Failure.Kind + ": " + trace.Line(x.redact(e.Failure.Detail, false))
	}
	x.text, x.omits = x.content()
	x.raw = nil
	r.weigh(x)
}

// find is an exchange under way.
func (r *Recorder) find(id uint32) *exchange {
	for i := len(r.all) - 1; i >= 0; i-- {
		if x := r.all[i]; x.id == id && id != 0 && x.end == 0 {
			return x
		}
	}
	return nil
}

func (r *Recorder) add(x *exchange) {
	r.all = append(r.all, x)
	r.weigh(x)
}

// weigh counts anew what an exchange holds, and leaves out the oldest where it is too much.
func (r *Recorder) weigh(x *exchange) {
	n := len(x.url) + len(x.note) + len(x.body) + len(x.raw) + len(x.text)
	for _, f := range append(x.fields[:len(x.fields):len(x.fields)], x.answer...) {
		n += len(f.name) + len(f.value) + len(f.from)
	}
	r.size += n - x.weighs
	x.weighs = n
	for len(r.all) > MostExchanges || r.size > MostBytes {
		r.size -= r.all[0].weighs
		r.all[0] = nil
		r.all = r.all[1:]
		r.left++
	}
}
