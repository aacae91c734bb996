package sim

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/headfast/headfast/host/vectors"
	"github.com/headfast/headfast/jsbridge/msg"
)

// fault is what goes wrong with one effect.
type fault struct {
	name string
	// on are the effects it may befall.
	on string
	// at is when: "now", "head" (instead of or after it), "body" (in the middle of it).
	at   string
	head *msg.Head
	fail *msg.Failure
	// silent takes all that would come, so that only the clock moves.
	silent bool
	// closes is how often the session is closed right after it.
	closes int
}

func faults(short bool) (all []fault) {
	http := func(name, at string, f *msg.Failure) {
		all = append(all, fault{name: name, on: "http", at: at, fail: f})
	}
	kinds := []string{msg.FailDNS, msg.FailRefused, msg.FailConnect, msg.FailTLS, msg.FailPlain, msg.FailTimeout, msg.FailReset, msg.FailAborted,
		msg.FailRedirect, msg.FailBlocked, msg.FailUnsupported, msg.FailLimit, msg.FailProxy, "grease"}
	if short {
		kinds = []string{msg.FailRefused, msg.FailReset}
	}
	for _, kind := range kinds {
		http(kind, "now", &msg.Failure{Kind: kind, Detail: kind + " " + secretOfVectors})
		switch kind {
		case msg.FailDNS, msg.FailRefused, msg.FailConnect, msg.FailTLS, msg.FailPlain, msg.FailUnsupported:
			continue // nothing can have been sent
		}
		http(kind+" sent", "now", &msg.Failure{Kind: kind, Detail: kind, Sent: true})
	}
	reset := &msg.Failure{Kind: msg.FailReset, Detail: "reset", Sent: true}
	http("end without head", "now", nil)
	http("reset after head", "head", reset)
	http("end after head", "head", nil)
	http("reset in body", "body", reset)
	http("end in body", "body", nil)
	all = append(all, fault{name: "silence", on: "http", at: "now", silent: true}, fault{name: "silence after head", on: "http", at: "head", silent: true},
		fault{name: "silence in body", on: "http", at: "body", silent: true})
	for _, status := range []uint32{202, 204, 302, 307, 400, 401, 403, 404, 405, 429, 500, 501, 502, 503, 504} {
		if short && status != 404 && status != 503 {
			continue
		}
		for _, kind := range []string{"text/html", "application/json"} {
			all = append(all, fault{name: fmt.Sprint(status, " ", kind), on: "http", at: "now", head: &msg.Head{Status: status, Headers: []msg.Header{
				{Name: "Content-Type", Value: kind}, {Name: "Retry-After", Value: "3"}, {Name: "Location", Value: "/mcp"}}}})
		}
	}
	all = append(all, fault{name: "200 html", on: "http", at: "now", head: &msg.Head{Status: 200, Headers: []msg.Header{{Name: "Content-Type", Value: "text/html"}}}})
	exit := &msg.Failure{Kind: msg.FailExit, Detail: "exit status 1 " + secretOfVectors, Sent: true}
	all = append(all,
		fault{name: "spawn", on: "spawn", at: "now", fail: &msg.Failure{Kind: msg.FailSpawn, Detail: "no such file"}},
		fault{name: "unsupported", on: "spawn", at: "now", fail: &msg.Failure{Kind: msg.FailUnsupported, Detail: "no"}},
		fault{name: "exit", on: "spawn write stop", at: "now", fail: exit},
		fault{name: "exit 0", on: "spawn write stop", at: "now"},
		fault{name: "silence", on: "spawn write stop", at: "now", silent: true},
		fault{name: "exit in body", on: "spawn write", at: "body", fail: exit},
		fault{name: "not found", on: "get", at: "now"},
		fault{name: "silence", on: "get", at: "now", silent: true},
		fault{name: "error", on: "ask", at: "now"},
		fault{name: "silence", on: "ask", at: "now", silent: true},
		fault{name: "close", on: "http spawn write stop get ask put lock await open sign agree", at: "now", closes: 1},
		fault{name: "close twice", on: "http spawn write stop get ask put lock await open sign agree", at: "now", closes: 2})
	return append(all, signingFaults()...)
}

