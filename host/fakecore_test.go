package host

import (
	"bytes"
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
)

// fakeCore is a core that does what a test says: the driver is tested without the real one. It loads anything, opens
// any session, and keeps what the driver hands over.
type fakeCore struct {
	client *Client
	// on answers an input that the fake has no answer to of its own.
	on func(in *msg.Input) []msg.Effect

	mu      sync.Mutex
	pending []msg.Effect
	inputs  []msg.Input
}

func (f *fakeCore) Step(batch, out []byte) ([]byte, error) {
	var b msg.Batch
	if _, err := b.UnmarshalMsg(bytes.Clone(batch)); err != nil {
		return out, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	o := msg.Output{Effects: f.pending}
	f.pending = nil
	for i := range b.Inputs {
		in := &b.Inputs[i]
		if in.Begin != nil {
			o.Hello = &msg.Hello{Version: msg.Version, Schema: msg.SchemaHash, Build: "fake"}
		}
		f.inputs = append(f.inputs, *in)
		o.Effects = append(o.Effects, f.answer(in)...)
	}
	return o.MarshalMsg(out)
}

func (f *fakeCore) answer(in *msg.Input) []msg.Effect {
	switch {
	case in.Load != nil:
		return []msg.Effect{{Loaded: &msg.Loaded{ID: in.Load.ID}}}
	case in.Connect != nil:
		return []msg.Effect{done(in.Connect.ID, "{}")}
	case in.Close != nil:
		return []msg.Effect{done(in.Close.ID, "")}
	case f.on != nil:
		return f.on(in)
	}
	return nil
}

func (f *fakeCore) Close(context.Context) error { return nil }

func done(id uint32, result string) msg.Effect {
	return msg.Effect{Done: &msg.Done{ID: id, Outcome: msg.OutcomeResult, Result: []byte(result)}}
}

// emit has the core say this by itself.
func (f *fakeCore) emit(effects ...msg.Effect) {
	f.mu.Lock()
	f.pending = append(f.pending, effects...)
	f.mu.Unlock()
	f.client.queue.push(nil)
}

// got are the inputs so far that pick chooses.
func (f *fakeCore) got(pick func(*msg.Input) bool) []msg.Input {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(f.inputs), func(in msg.Input) bool { return !pick(&in) })
}

// faked is a client on a fake core, and a session of it.
func faked(t testing.TB, o Options, on func(*msg.Input) []msg.Effect, options ...ConnectOption) (*fakeCore, *Session) {
	t.Helper()
	f := &fakeCore{on: on}
	o.Core = func(context.Context) (Core, error) { return f, nil }
	f.client = client(t, o)
	config, err := f.client.Load("fake", nil)
	if err != nil {
		t.Fatal(err)
	}
	s, err := config.Connect(t.Context(), "acme", options...)
	if err != nil {
		t.Fatal(err)
	}
	return f, s
}
