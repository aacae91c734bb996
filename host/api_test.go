package host

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
)

// answering answers each Request with the result of its method, and each Notify.
func answering(results map[string]string) func(*msg.Input) []msg.Effect {
	return func(in *msg.Input) []msg.Effect {
		switch {
		case in.Request != nil:
			return []msg.Effect{done(in.Request.ID, results[in.Request.Method])}
		case in.Notify != nil:
			return []msg.Effect{done(in.Notify.ID, "{}")}
		}
		return nil
	}
}

// asked is the one Request that was made.
func (f *fakeCore) request(t *testing.T) *msg.Request {
	t.Helper()
	all := f.got(func(in *msg.Input) bool { return in.Request != nil })
	if len(all) != 1 {
		t.Fatalf("%d requests", len(all))
	}
	return all[0].Request
}

func number(n int64) *int64 { return &n }

// TestVerbs: each method's request, and what is made of its result, which stays as it was sent.
func TestVerbs(t *testing.T) {
	raw := func(s string) json.RawMessage { return json.RawMessage(s) }
	for method, c := range map[string]struct {
		result, params string
		call           func(context.Context, *Session) (any, error)
		want           any
	}{
		"tools/list": {`{"Tools":0,"tools":[ {"name":"a","Name":"b","title":null,"inputSchema":{ }, "outputSchema":{},"x":1e2} ]}`, "",
			func(ctx context.Context, s *Session) (any, error) { return s.Tools(ctx) },
			[]Tool{{Name: "a", InputSchema: raw("{ }"), OutputSchema: raw("{}"), Raw: raw(`{"name":"a","Name":"b","title":null,"inputSchema":{ }, "outputSchema":{},"x":1e2}`)}}},
		"resources/list": {`{"resources":[{"uri":"file:///a","name":"a","size":12,"mimeType":"text/plain","annotations":{"priority":1}}]}`, "",
			func(ctx context.Context, s *Session) (any, error) { return s.Resources(ctx) },
			[]Resource{{URI: "file:///a", Name: "a", Size: number(12), MIMEType: "text/plain", Annotations: raw(`{"priority":1}`),
				Raw: raw(`{"uri":"file:///a","name":"a","size":12,"mimeType":"text/plain","annotations":{"priority":1}}`)}}},
		"resources/templates/list": {`{"resourceTemplates":[{"uriTemplate":"file:///{p}","name":"t"}]}`, "",
			func(ctx context.Context, s *Session) (any, error) { return s.ResourceTemplates(ctx) },
			[]ResourceTemplate{{URITemplate: "file:///{p}", Name: "t", Raw: raw(`{"uriTemplate":"file:///{p}","name":"t"}`)}}},
		"resources/read": {`{"contents":[{"uri":"u","text":"é"},{"uri":"v","mimeType":"image/png","blob":"AAE="}]}`, `{"uri":"u"}`,
			func(ctx context.Context, s *Session) (any, error) {
				r, err := s.ReadResource(ctx, "u")
				if err != nil {
					return nil, err
				}
				a, errA := r.Contents[0].Bytes()
				b, errB := r.Contents[1].Bytes()
				return []any{string(a), r.Contents[0].IsText(), b, r.Contents[1].IsText(), r.Contents[1].MIMEType}, errors.Join(errA, errB)
			},
			[]any{"é", true, []byte{0, 1}, false, "image/png"}},
		"prompts/list": {`{"prompts":[{"name":"p","arguments":[{"name":"x","required":true,"description":"d"}]}]}`, "",
			func(ctx context.Context, s *Session) (any, error) { return s.Prompts(ctx) },
			[]Prompt{{Name: "p", Arguments: []PromptArgument{{Name: "x", Required: true, Description: "d"}},
				Raw: raw(`{"name":"p","arguments":[{"name":"x","required":true,"description":"d"}]}`)}}},
		"prompts/get": {`{"description":"d","messages":[{"role":"user","content":{"type":"text","text":"\u0041"}}]}`, `{"name":"p","arguments":{"x":"1"}}`,
			func(ctx context.Context, s *Session) (any, error) {
				return s.Prompt(ctx, "p", map[string]string{"x": "1"})
			},
			&PromptResult{Description: "d", Messages: []PromptMessage{{"user", raw(`{"type":"text","text":"\u0041"}`)}},
				Raw: raw(`{"description":"d","messages":[{"role":"user","content":{"type":"text","text":"\u0041"}}]}`)}},
		"completion/complete": {`{"completion":{"values":["python"],"total":10,"hasMore":true}}`,
			`{"ref":{"type":"ref/prompt","name":"p"},"argument":{"name":"x","value":"py"},"context":{"arguments":{"y":"2"}}}`,
			func(ctx context.Context, s *Session) (any, error) {
				return s.Complete(ctx, PromptRef("p"), "x", "py", map[string]string{"y": "2"})
			},
			&Completion{Values: []string{"python"}, Total: number(10), HasMore: true, Raw: raw(`{"completion":{"values":["python"],"total":10,"hasMore":true}}`)}},
	} {
		t.Run(method, func(t *testing.T) {
			core, s := faked(t, Options{}, answering(map[string]string{method: c.result}))
			got, err := c.call(t.Context(), s)
			if err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, %v", got, err)
			}
			if r := core.request(t); r.Method != method || string(r.Params) != c.params || r.All != (c.params == "") {
				t.Errorf("asked %s %s, all %v", r.Method, r.Params, r.All)
			}
		})
	}
}

