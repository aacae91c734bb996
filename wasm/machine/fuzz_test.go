package machine

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/revision"
)

// canary is the configured key: it may stand in HTTP effects to the server's own origin, and nowhere else.
const canary = "canary-key-0123456789abcdef"

const fuzzConfig = `{"mcpServers":{"a":{"type":"http","url":"http://127.0.0.1:1/mcp","headers":{"X-API-Key":"${K}"}},
"s":{"type":"sse","url":"http://127.0.0.1:1/sse","headers":{"Authorization":"Bearer ${K}"}},
"p":{"command":"server","args":["--key","${K}"],"env":{"TOKEN":"${K}"}}}}`

// The script's language, one byte for each step; TEXT goes up to a zero byte:
//
//	C S P   connect to the server over HTTP, HTTP+SSE, stdio; before it, c TEXT gives capabilities, V a revision
//	R Q F G request a list; call a tool; a list that is fresh; a list with log messages
//	L l N   listen to lists, to resources; notify
//	A a g TEXT  answer the last question: with a result, with an error, with TEXT
//	k X     cancel the last verb; close
//	t T Z W one second, half a minute in one step, two hours in honest ones; the wall clock a day on
//	h BYTE, H, j, r TEXT   a head: any status, a stream, JSON, a redirect, for the newest exchange
//	b TEXT, E TEXT  content, standard error; o TEXT is a line of it
//	e f x   the end: whole, reset, exit
//
// With the eighth bit set the last four lines are about the oldest exchange.

// FuzzSequence drives the core with a sequence of inputs written as bytes, and checks after each step what
// must hold whatever a server does: every verb ends exactly once, every exchange is known, the key goes to
// its origin only and is told nowhere, and a second core fed the same gives the same bytes.
func FuzzSequence(f *testing.F) {
	f.Add([]byte("C\x00h\xc8b{}e"))
	f.Add([]byte("S\x00Hbevent: endpoint\ndata: /m\n\n\x00e"))
	f.Add([]byte(`C` + "\x00" + `jb{"jsonrpc":"2.0","id":"0000000000000000-1","result":{"supportedVersions":["2026-07-28"]}}` + "\x00eRtRxkXT"))
	f.Add([]byte(`C` + "\x00" + `je` + `jb{"jsonrpc":"2.0","id":"0000000000000000-2","result":{"protocolVersion":"2025-11-25"}}` + "\x00e" + "jeRkXeee"))
	f.Add([]byte("C\x00rhttp://evil.test/\x00e"))
	met := `jb{"id":"0000000000000000-1","jsonrpc":"2.0","result":{"supportedVersions":["2026-07-28"],"capabilities":{}}}` + "\x00e"
	f.Add([]byte("c{\"elicitation\":{},\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}\x00C" + met +
		`Qjb{"id":"0000000000000000-2","jsonrpc":"2.0","result":{"resultType":"input_required","inputRequests":{"a":{"method":"elicitation/create","params":{}}}}}` + "\x00eAjXe"))
	f.Add([]byte("c{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}\x00C" + met +
		`Qjb{"id":"0000000000000000-2","jsonrpc":"2.0","result":{"resultType":"task","taskId":"t","status":"working"}}` + "\x00ettjekZ"))
	f.Add([]byte("C" + met + `LHb` + "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\",\"params\":{\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":\"0000000000000000-2\"}}}\n\n\x00ettZkX"))
	f.Add([]byte(`Po{"id":"0000000000000000-1","jsonrpc":"2.0","result":{"supportedVersions":["2026-07-28"]}}` + "\x00QLEpanic\x00xttttNFX"))
	f.Add([]byte("c{\"elicitation\":{},\"roots\":{}}\x00Po{\"id\":\"0000000000000000-1\",\"jsonrpc\":\"2.0\",\"error\":{\"code\":1,\"message\":\"\"}}\x00" +
		`o{"id":"0000000000000000-2","jsonrpc":"2.0","result":{"protocolVersion":"2025-11-25","capabilities":{"logging":{},"resources":{"subscribe":true}}}}` + "\x00GlNo{\"id\":7,\"jsonrpc\":\"2.0\",\"method\":\"roots/list\"}\x00ag[]\x00XxZ"))
	f.Add([]byte("V\x01CjeWTRh\xfbZk"))
	f.Add([]byte("Sh\xfcetttHb" + "event: endpoint\ndata: /m\n\n\x00QXX"))
	f.Fuzz(func(t *testing.T, script []byte) {
		if len(script) > 4096 {
			return
		}
		one, two := newPlayer(t), newPlayer(t)
		for one.more(script) {
			a, b := one.play(script), two.play(script)
			if !bytes.Equal(a, b) {
				t.Fatal("the same inputs give different effects")
			}
		}
		one.finish()
	})
}