// secretOfVectors is the key that most vectors configure; what fails says it aloud.
const secretOfVectors = "test-key-12345"

// play is one run of a vector with at most one fault.
type play struct {
	*rig
	base  *baseline
	fault *fault
	at    int // the fallible effect that the fault befalls; -1 is none
	seen  int
	hit   bool
	// victim is the exchange, Get or Ask of the fault.
	victim   uint32
	diverged bool
	// mapped are the script's exchanges by the run's.
	mapped map[uint32]uint32
	used   map[uint32]bool
	done   bool // the fault has happened
}

// baseline is a vector as it goes without a fault.
type baseline struct {
	v       *vectors.Vector
	effects []string          // the kinds of the fallible effects, in order
	sig     map[uint32]string // of each exchange, Get and Ask
	methods map[string]string // of each JSON-RPC id
	secrets []string          // the key, where the vector sends it
}

func fallible(e *msg.Effect) (id uint32, kind, sig string) {
	switch {
	case e.HTTP != nil:
		rpc := rpcMethod(e.HTTP.Body)
		if ofSignIn(e.HTTP) {
			rpc = e.HTTP.URL
		}
		for _, h := range e.HTTP.Headers {
			if h.Name == "Last-Event-ID" {
				rpc += " resume"
			}
		}
		return e.HTTP.ID, "http", e.HTTP.Method + " " + rpc
	case e.Spawn != nil:
		return e.Spawn.ID, "spawn", "spawn"
	case e.Write != nil:
		return e.Write.ID, "write", ""
	case e.Stop != nil:
		return e.Stop.ID, "stop", ""
	case e.Get != nil:
		return e.Get.ID, "get", "get " + e.Get.Store + " " + e.Get.Key
	case e.Ask != nil:
		return e.Ask.ID, "ask", "ask " + e.Ask.Method
	}
	return fallibleOfSigning(e)
}

var rpcMethodOf = regexp.MustCompile(`"method":"([^"]*)"`)

func rpcMethod(body []byte) string {
	if m := rpcMethodOf.FindSubmatch(body); m != nil {
		return string(m[1])
	}
	return ""
}

var rpcID = regexp.MustCompile(`"id":"(0000000000000000-\d+)"`)

func newBaseline(v *vectors.Vector) (*baseline, *rig) {
	b := &baseline{v: v, sig: map[uint32]string{}, methods: map[string]string{}}
	r := newRig()
	for i := range v.Steps {
		s := &v.Steps[i].Batch
		r.jump(s.Now)
		r.wall = s.Wall * 1e6
		for _, e := range r.step(s.Inputs...) {
			id, kind, sig := fallible(&e)
			if kind == "" {
				continue
			}
			b.effects = append(b.effects, kind)
			if sig != "" {
				b.sig[id] = sig
			}
			var body []byte
			if e.HTTP != nil {
				for _, h := range e.HTTP.Headers {
					if strings.Contains(h.Value, secretOfVectors) {
						b.secrets = []string{secretOfVectors}
					}
				}
				body = e.HTTP.Body
			} else if e.Write != nil {
				body = e.Write.Data
			}
			if m := rpcID.FindSubmatch(body); m != nil {
				b.methods[string(m[1])] = rpcMethod(body)
			}
		}
		r.forgetGets(s.Inputs)
	}
	return b, r
}

// forgetGets takes out what the script answers.
func (r *rig) forgetGets(in []msg.Input) {
	for i := range in {
		if in[i].Stored != nil {
			delete(r.check.gets, in[i].Stored.ID)
		}
	}
}

