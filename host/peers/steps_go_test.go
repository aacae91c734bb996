package peers

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/headfast/headfast/host"
)

// goAPI takes steps with package host, as npm/steps.mjs does with the npm package.
type goAPI struct {
	client  *host.Client
	session *host.Session

	mu     sync.Mutex
	answer *answer
	came   came
	log    []string
}

func openGo(t *testing.T) api {
	c, _ := client(t, host.Options{})
	return &goAPI{client: c}
}

func (a *goAPI) pid() int { return os.Getpid() }

func (a *goAPI) do(t *testing.T, s step) came {
	t.Helper()
	a.mu.Lock()
	a.came, a.answer = came{}, s.Answer
	a.mu.Unlock()
	begin := time.Now()
	err := a.take(t, s)
	a.tell(func(c *came) { c.MS = int(time.Since(begin).Milliseconds()) })
	var reason *host.Error
	switch {
	case errors.As(err, &reason):
		a.tell(func(c *came) {
			c.Error = &struct {
				Code, Outcome, RPCData, Message string
				RPCCode                         int
			}{reason.Code, reason.Outcome, string(reason.RPCData), err.Error(), int(reason.RPCCode)}
		})
	case err != nil:
		t.Fatalf("%s %s: %v", s.Do, s.Name, err)
	}
	if s.Await != "" && s.Do == "call" {
		a.until(func() bool { return has(a.came.Messages, s.Await) })
	}
	if s.AwaitLog != "" {
		a.until(func() bool { return strings.Contains(strings.Join(a.log, "\n"), s.AwaitLog) })
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.came.Log = a.log
	return a.came
}

func (a *goAPI) take(t *testing.T, s step) (err error) {
	ctx := t.Context()
	switch s.Do {
	case "connect":
		return a.connect(t, s)
	case "list":
		return a.list(ctx, s.Name)
	case "call":
		return a.call(ctx, s)
	case "read":
		var r *host.ReadResult
		if r, err = a.session.ReadResource(ctx, s.Name); err == nil {
			a.tell(func(c *came) { c.Result = r.Raw })
		}
	case "prompt":
		var r *host.PromptResult
		if r, err = a.session.Prompt(ctx, s.Name, texts(t, s.Args)); err == nil {
			a.tell(func(c *came) { c.Result = r.Raw })
		}
	case "complete":
		return a.complete(t, s)
	case "listen":
		return a.listen(ctx, s)
	case "rootsChanged":
		return a.session.RootsChanged(ctx)
	case "close":
		return a.session.Close(ctx)
	}
	return err
}

func (a *goAPI) connect(t *testing.T, s step) error {
	config, err := a.client.Load(".mcp.json", []byte(s.Config))
	if err != nil {
		return err
	}
	options := []host.ConnectOption{
		host.OnMessage(func(method string, params []byte) {
			a.tell(func(c *came) { c.Messages = append(c.Messages, notification{method, params}) })
		}),
		host.OnGap(func(why string) { a.tell(func(c *came) { c.Gaps = append(c.Gaps, why) }) }),
		host.OnLog(func(line string) { a.tell(func(*came) { a.log = append(a.log, line) }) }),
	}
	if s.How.Revision != "" {
		options = append(options, host.WithRevision(s.How.Revision))
	}
	if s.How.Elicitation {
		options = append(options, host.OnElicitation(a.elicited))
	}
	if s.How.Sampling {
		options = append(options, host.OnSampling(a.sampled))
	}
	if s.How.Roots != nil {
		options = append(options, host.WithRoots(func(context.Context) ([]host.Root, error) { return s.How.Roots, nil }))
	}
	if a.session, err = config.Connect(t.Context(), config.Servers()[0].Name, options...); err != nil {
		return err
	}
	state := a.session.State()
	a.tell(func(c *came) {
		c.Revision, c.Transport, c.Greeting = state.Revision, state.Transport, a.session.Greeting()
	})
	return nil
}

func (a *goAPI) elicited(_ context.Context, e host.Elicitation) (host.ElicitationAnswer, error) {
	a.tell(func(c *came) { c.Asked = append(c.Asked, e.Raw) })
	a.mu.Lock()
	defer a.mu.Unlock()
	switch a.answer.Action {
	case "accept":
		return e.Accept(given(a.answer.Content)), nil
	case "decline":
		return e.Decline(), nil
	}
	return e.Cancel(), nil
}

func (a *goAPI) sampled(_ context.Context, params json.RawMessage) (json.RawMessage, error) {
	a.tell(func(c *came) { c.Asked = append(c.Asked, params) })
	return json.RawMessage(`{"role":"assistant","content":{"type":"text","text":"a model's words"},"model":"a-model","stopReason":"endTurn"}`), nil
}

func (a *goAPI) list(ctx context.Context, what string) error {
	var names []string
	var err error
	switch what {
	case "tools":
		names, err = named(func(t host.Tool) string { return t.Name })(a.session.Tools(ctx))
	case "resources":
		names, err = named(func(r host.Resource) string { return r.URI })(a.session.Resources(ctx))
	case "templates":
		names, err = named(func(r host.ResourceTemplate) string { return r.URITemplate })(a.session.ResourceTemplates(ctx))
	case "prompts":
		names, err = named(func(p host.Prompt) string { return p.Name })(a.session.Prompts(ctx))
	}
	a.tell(func(c *came) { c.Names = names })
	return err
}

func named[T any](name func(T) string) func([]T, error) ([]string, error) {
	return func(all []T, err error) ([]string, error) {
		var names []string
		for _, one := range all {
			names = append(names, name(one))
		}
		return names, err
	}
}

func (a *goAPI) call(ctx context.Context, s step) error {
	options := []host.CallOption{host.WithTimeout(15 * time.Second)}
	if s.Progress {
		options = append(options, host.OnProgress(a.progress))
	}
	if s.LogLevel != "" {
		options = append(options, host.WithLogLevel(s.LogLevel))
	}
	if s.CancelMS > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Duration(s.CancelMS)*time.Millisecond)
		defer cancel()
	}
	r, err := a.session.Call(ctx, s.Name, given(s.Args), options...)
	if err == nil {
		a.tell(func(c *came) { c.Result = r.Raw })
	}
	return err
}

