package sim

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/machine"
	"github.com/tidwall/gjson"
)

// fleet is many processes that share a store, a server, and an authorization server that rotates refresh tokens and
// ends the sign-in where one comes twice (F-16, F-17). What any of them waits for may happen in any order.
type fleet struct {
	rand  *rand.Rand
	procs []*proc
	due   []due

	store  string
	holder *proc
	lockID uint32
	queue  []due

	// generation is that of the tokens that are good, posts counts what came with each refresh token.
	generation int
	posts      map[string]int
	revoked    bool
	expired    bool
	// window says that a process was killed between the authorization server's answer and the store: which cannot be
	// survived.
	window bool
	found  []string
}

// due is what comes to a process.
type due struct {
	p   *proc
	run func()
}

type proc struct {
	f      *fleet
	core   *machine.Machine
	dead   bool
	ready  bool
	done   int
	asked  int
	used   string
	ended  string
	renews bool // an answer with a new token is on its way, or being written
}

func (f *fleet) start() *proc {
	p := &proc{f: f, core: machine.New()}
	f.procs = append(f.procs, p)
	entropy := make([]byte, 32)
	for i := range entropy {
		entropy[i] = byte(f.rand.Uint32())
	}
	p.step(msg.Input{Begin: &msg.Begin{Version: msg.Version, Schema: msg.SchemaHash, Entropy: entropy, Name: "fleet"}},
		msg.Input{Load: &msg.Load{ID: 1, Path: "f", Dialect: "claude-code", Text: []byte(`{"mcpServers":{"a":{"type":"http","url":"https://mcp.test/mcp","auth":"oauth"}}}`)}},
		msg.Input{Connect: &msg.Connect{ID: 2, Session: 1, Config: 1, Server: "a"}})
	return p
}

func (p *proc) step(in ...msg.Input) {
	if p.dead {
		return
	}
	b, err := (&msg.Batch{Now: 1, Wall: 1000, Inputs: in}).MarshalMsg(nil)
	if err != nil {
		panic(err)
	}
	var out msg.Output
	if _, err := out.UnmarshalMsg(p.core.Step(b, nil)); err != nil || out.Error != nil {
		panic(fmt.Sprint(err, out.Error))
	}
	for i := range out.Effects {
		p.effect(&out.Effects[i])
	}
}

func (p *proc) later(f func()) { p.f.due = append(p.f.due, due{p, f}) }

func (p *proc) effect(e *msg.Effect) {
	f := p.f
	switch {
	case e.Get != nil:
		id := e.Get.ID
		p.later(func() { p.step(msg.Input{Stored: &msg.Stored{ID: id, Found: f.store != "", Value: f.store}}) })
	case e.Put != nil:
		id, text := e.Put.ID, e.Put.Value
		if f.holder != p {
			f.bad("a record is written without the lock")
		}
		p.later(func() {
			f.store, p.renews = text, false
			p.step(msg.Input{Stored: &msg.Stored{ID: id, Found: true}})
		})
	case e.Lock != nil:
		id := e.Lock.ID
		f.queue = append(f.queue, due{p, func() {
			f.holder, f.lockID = p, id
			p.step(msg.Input{Stored: &msg.Stored{ID: id, Found: true}})
		}})
		f.pass()
	case e.Unlock != nil:
		f.free(p, e.Unlock.ID)
	case e.HTTP != nil && ofSignIn(e.HTTP):
		p.renew(e.HTTP)
	case e.HTTP != nil:
		p.ask(e.HTTP)
	case e.Abort != nil, e.State != nil, e.Loaded != nil:
	case e.Done != nil && e.Done.Error != nil:
		p.ended = e.Done.Error.Code + " " + e.Done.Error.Title + " " + e.Done.Error.Body
	case e.Done != nil:
		p.ready = true
		p.done++
	}
}

func (f *fleet) bad(format string, args ...any) {
	f.found = append(f.found, fmt.Sprintf(format, args...))
}

// pass gives the lock to the next, later.
func (f *fleet) pass() {
	for f.holder == nil && len(f.queue) > 0 {
		next := f.queue[0]
		f.queue = f.queue[1:]
		if !next.p.dead {
			f.holder = next.p
			f.due = append(f.due, next)
		}
	}
}

func (f *fleet) free(p *proc, id uint32) {
	if f.holder != p || f.lockID != id {
		f.bad("unlock of what is not held")
		return
	}
	f.holder = nil
	f.pass()
}

func access(n int) string  { return fmt.Sprintf("access-token-%08d", n) }
func refresh(n int) string { return fmt.Sprintf("refresh-token-%08d", n) }

