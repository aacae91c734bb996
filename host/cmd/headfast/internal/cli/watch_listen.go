package cli

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/tidwall/gjson"
)

// A server may end a subscription by itself, to restart for example, so it is asked again. One that ends each at once
// would be asked for ever: after mostEnded in a row, of which none lasted, it is an error.
const (
	mostEnded  = 3
	listenWait = time.Second
	lasted     = 10 * time.Second
)

// keepListening listens until ctx ends, again where the server ends it.
func (t *target) keepListening(ctx context.Context, session *host.Session, want host.Filter, out *events) error {
	for ended := 0; ; ended++ {
		began := time.Now()
		err := t.listen(ctx, session, want, out)
		if !errors.Is(err, host.ErrListenEnded) {
			return err
		}
		if time.Since(began) > lasted {
			ended = 0
		}
		if ended == mostEnded {
			return t.serverFault(t.explain.Server+" ended the subscription", "It did so each time that it was asked again. What changes from now on is not told.")
		}
		out.ended()
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(listenWait):
		}
	}
}

// listen is one subscription. It ends where the server agrees to nothing of it, which no notification would ever tell.
func (t *target) listen(ctx context.Context, session *host.Session, want host.Filter, out *events) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	err := session.Listen(ctx, want, func(method string, params []byte) {
		out.message(method, params)
		agreed := gjson.GetBytes(params, "notifications")
		if method != acknowledged || !agreed.Exists() {
			return
		}
		if left := untold(want, agreed); len(left) > 0 {
			t.say(t.talk.Yellow("!") + " " + t.explain.Server + " will not tell about: " + term.Line(strings.Join(left, ", ")) + "\n")
		}
		if !tellsAny(agreed) {
			stop(t.serverFault(t.explain.Server+" tells nothing of what was asked for", "It acknowledged the subscription without any of it."))
		}
	})
	if f := (*fault)(nil); errors.As(context.Cause(ctx), &f) {
		return f
	}
	return err
}

// acknowledged is the notification that says what the server agreed to tell.
const acknowledged = "notifications/subscriptions/acknowledged"

// untold is what was asked for and is not agreed to, for people.
func untold(want host.Filter, agreed gjson.Result) (left []string) {
	for _, list := range []struct {
		wanted       bool
		member, text string
	}{
		{want.Tools, "toolsListChanged", "the list of tools"},
		{want.Prompts, "promptsListChanged", "the list of prompts"},
		{want.Resources, "resourcesListChanged", "the list of resources"},
	} {
		if list.wanted && !agreed.Get(list.member).Bool() {
			left = append(left, list.text)
		}
	}
	told := map[string]bool{}
	for _, uri := range agreed.Get("resourceSubscriptions").Array() {
		told[uri.Str] = true
	}
	for _, uri := range want.URIs {
		if !told[uri] {
			left = append(left, uri)
		}
	}
	return left
}

// tellsAny says that the server agreed to something, also where it writes a URI in another way than was asked for.
func tellsAny(agreed gjson.Result) (any bool) {
	agreed.ForEach(func(_, value gjson.Result) bool {
		any = any || value.Type == gjson.True || len(value.Array()) > 0 && value.IsArray()
		return true
	})
	return any
}

// serverFault is an error of the server's that is no answer to a request.
func (t *target) serverFault(title, body string) *fault {
	f := newFault(problem.ServerError, title, body, "")
	f.Server = t.explain.Server
	return f
}

// ended tells that the server ended the subscription: until it is asked again, changes are not told.
func (e *events) ended() {
	const why = "the server ended the subscription"
	if e.app.flags.json {
		o := object{[]byte{'{'}}
		o.value("ended", why)
		e.print(string(o.out) + "}\n")
		return
	}
	e.line(e.app.out.Yellow("ended"), why+": listening again in 1 s, some may have been lost")
}
