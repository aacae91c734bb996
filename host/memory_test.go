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

// noise is a JSON string of n bytes, which repeat after a prime number of them only: what lands a page or a
// buffer too far is seen.
func noise(n int) string {
	b := make([]byte, 99_991)
	random := rand.New(rand.NewPCG(uint64(n), 0))
	for i := range b {
		b[i] = 'a' + byte(random.Uint32()>>16)%26
	}
	return `"` + strings.Repeat(string(b), n/len(b)+1)[:n-2] + `"`
}

// TestPayloads: what goes in comes out byte by byte, though memory grows in alloc and in step.
func TestPayloads(t *testing.T) {
	s := connected(t, Compiler)
	var last []byte // of the round before, which must not change any more
	var want string
	for i, n := range []int{2, 64 << 10, 20 << 20, 60 << 20, 2, 20 << 20} {
		payload, before := `{"x":`+noise(n)+`}`, s.in.MemoryBytes()
		got := s.call(uint32(100+i), payload)
		if string(got) != payload || string(last) != want {
			t.Errorf("%d bytes came back changed, or changed those before", n)
		}
		last, want = got, payload
		t.Logf("%d bytes: memory %d to %d MiB", n, before>>20, s.in.MemoryBytes()>>20)
	}
}

// TestMemoryIsBounded: what is over is given back, so the same again needs no more.
func TestMemoryIsBounded(t *testing.T) {
	s := connected(t, Compiler)
	payload := `{"x":` + noise(4<<20) + `}`
	warm, rounds := 20, 200
	if testing.Short() {
		rounds = 60
		t.Logf("-short: %d rounds instead of 200", rounds)
	}
	var after uint32
	for i := range rounds {
		if got := s.call(uint32(100+i), payload); len(got) != len(payload) {
			t.Fatalf("round %d: %d bytes", i, len(got))
		}
		if i == warm {
			after = s.in.MemoryBytes()
		}
	}
	if now := s.in.MemoryBytes(); now > after+16<<20 {
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

// connected has a session, number 1, with a modern server.
func connected(t *testing.T, kind Engine) *stress {
	t.Helper()
	s := &stress{t: t, in: begun(t, kind)}
	s.step(config(1))
	s.answer(s.step(msg.Input{Connect: &msg.Connect{ID: 2, Session: 1, Config: 1, Server: "acme"}}),
		`{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{}}`)
	return s
}

// call makes one request, answers it, and gives the result that came back.
func (s *stress) call(id uint32, result string) []byte {
	s.t.Helper()
	out := s.answer(s.step(msg.Input{Request: &msg.Request{ID: id, Session: 1, Method: "tools/list"}}), result)
	for _, e := range out.Effects {
		if e.Done != nil && e.Done.ID == id {
			return e.Done.Result
		}
	}
	s.t.Fatalf("no answer to %d", id)
	return nil
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
	s := connected(t, Compiler)
	in := s.in
	results := []string{`{}`, `{"x":"` + strings.Repeat("y", 100<<10) + `"}`, strings.Repeat(`{"x":[`, 255) + strings.Repeat(`]}`, 255)}
	steps := 20_000
	if testing.Short() {
		steps = 6_000
		t.Logf("-short: %d steps instead of 20,000", steps)
	}
	var warm uint32
	done := 0
	for i := 0; i < steps; i += 2 {
		id := uint32(10 + i)
		late := i%6 == 4
		r := &msg.Request{ID: id, Session: 1, Method: "tools/list", Params: []byte(`{"p":"` + strings.Repeat("x", i%1000) + `"}`)}
		if late {
			r.TimeoutMS = 2
		}
		out := s.step(msg.Input{Request: r})
		if late {
			s.now += 10e6
			out = s.step()
			s.step(msg.Input{End: &msg.End{ID: s.last, Failure: &msg.Failure{Kind: msg.FailAborted}}})
		} else {
			out = s.answer(out, results[i/2%3])
		}
		done += outcomes(out, id)
		if i == 4_000 {
			warm = in.MemoryBytes()
		}
	}
	if done != steps/2 {
		t.Errorf("%d requests have %d outcomes", steps/2, done)
	}
	if at := s.step().Deadline; at != 0 {
		t.Errorf("nothing is under way, and a timer is left for %d", at)
	}
	if now := in.MemoryBytes(); now > warm+512<<10 {
		t.Errorf("memory grew from %d to %d KiB after warming up", warm>>10, now>>10)
	}
	t.Logf("memory: %d KiB after warming up, %d KiB at the end", warm>>10, in.MemoryBytes()>>10)
}

func outcomes(out *msg.Output, id uint32) (n int) {
	for _, e := range out.Effects {
		if e.Done != nil && e.Done.ID == id {
			n++
		}
	}
	return n
}

// TestIntakeIsFree: the core keeps nothing of a step's input where it lies, for the next one overwrites it.
func TestIntakeIsFree(t *testing.T) {
	s := connected(t, Compiler)
	first := s.step(msg.Input{Request: &msg.Request{ID: 5, Session: 1, Method: "tools/list", All: true, Params: []byte(`{"mine":"unchanged"}`)}})
	_, _ = s.in.Step(bytes.Repeat([]byte("?"), len(s.path)), nil)
	next := s.answer(first, `{"tools":[],"nextCursor":"2"}`)
	for _, e := range next.Effects {
		if e.HTTP != nil && !bytes.Contains(e.HTTP.Body, []byte(`"mine":"unchanged"`)) {
			t.Errorf("the next page is asked for by %s", e.HTTP.Body)
		}
	}
	if outcomes(next, 5) != 0 {
		t.Error("the second page is not asked for")
	}
}

// TestNesting: JSON of 512 levels, the answer's own two among them, is read on both engines; one level more is
// an error of the server's.
func TestNesting(t *testing.T) {
	onEngines(t, func(t *testing.T, kind Engine) {
		s := connected(t, kind)
		for depth, want := range map[int]string{510: msg.OutcomeResult, 511: msg.OutcomeUnknown, 100_000: msg.OutcomeUnknown} {
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