// renew is the token endpoint; what it did and what is heard of it are two things.
func (p *proc) renew(h *msg.HTTP) {
	f, id := p.f, h.ID
	if h.Method != "POST" {
		p.later(func() { p.answer(id, 404, "") }) // nobody can sign in: the way ends here
		return
	}
	form, _ := url.ParseQuery(string(h.Body))
	token := form.Get("refresh_token")
	p.later(func() {
		status, body := uint32(400), `{"error":"invalid_grant"}`
		if f.posts[token]++; f.posts[token] > 1 {
			f.revoked = true
		}
		if !f.revoked && token == refresh(f.generation) {
			f.generation++
			f.expired, p.renews = false, true
			status, body = 200, fmt.Sprintf(`{"access_token":"%s","refresh_token":"%s","token_type":"Bearer","expires_in":3600}`, access(f.generation), refresh(f.generation))
		}
		p.later(func() { p.answer(id, status, body) })
	})
}

func (p *proc) answer(id, status uint32, body string) {
	p.step(msg.Input{Head: &msg.Head{ID: id, Status: status, Headers: []msg.Header{{Name: "Content-Type", Value: "application/json"}}}},
		msg.Input{Body: &msg.Body{ID: id, Data: []byte(body)}}, msg.Input{End: &msg.End{ID: id}})
}

// ask is the MCP server: it takes the newest token only.
func (p *proc) ask(h *msg.HTTP) {
	f, id, rpc := p.f, h.ID, gjson.GetBytes(h.Body, "id").Str
	sent := ""
	for _, field := range h.Headers {
		if field.Name == "Authorization" {
			sent = strings.TrimPrefix(field.Value, "Bearer ")
		}
	}
	p.later(func() {
		if p.used = sent; sent != access(f.generation) || f.expired || f.revoked {
			p.answer(id, 401, "{}")
			return
		}
		p.answer(id, 200, `{"jsonrpc":"2.0","id":"`+rpc+`","result":{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"tools":{}},"tools":[]}}`)
	})
}

// kill is kill -9: what it had under way comes to nobody, and its lock is free.
func (f *fleet) kill(p *proc) {
	p.dead = true
	f.window = f.window || p.renews
	if f.holder == p {
		f.holder = nil
	}
	f.pass()
}

// sail runs a fleet of n: three times all tokens end, and everybody asks again.
func sail(seed uint64, n int, killing bool) *fleet {
	f := &fleet{rand: rand.New(rand.NewPCG(seed, 1)), posts: map[string]int{}}
	f.store = fmt.Sprintf(`{"version":1,"url":"https://mcp.test/mcp","issuer":"https://as.test","resource":"https://mcp.test/mcp","token_endpoint":"https://as.test/token","client_id":"c","auth_method":"none","access_token":"%s","refresh_token":"%s","token_type":"Bearer","expires":0,"client_expires":0}`, access(0), refresh(0))
	for range n {
		f.start()
	}
	for round := range 4 {
		if round > 0 && !f.revoked {
			f.expire()
		}
		for _, p := range append([]*proc(nil), f.procs...) {
			if p.ready && !p.dead {
				p.asked++
				p.step(msg.Input{Request: &msg.Request{ID: uint32(100 + p.asked), Session: 1, Method: "tools/list", Fresh: true}})
			}
		}
		for len(f.due) > 0 {
			i := f.rand.IntN(len(f.due))
			next := f.due[i]
			f.due = append(f.due[:i], f.due[i+1:]...)
			if next.p.dead {
				continue
			}
			next.run()
			if killing && f.rand.IntN(150) == 0 {
				f.kill(next.p)
				f.start()
			}
		}
	}
	return f
}

// expire ends the access token; what it is renewed with stays.
func (f *fleet) expire() {
	f.expired = true
	for _, p := range f.procs {
		p.used = ""
	}
}

// TestFleet: of fifty processes one renews, whatever the order and whoever is killed; the authorization server never
// sees a refresh token twice, unless who renewed was killed before it could write, and all end with the newest token.
func TestFleet(t *testing.T) {
	seeds, n := uint64(200), 50
	if testing.Short() || slow {
		seeds = 10
	}
	killed, windows := 0, 0
	for seed := range 2 * seeds {
		killing := seed%2 == 1
		f := sail(seed, n, killing)
		for _, text := range f.found {
			t.Fatalf("seed %d: %s", seed, text)
		}
		for token, n := range f.posts {
			if n > 1 && !f.window {
				t.Fatalf("seed %d: %s came %d times", seed, token, n)
			}
		}
		if f.revoked && !f.window {
			t.Fatalf("seed %d: the sign-in was ended", seed)
		}
		if !strings.Contains(f.store, `"client_id":"c"`) {
			t.Fatalf("seed %d: the registration is gone: %s", seed, f.store)
		}
		if f.window {
			windows++
			continue
		}
		for i, p := range f.procs {
			if p.dead {
				killed++
				continue
			}
			if p.ended != "" || !p.ready || p.used != access(f.generation) && p.done > 1 {
				t.Fatalf("seed %d: process %d ends with %q, %s of %d", seed, i, p.used, p.ended, f.generation)
			}
		}
		if !strings.Contains(f.store, access(f.generation)) {
			t.Fatalf("seed %d: the store has %s, the newest is %d", seed, f.store, f.generation)
		}
	}
	t.Logf("%d seeds of %d processes, %d killed; in %d seeds one in the window that cannot be closed", 2*seeds, n, killed, windows)
}