func TestResourceRef(t *testing.T) {
	core, s := faked(t, Options{}, answering(map[string]string{"completion/complete": `{"completion":{"values":[]}}`}))
	c, err := s.Complete(t.Context(), ResourceRef("file:///{p}"), "p", "", nil)
	if err != nil || c.Total != nil {
		t.Errorf("%+v, %v", c, err)
	}
	if got := string(core.request(t).Params); got != `{"ref":{"type":"ref/resource","uri":"file:///{p}"},"argument":{"name":"p","value":""}}` {
		t.Errorf("asked %s", got)
	}
}

// TestUnreadable: a result of another shape is the server's fault, and the error says where.
func TestUnreadable(t *testing.T) {
	for result, want := range map[string]string{
		`[]`: "it is not an object", `{"resources":{}}`: "resources is not an array", `{"resources":[1]}`: "resource 1: it is not an object",
		`{"resources":[{},{"uri":1}]}`: "resource 2: uri is not a string", `{"resources":[{"size":"1"}]}`: "resource 1: size is not a number",
	} {
		_, s := faked(t, Options{}, answering(map[string]string{"resources/list": result}))
		_, err := s.Resources(t.Context())
		if !errors.Is(err, ProtocolBroken) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", result, err)
		}
	}
}

func TestCallOptions(t *testing.T) {
	core, s := faked(t, Options{}, func(in *msg.Input) []msg.Effect {
		if in.Request == nil {
			return nil
		}
		d := done(in.Request.ID, `{"tools":[]}`)
		d.Done.Problems = []msg.Error{{Code: string(ProtocolBroken), Severity: "warning", Title: "left out"}}
		return []msg.Effect{d}
	})
	var warnings []*Error
	_, err := s.Tools(t.Context(), Fresh(), WithLogLevel("info"), WithTimeout(time.Second), OnWarning(func(e *Error) { warnings = append(warnings, e) }))
	if err != nil || len(warnings) != 1 || !errors.Is(warnings[0], ProtocolBroken) || warnings[0].Title != "left out" {
		t.Errorf("%v, %v", warnings, err)
	}
	if r := core.request(t); !r.Fresh || r.LogLevel != "info" || r.TimeoutMS != 1000 || r.Progress {
		t.Errorf("asked %+v", r)
	}
}