// player turns a script into batches and keeps the books.
type player struct {
	t    *testing.T
	m    *Machine
	at   int
	now  int64
	verb uint32
	// open counts, for each verb, the answers that are still due; live are the exchanges without an End.
	open map[uint32]int
	live []uint32
	gets []uint32
	// processes are those of live that are none of HTTP; asks are the questions that wait.
	processes map[uint32]bool
	asks      []uint32
	// capabilities and revision are the next Connect's; wall is a clock of its own, in milliseconds.
	capabilities, revision string
	wall                   int64
	deadline               int64
}

func newPlayer(t *testing.T) *player {
	p := &player{t: t, m: New(), open: map[uint32]int{}, processes: map[uint32]bool{}}
	p.step(msg.Input{Begin: &msg.Begin{Version: msg.Version, Schema: msg.SchemaHash, Entropy: make([]byte, 32), Name: "fuzz", Trace: true, Record: true}},
		msg.Input{Load: &msg.Load{ID: 1, Path: "f", Dialect: "claude-code", Text: []byte(fuzzConfig)}})
	return p
}

func (p *player) more(script []byte) bool { return p.at < len(script) }

// play reads one command of the script and steps the core.
func (p *player) play(script []byte) []byte {
	c := script[p.at]
	p.at++
	switch c {
	case 'C', 'S', 'P':
		return p.connect(map[byte]string{'C': "a", 'S': "s", 'P': "p"}[c])
	case 'c':
		p.capabilities = p.text(script)
		return nil
	case 'V':
		all := append(revision.Names(), "2099-01-01")
		p.revision = all[int(p.byte(script))%len(all)]
		return nil
	case 'R', 'Q', 'F', 'G':
		return p.request(c)
	case 'L', 'l', 'N':
		return p.listen(c)
	case 'A', 'a', 'g':
		return p.answer(c, script)
	case 'k':
		return p.step(msg.Input{Cancel: &msg.Cancel{ID: p.verb}})
	case 'X':
		p.verb++
		p.open[p.verb]++
		return p.step(msg.Input{Close: &msg.Close{ID: p.verb, Session: 1}})
	case 't':
		p.now += 1e9
		return p.step()
	case 'T':
		p.now += 31e9
		return p.step()
	case 'Z':
		return p.pass(7200e9)
	case 'W':
		p.wall += 86400e3
		return p.step()
	}
	return p.exchange(c, script)
}

// begin is a new verb's number.
func (p *player) begin() uint32 {
	p.verb++
	p.open[p.verb]++
	return p.verb
}

func (p *player) request(c byte) []byte {
	r := &msg.Request{ID: p.begin(), Session: 1, Method: "tools/list", All: p.verb%2 == 0, Progress: true, Fresh: c == 'F'}
	switch c {
	case 'Q':
		r.Method, r.Params, r.TimeoutMS = "tools/call", []byte(`{"name":"t"}`), p.verb%3*1000
	case 'G':
		r.LogLevel = "info"
	}
	return p.step(msg.Input{Request: r})
}

func (p *player) listen(c byte) []byte {
	switch c {
	case 'N':
		return p.step(msg.Input{Notify: &msg.Notify{ID: p.begin(), Session: 1, Method: "notifications/roots/list_changed"}})
	case 'l':
		return p.step(msg.Input{Listen: &msg.Listen{ID: p.begin(), Session: 1, URIs: []string{"a:b", "c:d"}}})
	}
	return p.step(msg.Input{Listen: &msg.Listen{ID: p.begin(), Session: 1, Tools: true, Tasks: []string{"t"}}})
}

