package machine

import (
	"strconv"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
)

// TestManyEffects: what one step says beyond what an answer holds is said in the next ones, in order, which are asked
// for at once; and a batch that is malformed loses nothing of it.
func TestManyEffects(t *testing.T) {
	p := newPlayer(t)
	const many = 70000
	inputs := make([]msg.Input, 0, mostInputs)
	next := uint32(1)
	asked := uint32(0)
	answer := func(out *msg.Output) {
		for _, e := range out.Effects {
			if e.Done == nil || e.Done.ID != next {
				t.Fatalf("effect %d is %+v", next, e)
			}
			next++
		}
	}
	for asked < many {
		inputs = inputs[:0]
		for range mostInputs {
			asked++
			inputs = append(inputs, msg.Input{Notify: &msg.Notify{ID: asked, Session: 77, Method: strconv.Itoa(int(asked))}})
		}
		answer(p.raw(inputs...))
	}
	var broken msg.Output
	if _, err := broken.UnmarshalMsg(p.m.Step([]byte{0xc1}, nil)); err != nil || broken.Error == nil || len(broken.Effects) > 0 {
		t.Fatalf("a malformed batch: %v, %d effects", err, len(broken.Effects))
	}
	for p.deadline != 0 {
		if p.deadline > p.now {
			t.Fatalf("the rest is wanted at %d, and it is %d", p.deadline, p.now)
		}
		answer(p.raw())
	}
	if next != asked+1 {
		t.Errorf("%d of %d effects came", next-1, asked)
	}
}

// mostInputs is how many inputs one batch of this test has: more than effects fit into its answer.
const mostInputs = 35000

// raw steps without the player's books.
func (p *player) raw(inputs ...msg.Input) *msg.Output {
	p.now += 1e6
	batch, err := (&msg.Batch{Now: p.now, Inputs: inputs}).MarshalMsg(nil)
	if err != nil {
		p.t.Fatal(err)
	}
	out := new(msg.Output)
	if _, err := out.UnmarshalMsg(p.m.Step(batch, nil)); err != nil || out.Error != nil {
		p.t.Fatal(err, out.Error)
	}
	if len(out.Effects) > mostEffects {
		p.t.Fatalf("%d effects in one answer", len(out.Effects))
	}
	p.deadline = out.Deadline
	return out
}