// TestCapabilities: what is declared is what there are callbacks for.
func TestCapabilities(t *testing.T) {
	form := OnElicitation(func(_ context.Context, e Elicitation) (ElicitationAnswer, error) { return e.Decline(), nil })
	roots := WithRoots(func(context.Context) ([]Root, error) { return nil, nil })
	const tasks = `"io.modelcontextprotocol/tasks":{}`
	for want, options := range map[string][]ConnectOption{
		`{"extensions":{` + tasks + `}}`:                                            nil,
		`{"elicitation":{"form":{},"url":{}},"extensions":{` + tasks + `}}`:         {form},
		`{"sampling":{},"extensions":{` + tasks + `}}`:                              {OnSampling(sampling(func() {}))},
		`{"roots":{"listChanged":true},"extensions":{` + tasks + `}}`:               {roots},
		`{"extensions":{"com.acme/x":{"a": 1},` + tasks + `}}`:                      {WithExtension("com.acme/x", json.RawMessage(`{"a": 1}`))},
		`{"extensions":{"com.acme/\"":{},"io.modelcontextprotocol/tasks":{"b":2}}}`: {WithExtension(`com.acme/"`, nil), WithExtension(tasksExtension, json.RawMessage(`{"b":2}`))},
	} {
		core, _ := faked(t, Options{}, nil, append(options, WithRevision("2025-11-25"))...)
		got := core.got(func(in *msg.Input) bool { return in.Connect != nil })[0].Connect
		if string(got.Capabilities) != want || !json.Valid(got.Capabilities) || got.Revision != "2025-11-25" {
			t.Errorf("declared %s", got.Capabilities)
		}
	}
	core, _ := faked(t, Options{}, nil)
	config, _ := core.client.Load("f", nil)
	for _, bad := range []string{"[]", "{", `{"a":"` + strings.Repeat("x", maxCapabilities) + `"}`} {
		if _, err := config.Connect(t.Context(), "acme", WithExtension("com.acme/x", json.RawMessage(bad))); !errors.Is(err, Usage) {
			t.Errorf("%.20s: %v", bad, err)
		}
	}
}

func TestRoots(t *testing.T) {
	roots := []Root{{URI: "file:///a", Name: "a"}, {URI: "file:///b"}}
	core, s := faked(t, Options{}, answering(nil), WithRoots(func(context.Context) ([]Root, error) { return roots, nil }))
	core.ask(s, 1, rootsMethod, "")
	if got := core.answered(t, 1); string(got.Result) != `{"roots":[{"uri":"file:///a","name":"a"},{"uri":"file:///b"}]}` {
		t.Errorf("answered %+v", got)
	}
	roots = nil
	core.ask(s, 2, rootsMethod, "{}")
	if got := core.answered(t, 2); string(got.Result) != `{"roots":[]}` {
		t.Errorf("answered %+v", got)
	}
	roots = []Root{{URI: "/a"}}
	core.ask(s, 3, rootsMethod, "{}")
	if got := core.answered(t, 3); got.Code != internalError || got.Message != "A root is no file:// URL" {
		t.Errorf("answered %+v", got)
	}
	if err := s.RootsChanged(t.Context()); err != nil {
		t.Error(err)
	}
	told := core.got(func(in *msg.Input) bool { return in.Notify != nil })
	if len(told) != 1 || told[0].Notify.Method != "notifications/roots/list_changed" {
		t.Errorf("told %+v", told)
	}
	_, without := faked(t, Options{}, answering(nil))
	if err := without.RootsChanged(t.Context()); !errors.Is(err, Usage) {
		t.Errorf("without roots: %v", err)
	}
}