// answer answers the newest question, or one that is none.
func (p *player) answer(c byte, script []byte) []byte {
	a := &msg.Answer{ID: 1 << 30}
	if n := len(p.asks); n > 0 {
		a.ID, p.asks = p.asks[n-1], p.asks[:n-1]
	}
	switch c {
	case 'A':
		a.Result = []byte(`{"action":"accept"}`)
	case 'a':
		a.Code, a.Message = -1, "no "+canary
	default:
		a.Result = []byte(p.text(script))
	}
	return p.step(msg.Input{Answer: a})
}

// pass lets time pass in honest steps.
func (p *player) pass(d int64) (all []byte) {
	for end, n := p.now+d, 0; p.deadline != 0 && p.deadline < end; n++ {
		if n > 20000 {
			p.t.Fatal("the core wants to be stepped again and again")
		}
		p.now = max(p.now, p.deadline)
		all = append(all, p.step()...)
	}
	p.now += d
	return append(all, p.step()...)
}

func (p *player) connect(server string) []byte {
	p.verb++
	p.open[p.verb]++
	n := &msg.Connect{ID: p.verb, Session: 1, Config: 1, Server: server, Capabilities: []byte(p.capabilities), Revision: p.revision}
	p.capabilities, p.revision = "", ""
	return p.step(msg.Input{Connect: n})
}

// exchange gives the newest or the oldest exchange a head, a piece of content, or its end.
func (p *player) exchange(c byte, script []byte) []byte {
	if len(p.live) == 0 {
		return p.step()
	}
	id := p.live[len(p.live)-1]
	if c >= 0x80 {
		id = p.live[0]
	}
	switch c & 0x7f {
	case 'h':
		return p.step(msg.Input{Head: &msg.Head{ID: id, Status: 100 + uint32(p.byte(script))*2}})
	case 'H':
		return p.head(id, 200, "text/event-stream", "")
	case 'j':
		return p.head(id, 200, "application/json", "")
	case 'r':
		return p.head(id, 307, "", p.text(script))
	case 'b':
		return p.step(msg.Input{Body: &msg.Body{ID: id, Data: []byte(p.text(script))}})
	case 'o':
		return p.step(msg.Input{Body: &msg.Body{ID: id, Data: []byte(p.text(script) + "\n")}})
	case 'E':
		return p.step(msg.Input{Stderr: &msg.Stderr{ID: id, Data: []byte(p.text(script) + canary + "\n")}})
	case 'x':
		return p.end(id, &msg.Failure{Kind: msg.FailExit, Detail: "exit status 1", Sent: true})
	case 'f':
		return p.end(id, &msg.Failure{Kind: msg.FailReset, Detail: canary, Sent: p.at%2 == 0})
	}
	return p.end(id, nil)
}

func (p *player) head(id, status uint32, kind, location string) []byte {
	return p.step(msg.Input{Head: &msg.Head{ID: id, Status: status, Headers: []msg.Header{
		{Name: "Content-Type", Value: kind}, {Name: "Location", Value: location}, {Name: "Mcp-Session-Id", Value: "s"}}}})
}

func (p *player) end(id uint32, f *msg.Failure) []byte {
	for i, l := range p.live {
		if l == id {
			p.live = append(p.live[:i:i], p.live[i+1:]...)
			break
		}
	}
	delete(p.processes, id)
	return p.step(msg.Input{End: &msg.End{ID: id, Failure: f}})
}

func (p *player) byte(script []byte) byte {
	if p.at >= len(script) {
		return 50
	}
	p.at++
	return script[p.at-1]
}

// text reads up to a zero byte.
func (p *player) text(script []byte) string {
	rest := string(script[p.at:])
	text, _, _ := strings.Cut(rest, "\x00")
	p.at = min(len(script), p.at+len(text)+1)
	return text
}

