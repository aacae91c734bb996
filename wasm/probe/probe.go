// Package probe asks a server what it is, carefully: at the entry's URL as a Connect does, with what is configured; and
// where that does not work, at a few other paths of the same origin and for who signs people in, with nothing that is
// configured. It calls no tool, registers nowhere and signs in nowhere.
//
// It never blocks and never looks at a clock: what happens is handed to it, what it wants done it tells its Outside.
package probe

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/authflow"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/oauth"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/resolve"
	"github.com/headfast/headfast/wasm/session"
)

// Outside is what a probe can do: what a session and a flow can.
type Outside interface {
	session.Outside
	authflow.Outside
}

// The bounds of a probe, in nanoseconds.
const (
	second       = int64(1e9)
	defaultTime  = 30 * second
	exchangeTime = 5 * second // of one exchange at another path
)

// Run is one probe under way.
type Run struct {
	out   Outside
	verb  *msg.Probe
	plan  *resolve.Plan
	entry *config.Entry
	until int64
	timer session.Timer
	told  msg.Probed
	// stop gives up what is under way; nil is nothing.
	stop func()
	// challenges are those of the last refusal, refused its status.
	challenges []string
	refused    uint32
	over       bool
	done       func(*msg.Probed)
}

// Start begins a probe of an entry that can be used; done is called once, unless the probe is cancelled before. account
// is nil where the plan allows no token.
func Start(out Outside, v *msg.Probe, entry *config.Entry, plan *resolve.Plan, account *authflow.Account, done func(*msg.Probed)) *Run {
	r := &Run{out: out, verb: v, plan: plan, entry: entry, told: msg.Probed{ID: v.ID}, done: done}
	limit := defaultTime
	if v.TimeoutMS != 0 {
		limit = int64(v.TimeoutMS) * 1e6
	}
	r.until = out.Now() + limit
	r.meet(plan, account, session.Met{}, r.answered)
	r.timer = out.After(limit, r.late)
	return r
}

// answered is told how connecting as configured ended.
func (r *Run) answered(m *meeting) {
	switch r.told.Problem = m.fault; {
	case m.fault == nil:
		r.found(m.plan, m)
		r.finish()
	case r.refused == 401 || r.refused == 403:
		r.offers(r.plan)
	case elsewhere(m.fault):
		r.search()
	default:
		r.finish()
	}
}

// elsewhere says that somebody answers there, who is no MCP server: it may be at another path.
func elsewhere(e *msg.Error) bool {
	switch e.Code {
	case problem.WrongPath, problem.NotMCP, problem.Redirected:
		return true
	case problem.HTTPStatus:
		return e.Status >= 400 && e.Status < 500 && e.Status != 429
	}
	return false
}

// found notes where an MCP server answers, and what it speaks.
func (r *Run) found(plan *resolve.Plan, m *meeting) {
	r.told.URL, r.told.Revision, r.told.Transport = plan.Show, m.state.Revision, config.HTTP
	if m.state.Transport == "http+sse" {
		r.told.Transport = config.SSE
	}
}

// offers asks who signs people in, where a credential is wanted.
func (r *Run) offers(plan *resolve.Plan) {
	for _, c := range oauth.ParseChallenges(r.challenges) {
		if name := r.plan.Redact.Text(c.Scheme); len(name) <= longestScheme && !strings.Contains(r.told.Challenge, name) {
			r.told.Challenge = strings.TrimPrefix(r.told.Challenge+", "+name, ", ")
		}
	}
	if r.refused != 401 {
		r.finish()
		return
	}
	r.stop = authflow.Offers(&recorder{r.out, r, plan}, plan, r.verb.ID, r.challenges, func(issuers []string) {
		r.told.Issuers = issuers
		r.finish()
	})
}

// longestScheme bounds a challenge's scheme that is told, in bytes.
const longestScheme = 40

// late ends the probe with what there is by then.
func (r *Run) late() {
	if r.over {
		return
	}
	if r.told.Problem == nil && r.told.URL == "" {
		r.told.Problem = problem.New(problem.Unreachable, "The probe's time was over before the server had answered", "", "Give it more time with --timeout.")
		r.told.Problem.Server, r.told.Problem.URL, r.told.Problem.Where = r.plan.Server, r.plan.Show, r.plan.URLWhere
	}
	r.finish()
}

func (r *Run) finish() {
	if r.over {
		return
	}
	r.Cancel()
	r.done(&r.told)
}

// Cancel gives up; nothing is told.
func (r *Run) Cancel() {
	r.over = true
	if r.timer != nil {
		r.timer.Stop()
	}
	if stop := r.stop; stop != nil {
		r.stop = nil
		stop()
	}
}
