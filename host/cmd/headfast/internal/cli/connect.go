package cli

import (
	"context"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/warm"
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
)

// target is one server of the configuration, and what would be sent to it.
type target struct {
	*app
	client  *host.Client
	config  *host.Config
	explain *host.Explanation
	// session is the one that was opened; nil before.
	session *host.Session
	began   time.Time
	asker   *asker
}

// How long to wait for a session to be deleted and for exchanges to end.
const (
	closeTime    = 3 * time.Second
	hurriedClose = 700 * time.Millisecond
)

// withConfig opens a core, loads the configuration and hands it to f. At the end the core is closed.
func (a *app) withConfig(ctx context.Context, f func(*host.Client, *host.Config) error) error {
	a.doc = &document{}
	shown, text, err := a.readConfig()
	if err != nil {
		return err
	}
	return a.withClient(ctx, func(client *host.Client) error {
		config, err := client.Load(shown, text, host.InFolder(a.folder), host.InScope(a.scope), host.AsClient(a.dialectOf()))
		if err != nil {
			return err
		}
		for _, w := range config.Warnings() {
			a.warn(&asFault(w).reason)
		}
		return f(client, config)
	})
}

// withClient opens a core and hands it to f. At the end the core is closed.
func (a *app) withClient(ctx context.Context, f func(*host.Client) error) error {
	client, err := host.Open(ctx, a.options())
	if err != nil {
		return a.openFault(err)
	}
	a.opened = true
	defer a.closing(ctx, client)()
	defer a.signing.end()
	return a.export(ctx, client, f(client))
}

// closing is what ends all sessions and processes, in a hurry once the run was interrupted.
func (a *app) closing(ctx context.Context, client *host.Client) func() {
	bound, abandon := context.WithCancel(context.Background())
	kill := func() {
		abandon()
		ended := make(chan struct{})
		go func() { _ = client.Close(bound); close(ended) }()
		select {
		case <-ended:
		case <-time.After(hurriedClose):
		}
	}
	a.abandon.Store(&kill)
	return func() {
		defer abandon()
		defer a.abandon.Store(nil)
		grace := closeTime
		if ctx.Err() != nil {
			grace = hurriedClose
		}
		// At the deadline processes are killed.
		within, cancel := context.WithTimeout(bound, grace)
		defer cancel()
		ended := make(chan struct{})
		go func() { _ = client.Close(within); close(ended) }()
		select {
		case <-ended:
		case <-time.After(grace + hurriedClose):
		}
	}
}

// withTarget is withServer with what would be sent; the server need not be named where there is only one. Where the core
// ran slowly for want of compiled code, a background process compiles for the next run.
func (a *app) withTarget(ctx context.Context, name string, f func(context.Context, *target) error) error {
	began := time.Now()
	if err := a.bindCertificate(ctx, name); err != nil {
		return err
	}
	err := a.withServer(ctx, name, func(client *host.Client, config *host.Config, name string) error {
		explain, err := config.Explain(ctx, name, host.WithProfile(a.flags.profile))
		if err != nil {
			a.doc.Server = name
			return err
		}
		a.doc.Server, a.doc.Auth, a.doc.Helper = explain.Server, viewAuth(explain.Auth), viewHelper(explain.Helper)
		if explain.Transport == stdio {
			a.doc.Command, a.doc.Env = explain.URL, environmentOf(explain)
		} else {
			a.doc.URL = explain.URL
		}
		for i := range explain.Problems {
			if e := &explain.Problems[i]; e.Severity == "warning" && !(a.keepsStore && ofStore(e.Code)) {
				a.warn(e)
			}
		}
		t := &target{app: a, client: client, config: config, explain: explain, began: began}
		ctx, giveUp := context.WithCancel(ctx)
		defer giveUp()
		t.asker = newAsker(t, giveUp)
		a.signing.serve(t)
		err = f(ctx, t)
		t.learn(ctx)
		return t.howToAgree(t.howToSignIn(t.asker.result(err)))
	})
	if a.opened {
		warm.Start(warmCommand)
	}
	return err
}

func noName(config *host.Config) *fault {
	f := usage("Which server?", config.Path()+" has no servers.")
	if names := serverNames(config); len(names) > 0 {
		f.Hint = "Give one of these names: " + problem.Join(names) + "."
	}
	return f
}

func serverNames(config *host.Config) []string {
	var names []string
	for _, s := range config.Servers() {
		names = append(names, s.Name)
	}
	return names
}

// stdio is the transport of a server that is a process.
const stdio = "stdio"

// connect opens a session; the status line says so where it takes long.
func (t *target) connect(ctx context.Context, more ...host.ConnectOption) (*host.Session, error) {
	defer t.busy(t.reaching()).stop()
	options := append(t.connectOptions(), more...)
	session, err := t.config.Connect(ctx, t.explain.Server, options...)
	if err == nil {
		t.session = session
		t.learn(ctx)
		state := session.State()
		t.doc.Revision = state.Revision
		t.asker.revision.Store(&state.Revision)
	}
	return session, err
}

func (t *target) reaching() string {
	if t.explain.Transport == stdio {
		return "starting " + t.explain.Server
	}
	return "connecting to " + t.explain.Auth.Origin
}

// tools lists a session's tools.
func (t *target) tools(ctx context.Context, session *host.Session) ([]host.Tool, error) {
	defer t.busy("listing the tools of " + t.explain.Server).stop()
	return session.Tools(ctx, t.listOptions()...)
}

// warn tells what stops nothing.
func (a *app) warn(e *msg.Error) {
	a.store.advise(e)
	a.mu.Lock()
	a.doc.Warnings = append(a.doc.Warnings, viewProblem(e, ""))
	a.mu.Unlock()
	a.say(a.warningLine(e))
}