func (a *goAPI) progress(method string, params []byte) {
	var at struct{ Progress float64 }
	_ = json.Unmarshal(params, &at)
	a.tell(func(c *came) {
		if method == "notifications/progress" {
			c.Progress = append(c.Progress, at.Progress)
		} else {
			c.Messages = append(c.Messages, notification{method, params})
		}
	})
}

func (a *goAPI) complete(t *testing.T, s step) error {
	of := host.PromptRef(s.Name)
	if strings.Contains(s.Name, ":") {
		of = host.ResourceRef(s.Name)
	}
	c, err := a.session.Complete(t.Context(), of, s.Argument, s.Value, texts(t, s.Args))
	if err == nil {
		a.tell(func(to *came) { to.Names = c.Values })
	}
	return err
}

// listen calls a tool when the subscription is acknowledged, and ends it when what is awaited has come.
func (a *goAPI) listen(ctx context.Context, s step) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	over := make(chan error, 1)
	want := host.Filter{Tools: s.Filter.Tools, Prompts: s.Filter.Prompts, Resources: s.Filter.Resources, URIs: s.Filter.URIs}
	go func() {
		over <- a.session.Listen(ctx, want, func(method string, params []byte) {
			a.tell(func(c *came) { c.Heard = append(c.Heard, notification{method, params}) })
		})
	}()
	a.until(func() bool { return len(a.came.Heard) > 0 || len(over) > 0 })
	if _, err := a.session.Call(ctx, s.Name, given(s.Args)); err != nil {
		return err
	}
	a.until(func() bool { return has(a.came.Heard, s.Await) })
	cancel()
	return <-over
}

func (a *goAPI) tell(f func(*came)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	f(&a.came)
}

func (a *goAPI) until(done func() bool) {
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		a.mu.Lock()
		is := done()
		a.mu.Unlock()
		if is {
			return
		}
	}
}

func has(all []notification, method string) bool {
	for _, n := range all {
		if n.Method == method {
			return true
		}
	}
	return false
}

// given is nil where there is nothing.
func given(args json.RawMessage) any {
	if len(args) == 0 {
		return nil
	}
	return args
}

func texts(t *testing.T, args json.RawMessage) map[string]string {
	var all map[string]string
	if len(args) > 0 {
		if err := json.Unmarshal(args, &all); err != nil {
			t.Fatal(err)
		}
	}
	return all
}
