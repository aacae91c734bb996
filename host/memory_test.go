package host

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
)

// noise is n bytes that do not repeat.
func noise(n int) []byte {
	b := make([]byte, n+8)
	random := rand.New(rand.NewPCG(uint64(n), 0))
	for i := 0; i < n; i += 8 {
		v := random.Uint64()
		for j := range 8 {
			b[i+j] = byte(v >> (8 * j))
		}
	}
	return b[:n]
}

// TestPayloads: what goes in comes out byte by byte, though memory grows in alloc and in step.
func TestPayloads(t *testing.T) {
	in := begun(t, testCore)
	for _, n := range []int{1, 64 << 10, 20 << 20, 60 << 20, 1, 20 << 20} {
		payload, before := noise(n), in.MemoryBytes()
		out := step(t, in, do("echo", payload))
		if len(out.Effects) != 1 || !bytes.Equal(out.Effects[0].Done.Result, payload) {
			t.Errorf("%d bytes came back changed", n)
		}
		t.Logf("%d bytes: memory %d to %d MiB", n, before>>20, in.MemoryBytes()>>20)
	}
	works(t, in)
}

// TestMemoryIsBounded: what is over is given back, so the same again needs no more.
func TestMemoryIsBounded(t *testing.T) {
	in := begun(t, testCore)
	payload := noise(4 << 20)
	warm, rounds := 20, 200
	if testing.Short() {
		rounds = 60
		t.Logf("-short: %d rounds instead of 200", rounds)
	}
	var after uint32
	for i := range rounds {
		step(t, in, do("echo", payload))
		if i == warm {
			after = in.MemoryBytes()
		}
	}
	if now := in.MemoryBytes(); now > after+16<<20 {
		t.Errorf("memory grew from %d to %d MiB in %d rounds", after>>20, now>>20, rounds-warm)
	}
}

// TestStackGrowth: Go moves a goroutine's stack when it grows, and the export must find it again.
func TestStackGrowth(t *testing.T) {
	in := begun(t, testCore)
	for _, n := range []int{1, 100, 1500, 10, 1500} {
		out := step(t, in, do("recurse", []byte(strconv.Itoa(n))))
		if len(out.Effects) != 1 || len(out.Effects[0].Done.Result) == 0 {
			t.Errorf("%d calls deep: %+v", n, out)
		}
		step(t, in, do("yield", nil))
	}
	works(t, in)
}

// stress is a session with a server that is the test: the real module with steps of all kinds.
type stress struct {
	t    *testing.T
	in   *Instance
	now  int64
	last uint32 // the HTTP effect that is open
	path []byte
}

func (s *stress) step(inputs ...msg.Input) *msg.Output {
	s.t.Helper()
	s.now += 1e6
	batch, err := (&msg.Batch{Now: s.now, Inputs: inputs}).MarshalMsg(s.path[:0])
	if err != nil {
		s.t.Fatal(err)
	}
	s.path = batch
	out := stepBytes(s.t, s.in, batch)
	if out.Error != nil {
		s.t.Fatalf("%+v", out.Error)
	}
	for _, e := range out.Effects {
		if e.HTTP != nil {
			s.last = e.HTTP.ID
		}
	}
	return out
}

// answer gives the open exchange a JSON result.
func (s *stress) answer(request *msg.Output, result string) *msg.Output {
	s.t.Helper()
	var body []byte
	for _, e := range request.Effects {
		if e.HTTP != nil {
			body = e.HTTP.Body
		}
	}
	_, rest, _ := bytes.Cut(body, []byte(`"id":"`))
	id, _, ok := bytes.Cut(rest, []byte(`"`))
	if !ok {
		s.t.Fatalf("no request with an id: %q", body)
	}
	text := fmt.Sprintf(`{"jsonrpc":"2.0","id":"%s","result":%s}`, id, result)
	return s.step(msg.Input{Head: &msg.Head{ID: s.last, Status: 200, Headers: []msg.Header{{Name: "Content-Type", Value: "application/json"}}}},
		msg.Input{Body: &msg.Body{ID: s.last, Data: []byte(text)}}, msg.Input{End: &msg.End{ID: s.last}})
}

// TestStress is 20,000 steps of requests, answers that are large, deep or late, and timers, on one instance.
func TestStress(t *testing.T) {
	in := begun(t, Compiler)
	s := &stress{t: t, in: in}
	s.step(config(1))
	discover := s.step(msg.Input{Connect: &msg.Connect{ID: 2, Session: 1, Config: 1, Server: "acme"}})
	s.answer(discover, `{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{}}`)
	results := []string{`{}`, `{"x":"` + strings.Repeat("y", 100<<10) + `"}`, strings.Repeat(`{"x":[`, 120) + strings.Repeat(`]}`, 120)}
	steps := 20_000
	if testing.Short() {
		steps = 4_000
		t.Logf("-short: %d steps instead of 20,000", steps)
	}
	var warm uint32
	done := 0
	for i := 0; i < steps; i += 2 {
		id := uint32(10 + i)
		out := s.step(msg.Input{Request: &msg.Request{ID: id, Session: 1, Method: "tools/list", Params: []byte(`{}`), TimeoutMS: uint32(1 + i%3)}})
		if i%6 == 4 {
			s.now += 10e6
			out = s.step()
			s.step(msg.Input{End: &msg.End{ID: s.last, Failure: &msg.Failure{Kind: msg.FailAborted}}})
		} else {
			out = s.answer(out, results[i/2%3])
		}
		done += outcomes(out, id)
		if i == steps/4 {
			warm = in.MemoryBytes()
		}
	}
	if done != steps/2 {
		t.Errorf("%d requests have %d outcomes", steps/2, done)
	}
	if now := in.MemoryBytes(); now > warm+1<<20 {
		t.Errorf("memory grew from %d to %d KiB after warming up", warm>>10, now>>10)
	}
}

func outcomes(out *msg.Output, id uint32) (n int) {
	for _, e := range out.Effects {
		if e.Done != nil && e.Done.ID == id {
			n++
		}
	}
	return n
}

// TestNesting: JSON as deep as it may be is read on both engines; one deeper is an error of the server's.
func TestNesting(t *testing.T) {
	onEngines(t, func(t *testing.T, kind Engine) {
		in := begun(t, kind)
		s := &stress{t: t, in: in}
		s.step(config(1))
		s.answer(s.step(msg.Input{Connect: &msg.Connect{ID: 2, Session: 1, Config: 1, Server: "acme"}}),
			`{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{}}`)
		for depth, want := range map[int]string{100: msg.OutcomeResult, 100_000: msg.OutcomeUnknown} {
			out := s.answer(s.step(msg.Input{Request: &msg.Request{ID: uint32(depth), Session: 1, Method: "tools/list"}}),
				`{"x":`+strings.Repeat("[", depth)+strings.Repeat("]", depth)+`}`)
			for _, e := range out.Effects {
				if e.Done != nil && e.Done.Outcome != want {
					t.Errorf("%d deep: %s, %+v", depth, e.Done.Outcome, e.Done.Error)
				}
			}
			if outcomes(out, uint32(depth)) != 1 {
				t.Errorf("%d deep: %+v", depth, out)
			}
		}
	})
}