func (p *player) step(inputs ...msg.Input) []byte {
	p.t.Helper()
	p.now += 1e6
	batch, err := (&msg.Batch{Now: p.now, Wall: p.wall, Inputs: inputs}).MarshalMsg(nil)
	if err != nil {
		p.t.Fatal(err)
	}
	bytes := p.m.Step(batch, nil)
	var out msg.Output
	if rest, err := out.UnmarshalMsg(bytes); err != nil || len(rest) > 0 || out.Error != nil {
		p.t.Fatalf("the output cannot be read, or the core found the batch malformed: %v %+v", err, out.Error)
	}
	p.deadline = out.Deadline
	for i := range out.Effects {
		p.check(&out.Effects[i])
	}
	for len(p.gets) > 0 {
		id := p.gets[0]
		p.gets = p.gets[1:]
		bytes = append(bytes, p.step(msg.Input{Stored: &msg.Stored{ID: id, Found: true, Value: canary}})...)
	}
	return bytes
}

// check keeps the books for one effect.
func (p *player) check(e *msg.Effect) {
	p.t.Helper()
	if err := e.Check(); err != nil {
		p.t.Fatal(err)
	}
	switch {
	case e.HTTP != nil:
		p.live = append(p.live, e.HTTP.ID)
		if !strings.HasPrefix(e.HTTP.URL, "http://127.0.0.1:1/") {
			p.t.Fatalf("a request to another origin: %s", e.HTTP.URL)
		}
		return
	case e.Spawn != nil:
		p.live, p.processes[e.Spawn.ID] = append(p.live, e.Spawn.ID), true
		return
	case e.Write != nil:
		if !p.processes[e.Write.ID] {
			p.t.Fatalf("a write to %d, which is no process", e.Write.ID)
		}
		return
	case e.Stop != nil:
		if !p.processes[e.Stop.ID] {
			p.t.Fatalf("a stop of %d, which is no process", e.Stop.ID)
		}
	case e.Ask != nil:
		p.asks = append(p.asks, e.Ask.ID)
		return
	case e.Withdraw != nil:
		at := slices.Index(p.asks, e.Withdraw.ID)
		if at < 0 {
			p.t.Fatalf("%d is taken back, which does not wait", e.Withdraw.ID)
		}
		p.asks = slices.Delete(p.asks, at, at+1)
	case e.Get != nil:
		p.gets = append(p.gets, e.Get.ID)
	case e.Done != nil:
		if p.open[e.Done.ID]--; p.open[e.Done.ID] < 0 {
			p.t.Fatalf("verb %d has ended twice", e.Done.ID)
		}
		if e.Done.Outcome == msg.OutcomeResult && e.Done.Error != nil || e.Done.Outcome != msg.OutcomeResult && e.Done.Error == nil {
			p.t.Fatalf("an outcome %q with error %v", e.Done.Outcome, e.Done.Error)
		}
		if e.Done.Outcome == msg.OutcomeResult {
			return // the server's own payload, byte by byte
		}
	case e.Message != nil:
		return
	}
	told, err := e.MarshalMsg(nil)
	if err != nil {
		p.t.Fatal(err)
	}
	if bytes.Contains(told, []byte(canary)) {
		p.t.Fatalf("the key is told: %+v", e)
	}
}

// finish lets an hour pass and ends what is open: then nothing may be due.
func (p *player) finish() {
	p.verb++
	p.open[p.verb]++
	export := []msg.Input{{Export: &msg.Export{ID: 1, Format: "har"}}, {Export: &msg.Export{ID: 1, Format: "curl"}}}
	p.step(export...) // with what is under way
	p.step(msg.Input{Close: &msg.Close{ID: p.verb, Session: 1}})
	defer p.step(export...)
	for range 4 {
		p.now += 4000e9
		p.step()
		for len(p.live) > 0 {
			p.end(p.live[0], &msg.Failure{Kind: msg.FailAborted})
		}
	}
	for id, n := range p.open {
		if n != 0 {
			p.t.Fatalf("verb %d has %d answers due", id, n)
		}
	}
	if n := len(p.m.sessions) + len(p.m.exchanges) + len(p.m.wanted) + len(p.m.timers.heap) + len(p.m.asked); n != 0 {
		p.t.Fatalf("%d things are left: %d sessions, %d exchanges, %d timers", n, len(p.m.sessions), len(p.m.exchanges), len(p.m.timers.heap))
	}
}
