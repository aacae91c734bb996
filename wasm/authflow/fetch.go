package authflow

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/oauth"
	"github.com/headfast/headfast/wasm/trace"
	"github.com/headfast/headfast/wasm/weburl"
)

// fetch is one exchange of a flow. Nothing that is configured for the MCP server goes with it, to whatever origin it
// goes, and no redirect is followed with a content.
type fetch struct {
	f    *flow
	id   uint32
	what string
	url  weburl.URL
	out  msg.HTTP
	hops int
	// proof says that a DPoP proof goes with it, trusted that the entry names the address, or the
	// store: it is where the token is from.
	proof, trusted bool
	// in is the answer so far.
	in             reply
	begun          int64
	timer          Timer
	then           func(*reply)
	ended, aborted bool
	// late says that it was given up since nothing came in time.
	late bool
}

// reply is an answer, whole or as far as it came.
type reply struct {
	Status   uint32
	Type     string
	Body     []byte
	Location string
	Nonce    string
	Failure  *msg.Failure
	// Long says that there was more than oauth.MaxDocument.
	Long bool
	from weburl.URL
}

// ok says that the content came whole, with a success.
func (r *reply) ok() bool { return r.Failure == nil && r.Status >= 200 && r.Status < 300 && !r.Long }

// get fetches a document of metadata; post sends a form. what says for people what the exchange is for.
func (f *flow) get(u weburl.URL, what string, then func(*reply)) { f.getFrom(u, what, false, then) }

func (f *flow) getFrom(u weburl.URL, what string, trusted bool, then func(*reply)) {
	f.send(&fetch{what: what, url: u, then: then, trusted: trusted, out: msg.HTTP{Method: "GET", Headers: []msg.Header{{Name: "Accept", Value: "application/json"}}}})
}

func (f *flow) post(u weburl.URL, what, contentType string, body []byte, headers []msg.Header, then func(*reply)) *fetch {
	headers = append(headers, msg.Header{Name: "Content-Type", Value: contentType}, msg.Header{Name: "Accept", Value: "application/json"})
	return f.send(&fetch{what: what, url: u, then: then, out: msg.HTTP{Method: "POST", Headers: headers, Body: body}})
}

// sendForm sends a form for a fetch that says where and how.
func (f *flow) sendForm(x *fetch, form *oauth.Form, headers []msg.Header, then func(*reply)) {
	headers = append(headers, msg.Header{Name: "Content-Type", Value: formType}, msg.Header{Name: "Accept", Value: "application/json"})
	x.then, x.out = then, msg.HTTP{Method: "POST", Headers: headers, Body: form.Bytes()}
	f.send(x)
}

// signInRule is the rule of all that a sign-in sends and decides.
const signInRule = "sign-in"

const formType = "application/x-www-form-urlencoded"

func (f *flow) send(x *fetch) *fetch {
	x.f, x.begun = f, f.a.out.Now()
	x.in = reply{from: x.url}
	f.fetches[x] = true
	h := x.out
	// Where the server is said to be at a private address, it may name others.
	h.Session, h.URL, h.Guarded = f.need.Session, x.url.String(), !x.trusted && !f.a.plan.URL.Private()
	if x.trusted {
		h.Session = 0 // where it leads says nothing of where the server is
	}
	if x.proof {
		h.Proof = f.a.proof("POST", h.URL, x.url.Origin(), "")
	}
	x.id = f.a.out.Send(x, &h)
	x.timer = f.a.out.After(exchangeTime, func() {
		x.late = true
		x.abort()
	})
	x.trace("sent", x.what)
	return x
}

func (x *fetch) abort() {
	if !x.ended && !x.aborted {
		x.aborted = true
		x.f.a.out.Emit(&msg.Effect{Abort: &msg.Abort{ID: x.id}})
	}
}

// Head takes the status and the fields that matter.
func (x *fetch) Head(h *msg.Head) {
	x.in.Status = h.Status
	for _, field := range h.Headers {
		switch {
		case strings.EqualFold(field.Name, "Content-Type"):
			kind, _, _ := strings.Cut(field.Value, ";")
			x.in.Type = strings.ToLower(strings.Trim(kind, " \t"))
		case strings.EqualFold(field.Name, "Location"):
			x.in.Location = field.Value
		case strings.EqualFold(field.Name, "DPoP-Nonce"):
			x.in.Nonce = field.Value
		}
	}
	x.trace("head", "")
}

// Body takes a piece of the content, up to the bound of a document.
func (x *fetch) Body(b *msg.Body) {
	room := oauth.MaxDocument - len(x.in.Body)
	if len(b.Data) > room {
		x.in.Body = append(x.in.Body, b.Data[:room]...)
		x.in.Long = true
		x.abort()
		return
	}
	x.in.Body = append(x.in.Body, b.Data...)
}

// End hands the answer on, unless a redirect of a GET on the same origin is to be followed.
func (x *fetch) End(e *msg.End) {
	x.ended = true
	x.timer.Stop()
	delete(x.f.fetches, x)
	if x.in.Failure = e.Failure; x.in.Long {
		x.in.Failure = nil
	}
	if x.late && e.Failure != nil {
		x.in.Failure = &msg.Failure{Kind: msg.FailTimeout, Detail: "nothing came in 30 seconds", Sent: true}
	}
	x.f.a.setNonce(x.url.Origin(), x.in.Nonce)
	note := ""
	if e.Failure != nil {
		note = e.Failure.Kind + ": " + trace.Line(x.f.a.redact.Text(e.Failure.Detail))
	}
	x.trace("ended", note)
	switch {
	case x.f.over:
	case x.redirect():
	default:
		x.then(&x.in)
	}
}

// mostHops bounds the redirects of one document.
const mostHops = 3

// redirect follows for a document only, and only on its own origin: what a redirect elsewhere says nobody vouches for.
func (x *fetch) redirect() bool {
	if x.in.Failure != nil || x.out.Method != "GET" || x.in.Status < 301 || x.in.Status > 308 || x.in.Location == "" || x.hops == mostHops {
		return false
	}
	to, err := x.url.Resolve(x.in.Location)
	if err != nil || !to.SameOrigin(x.url) {
		return false
	}
	x.f.send(&fetch{what: x.what, url: to, then: x.then, out: x.out, hops: x.hops + 1, trusted: x.trusted})
	return true
}

func (x *fetch) trace(phase, note string) {
	a := x.f.a
	if !a.out.Tracing() {
		return
	}
	shown := x.url
	shown.Query = ""
	a.out.Emit(&msg.Effect{Trace: &msg.Trace{Session: x.f.need.Session, Exchange: x.id, Phase: phase, Method: x.out.Method,
		URL: a.redact.Text(shown.String()), Rule: signInRule, Status: x.in.Status, ElapsedNS: a.out.Now() - x.begun, Note: note}})
}

// note says in the trace what the flow decided and why.
func (f *flow) note(text string) {
	if f.a.out.Tracing() {
		f.a.out.Emit(&msg.Effect{Trace: &msg.Trace{Session: f.need.Session, Phase: "note", Rule: signInRule, Note: trace.Line(f.a.redact.Text(text))}})
	}
}
