package sim

import (
	"strings"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
)

// mutant is a core that is wrong on purpose.
type mutant struct {
	inner core
	// in changes what goes in, out what comes out; either may be nil.
	in  func(*msg.Batch)
	out func(*msg.Output)
}

func (m *mutant) Step(batch, room []byte) []byte {
	if m.in != nil {
		var b msg.Batch
		if _, err := b.UnmarshalMsg(batch); err != nil {
			panic(err)
		}
		m.in(&b)
		batch, _ = b.MarshalMsg(nil)
	}
	answer := m.inner.Step(batch, room)
	if m.out == nil {
		return answer
	}
	var o msg.Output
	if _, err := o.UnmarshalMsg(answer); err != nil {
		panic(err)
	}
	m.out(&o)
	answer, err := o.MarshalMsg(nil)
	if err != nil {
		panic(err)
	}
	return answer
}

// each is an out that looks at every effect, and leaves out those for which f is false.
func each(f func(*msg.Effect) bool) func(*msg.Output) {
	return func(o *msg.Output) {
		kept := []msg.Effect{}
		for i := range o.Effects {
			if f(&o.Effects[i]) {
				kept = append(kept, o.Effects[i])
			}
		}
		o.Effects = kept
	}
}

// again has an effect come twice where f says so; change makes it another.
func again(f func(*msg.Effect) bool, change func(msg.Effect) msg.Effect) func(*msg.Output) {
	return func(o *msg.Output) {
		var all []msg.Effect
		for i := range o.Effects {
			if all = append(all, o.Effects[i]); f(&o.Effects[i]) {
				all = append(all, change(o.Effects[i]))
			}
		}
		o.Effects = all
	}
}

func isCall(e *msg.Effect) bool {
	return e.HTTP != nil && strings.Contains(string(e.HTTP.Body), "tools/call")
}

const (
	aCall = `
> request id=3 session=1 method=tools/call params={"name":"echo"}
> head id=2 status=200 header="content-type: application/json"
> body id=2 data={"jsonrpc":"2.0","id":"0000000000000000-2","result":{}}
> end id=2
`
	aLostCall = `
> request id=3 session=1 method=tools/call params={"name":"echo"}
> end id=2 failure.kind=reset failure.sent
`
	aBrokenEar = `
> body id=4 data="data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}}\n\n"
> end id=4
> at 3s
> head id=5 status=200 header="content-type: text/event-stream"
> body id=5 data="data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}}\n\n"
`
	aQuestion = `
> body id=4 data="data: {\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"elicitation/create\",\"params\":{\"message\":\"m\"}}\n\n"
`
)