// TestListen: notifications in order, a gap among them, and the three ways to end.
func TestListen(t *testing.T) {
	var events []string // without a lock: all is before Listen returns
	listens := make(chan uint32, 1)
	core, s := faked(t, Options{}, func(in *msg.Input) []msg.Effect {
		switch {
		case in.Listen != nil:
			listens <- in.Listen.ID
		case in.Cancel != nil:
			return []msg.Effect{{Done: &msg.Done{ID: in.Cancel.ID, Outcome: msg.OutcomeCancelled, Error: &msg.Error{Code: string(Cancelled)}}}}
		}
		return nil
	}, OnGap(func(why string) { events = append(events, "gap: "+why) }))
	hear := func(method string, params []byte) { events = append(events, method+string(params)) }
	want := Filter{Tools: true, Resources: true, URIs: []string{"u"}, Tasks: []string{"t"}}
	run := func(ctx context.Context, end func(id uint32)) error {
		got := make(chan error, 1)
		go func() { got <- s.Listen(ctx, want, hear) }()
		end(<-listens)
		return within(t, "Listen", got)
	}

	ctx, cancel := context.WithCancel(t.Context())
	err := run(ctx, func(id uint32) {
		for _, n := range []string{"1", "2"} {
			core.emit(msg.Effect{Message: &msg.Message{Session: s.id, Request: id, Method: "m", Params: []byte(n)}},
				msg.Effect{Gap: &msg.Gap{Session: s.id, Request: id, Why: n}})
		}
		cancel()
	})
	if err != nil || !slices.Equal(events, []string{"m1", "gap: 1", "m2", "gap: 2"}) {
		t.Errorf("cancelled: %v, %q", err, events)
	}
	if l := core.got(func(in *msg.Input) bool { return in.Listen != nil })[0].Listen; !l.Tools || l.Prompts || !l.Resources || len(l.URIs)+len(l.Tasks) != 2 {
		t.Errorf("asked %+v", l)
	}
	if err := run(t.Context(), func(id uint32) { core.emit(done(id, "{}")) }); err != ErrListenEnded {
		t.Errorf("ended by the server: %v", err)
	}
	err = run(t.Context(), func(id uint32) {
		core.emit(msg.Effect{Done: &msg.Done{ID: id, Outcome: msg.OutcomeServerError, Error: &msg.Error{Code: string(ServerError)}}})
	})
	if !errors.Is(err, ServerError) {
		t.Errorf("refused: %v", err)
	}
	if err := s.Listen(t.Context(), Filter{URIs: make([]string, maxNames+1)}, hear); !errors.Is(err, Usage) {
		t.Errorf("too many: %v", err)
	}
}

// TestSessionCallbacks: gaps, log lines, states and messages of the session come in order, one at a time.
func TestSessionCallbacks(t *testing.T) {
	var events []string
	all := make(chan struct{})
	hear := func(what string) {
		if events = append(events, what); len(events) == 8 {
			close(all)
		}
	}
	core, s := faked(t, Options{}, nil, OnGap(func(why string) { hear("gap " + why) }), OnLog(func(line string) { hear("log " + line) }),
		OnState(func(st State) { hear("state " + st.Phase) }), OnMessage(func(method string, _ []byte) { hear("message " + method) }))
	for range 2 {
		core.emit(msg.Effect{Gap: &msg.Gap{Session: s.id, Why: "1"}}, msg.Effect{Log: &msg.Log{Session: s.id, Text: "2"}},
			msg.Effect{State: &msg.State{Session: s.id, Phase: "3"}}, msg.Effect{Message: &msg.Message{Session: s.id, Method: "4"}})
	}
	within(t, "the callbacks", all)
	want := []string{"gap 1", "log 2", "state 3", "message 4"}
	if !slices.Equal(events, append(want, want...)) {
		t.Errorf("got %q", events)
	}
	if s.State().Phase != "3" {
		t.Errorf("the state is %+v", s.State())
	}
}

// TestTooLarge: what one caller hands over cannot end the client of another.
func TestTooLarge(t *testing.T) {
	core, s := faked(t, Options{}, answering(nil))
	large := make(json.RawMessage, maxParams+1)
	if err := s.Notify(t.Context(), "x", large); !errors.Is(err, Usage) {
		t.Errorf("Notify: %v", err)
	}
	if _, err := s.Request(t.Context(), "x", large); !errors.Is(err, Usage) {
		t.Errorf("Request: %v", err)
	}
	if len(core.got(func(in *msg.Input) bool { return in.Notify != nil || in.Request != nil })) > 0 {
		t.Error("it was sent")
	}
}
