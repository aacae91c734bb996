package host

import (
	"context"
	"encoding/json"
	"errors"
	"os/exec"
	"runtime"
	"strings"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
)

// sampling is a callback that answers after f.
func sampling(f func()) func(context.Context, json.RawMessage) (json.RawMessage, error) {
	return func(context.Context, json.RawMessage) (json.RawMessage, error) {
		f()
		return json.RawMessage(`{"role":"assistant"}`), nil
	}
}

// ask has the server ask for something.
func (f *fakeCore) ask(s *Session, id uint32, method, params string) {
	f.emit(msg.Effect{Ask: &msg.Ask{ID: id, Session: s.id, Server: "acme", Method: method, Params: []byte(params)}})
}

func (f *fakeCore) answers(id uint32) []msg.Input {
	return f.got(func(in *msg.Input) bool { return in.Answer != nil && in.Answer.ID == id })
}

// answered waits for the one Answer.
func (f *fakeCore) answered(t *testing.T, id uint32) *msg.Answer {
	t.Helper()
	eventually(t, "there is an answer", func() bool { return len(f.answers(id)) > 0 })
	all := f.answers(id)
	if len(all) != 1 {
		t.Errorf("%d answers", len(all))
	}
	return all[0].Answer
}

// TestAnswers: what a callback does, and what the server learns of it.
func TestAnswers(t *testing.T) {
	for name, c := range map[string]struct {
		f    func() (json.RawMessage, error)
		want msg.Answer
	}{
		"a result":       {func() (json.RawMessage, error) { return json.RawMessage(" {\"a\":1}\n"), nil }, msg.Answer{Result: []byte(`{"a":1}`)}},
		"an AnswerError": {func() (json.RawMessage, error) { return nil, &AnswerError{-1, "no"} }, msg.Answer{Code: -1, Message: "no"}},
		"an error":       {func() (json.RawMessage, error) { return nil, errors.New("fake-secret-0000") }, msg.Answer{Code: -32603, Message: "Internal error"}},
		"no JSON":        {func() (json.RawMessage, error) { return json.RawMessage("{"), nil }, msg.Answer{Code: -32603, Message: "The answer is no JSON object"}},
		"nothing":        {func() (json.RawMessage, error) { return nil, nil }, msg.Answer{Code: -32603, Message: "The answer is no JSON object"}},
		"an array":       {func() (json.RawMessage, error) { return json.RawMessage("[]"), nil }, msg.Answer{Code: -32603, Message: "The answer is no JSON object"}},
		"too much": {func() (json.RawMessage, error) { return make(json.RawMessage, maxParams+1), nil },
			msg.Answer{Code: -32603, Message: "The answer has more than 32 MiB"}},
		"its goroutine's end": {func() (json.RawMessage, error) { runtime.Goexit(); return nil, nil }, msg.Answer{Code: -32603, Message: "Internal error"}},
	} {
		t.Run(name, func(t *testing.T) {
			core, s := faked(t, Options{}, nil, OnSampling(func(_ context.Context, params json.RawMessage) (json.RawMessage, error) {
				if string(params) != `{"messages":[]}` {
					t.Errorf("the params are %s", params)
				}
				return c.f()
			}))
			core.ask(s, 7, samplingMethod, `{"messages":[]}`)
			got := core.answered(t, 7)
			if got.Code != c.want.Code || got.Message != c.want.Message || string(got.Result) != string(c.want.Result) {
				t.Errorf("the answer is %+v", got)
			}
		})
	}
}

// TestNoCallback: the server asks for what was not declared.
func TestNoCallback(t *testing.T) {
	core, s := faked(t, Options{}, nil)
	core.ask(s, 7, samplingMethod, "{}")
	if got := core.answered(t, 7); got.Code != -32601 {
		t.Errorf("the answer is %+v", got)
	}
}

// TestAskEnds: a callback's context ends when nobody waits for it, and then it has no answer but where the session
// lives on.
func TestAskEnds(t *testing.T) {
	for name, c := range map[string]struct {
		end     func(*testing.T, *fakeCore, *Session)
		answers int
	}{
		"withdrawn":      {func(_ *testing.T, f *fakeCore, _ *Session) { f.emit(msg.Effect{Withdraw: &msg.Withdraw{ID: 7}}) }, 0},
		"session closed": {func(t *testing.T, _ *fakeCore, s *Session) { _ = s.Close(t.Context()) }, 1},
		"client closed": {func(t *testing.T, f *fakeCore, _ *Session) {
			if err := f.client.Close(t.Context()); err != nil {
				t.Error(err)
			}
		}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			begun, ended := make(chan struct{}), make(chan struct{})
			core, s := faked(t, Options{}, nil, OnElicitation(func(ctx context.Context, e Elicitation) (ElicitationAnswer, error) {
				close(begun)
				<-ctx.Done()
				close(ended)
				return e.Decline(), ctx.Err()
			}))
			core.ask(s, 7, elicitationMethod, `{"message":"?"}`)
			within(t, "the question", begun)
			c.end(t, core, s)
			within(t, "the end of the context", ended)
			noCallbacks := func() bool { core.client.mu.Lock(); defer core.client.mu.Unlock(); return len(core.client.asks) == 0 }
			eventually(t, "the callback is over", noCallbacks)
			_, _ = core.client.Load("after", nil) // whatever was pushed before it has been stepped then
			if n := len(core.answers(7)); n > c.answers {
				t.Errorf("%d answers", n)
			}
		})
	}
}

// TestQuestionsSideBySide: one question does not wait for another.
func TestQuestionsSideBySide(t *testing.T) {
	second := make(chan struct{})
	core, s := faked(t, Options{}, nil, OnElicitation(func(_ context.Context, e Elicitation) (ElicitationAnswer, error) {
		if e.Message == "first" {
			<-second
		} else {
			close(second)
		}
		return e.Accept(nil), nil
	}))
	core.ask(s, 1, elicitationMethod, `{"message":"first"}`)
	core.ask(s, 2, elicitationMethod, `{"message":"second"}`)
	for id := range uint32(2) {
		if got := core.answered(t, id+1); string(got.Result) != `{"action":"accept","content":{}}` {
			t.Errorf("the answer is %+v", got)
		}
	}
}

// TestHangingCallback: Close does not wait for a callback without end, and says so.
func TestHangingCallback(t *testing.T) {
	begun, release := make(chan struct{}), make(chan struct{})
	core, s := faked(t, Options{}, nil, OnSampling(sampling(func() { close(begun); <-release })))
	core.ask(s, 1, samplingMethod, "{}")
	within(t, "the question", begun)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := core.client.Close(ctx); err == nil || !strings.Contains(err.Error(), "1 callbacks have not ended") {
		t.Errorf("Close: %v", err)
	}
	close(release)
	noneLeft(t)
}

// TestPanicIsLoud: a defect in a callback ends the program, with its stack.
func TestPanicIsLoud(t *testing.T) {
	cmd := exec.Command(executablePath)
	cmd.Env = append(cmd.Environ(), behaviour+"=panic")
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "panic: on purpose") || !strings.Contains(string(out), "panicInCallback") {
		t.Errorf("%v: %s", err, out)
	}
}
