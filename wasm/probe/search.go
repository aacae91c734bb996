package probe

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/jsonrpc"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/resolve"
	"github.com/headfast/headfast/wasm/revision"
	"github.com/headfast/headfast/wasm/session"
	"github.com/headfast/headfast/wasm/sse"
	"github.com/headfast/headfast/wasm/transport"
)

// search asks at other paths of the same origin, one after the other, until an MCP server answers.
func (r *Run) search() {
	var wants *attempt
	r.try(r.paths(), &wants)
}

// paths are those that are tried, the likeliest first.
func (r *Run) paths() []string {
	own := r.plan.URL.Path
	var all []string
	if r.plan.Transport == config.SSE {
		all = append(all, own) // it may take POSTs
	}
	slash := strings.TrimSuffix(own, "/")
	if slash == own {
		slash += "/"
	}
	for _, path := range []string{slash, "/mcp", "/sse", "/"} {
		known := path == "" || path == own
		for _, p := range all {
			known = known || p == path
		}
		if !known {
			all = append(all, path)
		}
	}
	return all
}

// attempt is one exchange at another path.
type attempt struct {
	r     *Run
	plan  *resolve.Plan
	rest  []string
	wants **attempt
	id    uint32
	at    int
	begun int64
	out   msg.HTTP
	in    transport.Exchange
	timer session.Timer
	// message is the server's, endpoint says that it began an HTTP+SSE stream.
	message           *jsonrpc.Message
	endpoint, aborted bool
	challenges        []string
}

func (r *Run) try(paths []string, wants **attempt) {
	if len(paths) == 0 {
		r.searched(*wants)
		return
	}
	u := r.plan.URL
	u.Path, u.Query = paths[0], "" // a query may have a key
	a := &attempt{r: r, plan: r.plan.Bare(u), rest: paths[1:], wants: wants, at: len(r.told.Answers), begun: r.out.Now()}
	a.out = msg.HTTP{Session: r.verb.ID, Method: "GET", URL: u.String(), Headers: []msg.Header{{Name: "Accept", Value: "text/event-stream"}}}
	if paths[0] != "/sse" {
		a.discover()
	}
	a.in.Limit(mostRead)
	a.timer = r.out.After(min(exchangeTime, r.until-r.out.Now()), a.abort)
	r.stop = a.leave
	a.id = (&recorder{r.out, r, a.plan}).Send(a, &a.out)
	a.trace("sent")
}

// discover asks as a modern client does; an older server answers that it does not know.
func (a *attempt) discover() {
	wire, _ := revision.Of(revision.Modern)
	meta := revision.Meta{Client: a.r.out.Client(), Version: wire.Version}
	params := meta.AppendParams(nil, nil)
	a.out.Method, a.out.Body = "POST", jsonrpc.AppendRequest(nil, a.r.out.RequestID(), discover, params)
	a.out.Headers = append(wire.AppendHeaders(nil, discover, params), msg.Header{Name: "Accept", Value: "application/json, text/event-stream"},
		msg.Header{Name: "Content-Type", Value: "application/json"})
}

const discover = "server/discover"

// mostRead bounds what is read of an answer, in bytes.
const mostRead = 256 << 10

func (a *attempt) trace(phase string) {
	if a.r.out.Tracing() {
		a.r.out.Emit(&msg.Effect{Trace: &msg.Trace{Session: a.r.verb.ID, Exchange: a.id, Phase: phase, Method: a.out.Method, URL: a.plan.Show,
			RPC: rpcOf(a.out.Body), Rule: a.plan.Rule, Status: a.in.Status, ElapsedNS: a.r.out.Now() - a.begun}})
	}
}

func (a *attempt) abort() {
	if !a.aborted {
		a.aborted = true
		a.r.out.Emit(&msg.Effect{Abort: &msg.Abort{ID: a.id}})
	}
}

func (a *attempt) leave() {
	a.timer.Stop()
	a.abort()
}

// Head takes the status and the fields.
func (a *attempt) Head(h *msg.Head) {
	a.in.Head(h)
	a.challenges = a.in.Challenges
	a.trace("head")
}

// Body reads up to the first message.
func (a *attempt) Body(b *msg.Body) {
	if a.aborted {
		return
	}
	err := a.in.Feed(b.Data, func(e sse.Event) error {
		a.endpoint = a.endpoint || e.Type == "endpoint"
		a.take(e.Data)
		return nil
	})
	if err != nil || a.endpoint || a.message != nil || a.in.Kept() > mostRead || a.in.Cut() {
		a.abort()
	}
}

// take keeps the first answer of JSON-RPC.
func (a *attempt) take(text []byte) {
	all, err := jsonrpc.ParseBatch(append([]byte(nil), text...)) // it is read when the exchange is over
	for i := range all {
		if err == nil && a.message == nil && (all[i].Kind == jsonrpc.Response || all[i].Kind == jsonrpc.ErrorResponse) {
			a.message = &all[i]
		}
	}
}

// End goes on with the next path, or with what was found.
func (a *attempt) End(*msg.End) {
	a.timer.Stop()
	a.aborted = true
	a.trace("ended")
	r := a.r
	if r.over {
		return
	}
	r.stop = nil
	if a.in.JSON() {
		a.take(a.in.Content())
	}
	mcp := a.out.Method == "POST" && a.message != nil || a.out.Method == "GET" && a.endpoint && a.in.OK()
	switch {
	case a.in.Status == 401 && *a.wants == nil:
		*a.wants = a
	case mcp && a.in.Status != 401 && a.in.Status != 403:
		a.found()
		return
	}
	r.try(a.rest, a.wants)
}

// found looks once more at a server that did not say what it speaks.
func (a *attempt) found() {
	r, what := a.r, &a.r.told.Answers[a.at]
	what.Note = "an MCP server answers"
	r.told.URL, r.told.Transport = a.plan.Show, config.HTTP
	r.mend(a, "An MCP server answers at "+a.plan.Show+".")
	if v := revision.Classify(a.message); v.Era == revision.EraModern {
		r.told.Revision = v.Version
		r.finish()
		return
	}
	if a.endpoint {
		r.told.Transport = config.SSE
	}
	r.meet(a.plan, nil, session.Met{Legacy: true, SSE: a.endpoint}, func(m *meeting) {
		if m.fault == nil {
			r.found(a.plan, m)
		}
		r.finish()
	})
}

// searched is for where nobody answered as an MCP server does; who wants a credential may be one.
func (r *Run) searched(wants *attempt) {
	if wants == nil {
		r.finish()
		return
	}
	r.mend(wants, "At "+wants.plan.Show+" a credential is wanted: that is probably the server.")
	r.refused, r.challenges = 401, wants.challenges
	r.offers(wants.plan)
}

// mend says what was found, and how the file is mended.
func (r *Run) mend(a *attempt, what string) {
	e := *r.told.Problem
	e.Body = strings.TrimPrefix(e.Body+" "+what, " ")
	if path := a.plan.URL.Path; path != r.plan.URL.Path {
		e.Hint = "Write " + path + " in the place of the path in url at " + problem.At(r.plan.URLWhere) + "."
		if edit, ok := r.entry.SetURLPath(path); ok {
			r.told.Fix = &msg.Fix{Title: "Change the path of url to " + path, Edits: []msg.Edit{edit}}
		}
	}
	r.told.Problem = &e
}
