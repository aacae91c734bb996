package machine

import (
	"bytes"
	"strings"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
)

// canary is the configured key: it may stand in HTTP effects to the server's own origin, and nowhere else.
const canary = "canary-key-0123456789abcdef"

const fuzzConfig = `{"mcpServers":{"a":{"type":"http","url":"http://127.0.0.1:1/mcp","headers":{"X-API-Key":"${K}"}},
"s":{"type":"sse","url":"http://127.0.0.1:1/sse","headers":{"Authorization":"Bearer ${K}"}}}}`

// FuzzSequence drives the core with a sequence of inputs written as bytes, and checks after each step what
// must hold whatever a server does: every verb ends exactly once, every exchange is known, the key goes to
// its origin only and is told nowhere, and a second core fed the same gives the same bytes.
func FuzzSequence(f *testing.F) {
	f.Add([]byte("C\x00h\xc8b{}e"))
	f.Add([]byte("S\x00Hbevent: endpoint\ndata: /m\n\n\x00e"))
	f.Add([]byte(`C` + "\x00" + `jb{"jsonrpc":"2.0","id":"0000000000000000-1","result":{"supportedVersions":["2026-07-28"]}}` + "\x00eRtRxkXT"))
	f.Add([]byte(`C` + "\x00" + `je` + `jb{"jsonrpc":"2.0","id":"0000000000000000-2","result":{"protocolVersion":"2025-11-25"}}` + "\x00e" + "jeRkXeee"))
	f.Add([]byte("C\x00rhttp://evil.test/\x00e"))
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
}

func newPlayer(t *testing.T) *player {
	p := &player{t: t, m: New(), open: map[uint32]int{}}
	p.step(msg.Input{Begin: &msg.Begin{Version: msg.Version, Schema: msg.SchemaHash, Entropy: make([]byte, 32), Name: "fuzz", Trace: true}},
		msg.Input{Load: &msg.Load{ID: 1, Path: "f", Dialect: "claude-code", Text: []byte(fuzzConfig)}})
	return p
}

func (p *player) more(script []byte) bool { return p.at < len(script) }

// play reads one command of the script and steps the core.
func (p *player) play(script []byte) []byte {
	c := script[p.at]
	p.at++
	switch c {
	case 'C', 'S':
		return p.connect(map[byte]string{'C': "a", 'S': "s"}[c])
	case 'R':
		p.verb++
		p.open[p.verb]++
		return p.step(msg.Input{Request: &msg.Request{ID: p.verb, Session: 1, Method: "tools/list", All: p.verb%2 == 0, Progress: true}})
	case 'k':
		return p.step(msg.Input{Cancel: &msg.Cancel{ID: p.verb}})
	case 'X':
		p.verb++
		p.open[p.verb]++
		return p.step(msg.Input{Close: &msg.Close{ID: p.verb, Session: 1}})
	case 'T':
		p.now += 31e9
		return p.step()
	}
	return p.exchange(c, script)
}

func (p *player) connect(server string) []byte {
	p.verb++
	p.open[p.verb]++
	return p.step(msg.Input{Connect: &msg.Connect{ID: p.verb, Session: 1, Config: 1, Server: server}})
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
	batch, err := (&msg.Batch{Now: p.now, Inputs: inputs}).MarshalMsg(nil)
	if err != nil {
		p.t.Fatal(err)
	}
	bytes := p.m.Step(batch, nil)
	var out msg.Output
	if rest, err := out.UnmarshalMsg(bytes); err != nil || len(rest) > 0 || out.Error != nil {
		p.t.Fatalf("the output cannot be read, or the core found the batch malformed: %v %+v", err, out.Error)
	}
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
	p.step(msg.Input{Close: &msg.Close{ID: p.verb, Session: 1}})
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
	if n := len(p.m.sessions) + len(p.m.exchanges) + len(p.m.wanted) + len(p.m.timers.heap); n != 0 {
		p.t.Fatalf("%d things are left: %d sessions, %d exchanges, %d timers", n, len(p.m.sessions), len(p.m.exchanges), len(p.m.timers.heap))
	}
}