// run plays the vector with the fault at its effect.
func (b *baseline) run(f *fault, at int, chatty bool) *play {
	p := &play{rig: newRig(b.secrets...), base: b, fault: f, at: at, mapped: map[uint32]uint32{}, used: map[uint32]bool{}}
	p.chatty = chatty
	for i := range b.v.Steps {
		s := &b.v.Steps[i].Batch
		if !p.hit {
			p.jump(s.Now)
			p.wall = s.Wall * 1e6
			p.look(p.step(s.Inputs...))
			p.forgetGets(s.Inputs)
			continue
		}
		p.advance(s.Now)
		for j := range s.Inputs {
			p.give(s.Inputs[j])
		}
	}
	p.finale()
	return p
}

// look finds the effect that the fault befalls.
func (p *play) look(fx []msg.Effect) {
	for i := range fx {
		id, kind, _ := fallible(&fx[i])
		if kind == "" {
			continue
		}
		if p.seen++; p.seen-1 != p.at || p.hit {
			continue
		}
		p.hit, p.victim = true, id
		p.strike()
	}
}

func (p *play) strike() {
	f := p.fault
	if f.at != "now" {
		return
	}
	p.done = true
	kind := p.base.effects[p.at]
	switch {
	case f.closes > 0:
		p.answerGets()
		for range f.closes {
			for _, id := range p.sessionIDs() {
				p.step(msg.Input{Close: &msg.Close{ID: p.verb(), Session: id}})
			}
		}
	case f.silent:
	case p.strikeSigning(kind):
	case kind == "get":
		delete(p.check.gets, p.victim)
		p.step(msg.Input{Stored: &msg.Stored{ID: p.victim}})
	case kind == "ask":
		p.step(msg.Input{Answer: &msg.Answer{ID: p.victim, Code: -32000, Message: "no"}})
	case f.head != nil:
		h := *f.head
		h.ID = p.victim
		p.step(msg.Input{Head: &h})
		p.step(msg.Input{End: &msg.End{ID: p.victim}})
	default:
		p.step(msg.Input{End: &msg.End{ID: p.victim, Failure: f.fail}})
	}
	p.obey()
}

// give hands on an input of the script as far as it still fits.
func (p *play) give(in msg.Input) {
	switch {
	case in.Head != nil:
		id, ok := p.find(in.Head.ID)
		if !ok {
			return
		}
		h := *in.Head
		h.ID = id
		p.step(msg.Input{Head: &h})
		p.strikeIn(id, "head")
	case in.Body != nil:
		id, ok := p.find(in.Body.ID)
		if !ok {
			return
		}
		data := p.rewrite(in.Body.Data)
		if id == p.victim && p.fault.at == "body" && !p.done {
			data = data[:len(data)/2]
		}
		p.step(msg.Input{Body: &msg.Body{ID: id, Data: data}})
		p.strikeIn(id, "body")
	case p.giveSigning(&in):
	case in.End != nil:
		id, ok := p.find(in.End.ID)
		if ok {
			p.step(msg.Input{End: &msg.End{ID: id, Failure: in.End.Failure}})
		}
	case in.Stderr != nil:
		if id, ok := p.find(in.Stderr.ID); ok {
			p.step(msg.Input{Stderr: &msg.Stderr{ID: id, Data: in.Stderr.Data}})
		}
	case in.Stored != nil:
		p.giveStored(in.Stored)
	case in.Answer != nil:
		if a := p.check.asks[in.Answer.ID]; a != nil && a.open && !(p.fault.silent && in.Answer.ID == p.victim) {
			p.step(in)
		}
	default:
		p.step(in)
	}
	p.obey()
}

// strikeIn lets the fault happen that belongs after this piece.
func (p *play) strikeIn(id uint32, when string) {
	if id != p.victim || p.fault.at != when || p.done {
		return
	}
	p.done = true
	if !p.fault.silent && p.check.exchanges[id] != nil {
		p.step(msg.Input{End: &msg.End{ID: id, Failure: p.fault.fail}})
	}
}