// mutants are the faults that the checker must find, and the clean runs in which they are hidden.
func mutants() []struct {
	name, preamble, script, code string
	make                         func(core) core
} {
	out := func(f func(*msg.Output)) func(core) core {
		return func(c core) core { return &mutant{inner: c, out: f} }
	}
	in := func(f func(*msg.Batch)) func(core) core {
		return func(c core) core { return &mutant{inner: c, in: f} }
	}
	done := func(e *msg.Effect) bool { return e.Done != nil && e.Done.ID == 3 }
	same := func(e msg.Effect) msg.Effect { return e }
	return []struct {
		name, preamble, script, code string
		make                         func(core) core
	}{
		{"drops a Done", modern, aCall, "I1.lost.request", out(each(func(e *msg.Effect) bool { return !done(e) }))},
		{"duplicates a Done", modern, aCall, "I1.twice", out(again(done, same))},
		{"says not sent", modern, aLostCall, "I1.notsent", out(each(func(e *msg.Effect) bool {
			if done(e) {
				e.Done.Outcome = msg.OutcomeNotSent
			}
			return true
		}))},
		{"makes up a result", modern, aLostCall, "I1.result", out(each(func(e *msg.Effect) bool {
			if done(e) {
				e.Done = &msg.Done{ID: 3, Outcome: msg.OutcomeResult, Result: []byte("{}")}
			}
			return true
		}))},
		{"says nothing of why", modern, aLostCall, "I1.why", out(each(func(e *msg.Effect) bool {
			if done(e) {
				e.Done.Error = nil
			}
			return true
		}))},
		{"repeats a call", modern, aLostCall, "I2.repeat", out(again(isCall, func(e msg.Effect) msg.Effect {
			h := *e.HTTP
			h.ID, h.Body = h.ID+1000, []byte(strings.Replace(string(h.Body), "0000-2", "0000-999", 1))
			return msg.Effect{HTTP: &h}
		}))},
		{"repeats a call under its id", modern, aLostCall, "I2.id", out(again(isCall, func(e msg.Effect) msg.Effect {
			h := *e.HTTP
			h.ID += 1000
			return msg.Effect{HTTP: &h}
		}))},
		{"keeps a gap to itself", legacy, aBrokenEar, "I3.broken", out(each(func(e *msg.Effect) bool { return e.Gap == nil }))},
		{"wants to be stepped at once, for ever", modern, aCall, "I5.busy", out(func(o *msg.Output) { o.Deadline = 1 })},
		{"does not abort", legacy, "", "I5.leak", out(each(func(e *msg.Effect) bool { return e.Abort == nil }))},
		{"does not stop its process", pipe, "", "I5.orphan", out(each(func(e *msg.Effect) bool { return e.Stop == nil }))},
		{"loses an End", modern, aLostCall, "I5.left.exchanges", in(func(b *msg.Batch) {
			for i := range b.Inputs {
				if b.Inputs[i].End != nil && b.Inputs[i].End.ID == 2 {
					b.Inputs[i] = msg.Input{Cancel: &msg.Cancel{ID: 1 << 31}}
				}
			}
		})},
		{"loses a Close", modern, aCall, "I1.lost.close", in(func(b *msg.Batch) {
			for i := range b.Inputs {
				if b.Inputs[i].Close != nil {
					b.Inputs[i] = msg.Input{Cancel: &msg.Cancel{ID: 1 << 31}}
				}
			}
		})},
		{"leaves a question", legacy, aQuestion, "ask.left", out(each(func(e *msg.Effect) bool { return e.Withdraw == nil }))},
		{"tells the key in a trace", modern, aCall, "I6.secret", out(each(func(e *msg.Effect) bool {
			if e.Trace != nil {
				e.Trace.Note += " dGVzdC1rZXktMTIzNDU"
			}
			return true
		}))},
		{"takes the key elsewhere", modern, aCall, "I6.origin", out(each(func(e *msg.Effect) bool {
			if isCall(e) {
				e.HTTP.URL = "http://evil.test/mcp"
			}
			return true
		}))},
		{"writes to what is no process", pipe, "", "effect.write.unknown", out(again(func(e *msg.Effect) bool { return e.Write != nil },
			func(msg.Effect) msg.Effect { return msg.Effect{Write: &msg.Write{ID: 77, Data: []byte("{}\n")}} }))},
		{"aborts what is over", modern, aCall, "effect.abort.unknown", out(again(done,
			func(msg.Effect) msg.Effect { return msg.Effect{Abort: &msg.Abort{ID: 1}} }))},
	}
}

// TestMutants is the test of the test: each wrong core is found, by what it does wrong, and the right one is not.
func TestMutants(t *testing.T) {
	for _, m := range mutants() {
		t.Run(strings.ReplaceAll(m.name, " ", "-"), func(t *testing.T) {
			if clean := replay(t, m.preamble, m.script, nil); len(clean.check.found) > 0 {
				t.Fatalf("the run is not clean: %v", clean.check.found)
			}
			r := replay(t, m.preamble, m.script, m.make)
			for _, v := range r.check.found {
				if v.code == m.code {
					return
				}
			}
			t.Errorf("%s is not found, only %v\n%s", m.code, r.check.found, strings.Join(r.log, "\n"))
		})
	}
}