// find is the run's exchange for one of the script's: the same, or another that asks the same; a while is waited
// for one that is sent again.
func (p *play) find(id uint32) (uint32, bool) {
	sig := p.base.sig[id]
	for range 8 {
		if to, ok := p.mapped[id]; ok {
			if x := p.check.exchanges[to]; x != nil && !x.aborted && p.takes(to) {
				return to, true
			}
		}
		if sig == "" {
			return 0, false
		}
		for _, to := range p.liveIDs() {
			x := p.check.exchanges[to]
			if !p.used[to] && !x.aborted && p.takes(to) && sigOf(x) == sig {
				p.mapped[id], p.used[to] = to, true
				return to, true
			}
		}
		if p.deadline == 0 || p.deadline > p.now+3e9 {
			return 0, false
		}
		p.advance(p.deadline)
	}
	return 0, false
}

// takes says whether anything more comes of an exchange.
func (p *play) takes(id uint32) bool { return !(id == p.victim && p.done && p.fault.silent) }

func sigOf(x *exchange) string {
	if x.spawn {
		return "spawn"
	}
	sig := x.method + " " + x.rpc
	if x.resumes {
		sig += " resume"
	}
	return sig
}

// rewrite puts the run's request ids for the script's.
func (p *play) rewrite(data []byte) []byte {
	return rpcID.ReplaceAllFunc(data, func(found []byte) []byte {
		id := string(rpcID.FindSubmatch(found)[1])
		method := p.base.methods[id]
		if a := p.check.attempts[id]; a != nil && a.method == method && !a.answered {
			return found
		}
		best := ""
		for _, a := range p.check.attempts {
			if a.method == method && !a.answered && (best == "" || before(a.id, best)) {
				best = a.id
			}
		}
		if best == "" {
			return found
		}
		return []byte(`"id":"` + best + `"`)
	})
}

func before(a, b string) bool { return len(a) < len(b) || len(a) == len(b) && a < b }

// TestTorture puts every fault into every place of every vector.
func TestTorture(t *testing.T) {
	all, err := vectors.Load("../testdata/vectors")
	if err != nil {
		t.Fatal(err)
	}
	list := faults(testing.Short() || slow)
	runs := 0
	found := newFindings()
	for i, v := range all {
		if testing.Short() && i%3 != 0 {
			continue
		}
		b, _ := newBaseline(v)
		none := fault{on: "", at: "now"}
		p := b.run(&none, -1, false)
		found.add(p.check.found, v.Name+": no fault", func() []string { return b.run(&none, -1, true).log })
		for at, kind := range b.effects {
			for i := range list {
				f := &list[i]
				if !bytes.Contains([]byte(f.on), []byte(kind)) {
					continue
				}
				runs++
				p := b.run(f, at, false)
				where := fmt.Sprintf("%s: effect %d (%s): %s", v.Name, at, kind, f.name)
				found.add(p.check.found, where, func() []string { return b.run(f, at, true).log })
			}
		}
	}
	t.Logf("%d vectors, %d runs", len(all), runs)
	found.report(t)
}

// findings gathers violations by their kind, with the shortest replay of each.
type findings struct {
	count map[string]int
	first map[string]string
	log   map[string][]string
	order []string
}

func newFindings() *findings {
	return &findings{count: map[string]int{}, first: map[string]string{}, log: map[string][]string{}}
}

func (f *findings) add(list []violation, where string, replay func() []string) {
	var log []string
	for _, v := range list {
		if os.Getenv("SIM_ALL") != "" {
			fmt.Fprintln(os.Stderr, v.code, "|", where, "|", v.text)
		}
		if f.count[v.code]++; f.count[v.code] > 200 {
			continue
		}
		if log == nil {
			log = replay()
		}
		if old, ok := f.log[v.code]; !ok || len(log) < len(old) {
			if !ok {
				f.order = append(f.order, v.code)
			}
			f.log[v.code], f.first[v.code] = log, where+": "+v.text
		}
	}
}

func (f *findings) report(t *testing.T) {
	t.Helper()
	for _, code := range f.order {
		text := fmt.Sprintf("%s, %d times, such as %s", code, f.count[code], f.first[code])
		t.Errorf("%s\n%s", text, strings.Join(f.log[code], "\n"))
	}
}
