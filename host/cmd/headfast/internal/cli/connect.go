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
	config  *host.Config
	explain *host.Explanation
	began   time.Time
}

// How long to wait for a session to be deleted and for exchanges to end.
const (
	closeTime    = 3 * time.Second
	hurriedClose = 700 * time.Millisecond
)

// withConfig opens a core, loads the configuration and hands it to f. At the end the core is closed.
func (a *app) withConfig(ctx context.Context, f func(*host.Config) error) error {
	a.doc = &document{}
	shown, text, err := a.readConfig()
	if err != nil {
		return err
	}
	options := host.Options{NoBackground: true}
	if a.flags.trace {
		options.Trace = a.trace
	}
	client, err := host.Open(ctx, options)
	if err != nil {
		return err
	}
	a.opened = true
	defer closeBounded(ctx, client)
	config, err := client.Load(shown, text)
	if err != nil {
		return err
	}
	for _, w := range config.Warnings() {
		a.warn(&asFault(w).reason)
	}
	return f(config)
}

// closeBounded ends all sessions, in a hurry once the run was interrupted.
func closeBounded(ctx context.Context, client *host.Client) {
	grace := closeTime
	if ctx.Err() != nil {
		grace = hurriedClose
	}
	ended := make(chan struct{})
	go func() {
		_ = client.Close(context.Background())
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(grace):
	}
}

// withTarget is withConfig for one server, which need not be named where there is only one. Where the core
// ran slowly for want of compiled code, a background process compiles for the next run.
func (a *app) withTarget(ctx context.Context, name string, f func(*target) error) error {
	began := time.Now()
	err := a.withConfig(ctx, func(config *host.Config) error {
		if name == "" {
			if len(config.Servers()) != 1 {
				return noName(config)
			}
			name = config.Servers()[0].Name
		}
		a.doc.Server = name
		explain, err := config.Explain(ctx, name)
		if err != nil {
			return err
		}
		a.doc.URL, a.doc.Auth = explain.URL, viewAuth(explain.Auth)
		for i := range explain.Problems {
			if e := &explain.Problems[i]; e.Severity == "warning" {
				a.warn(e)
			}
		}
		return f(&target{app: a, config: config, explain: explain, began: began})
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

// connect opens a session; the status line says so where it takes long.
func (t *target) connect(ctx context.Context) (*host.Session, error) {
	defer t.busy("connecting to " + t.explain.Auth.Origin).stop()
	session, err := t.config.Connect(ctx, t.explain.Server, host.WithConnectTimeout(t.flags.timeout))
	if err == nil {
		t.doc.Revision = session.State().Revision
	}
	return session, err
}

// tools lists a session's tools.
func (t *target) tools(ctx context.Context, session *host.Session) ([]host.Tool, error) {
	defer t.busy("listing the tools of " + t.explain.Server).stop()
	return session.Tools(ctx, host.WithTimeout(t.flags.timeout))
}

// warn tells what stops nothing.
func (a *app) warn(e *msg.Error) {
	a.doc.Warnings = append(a.doc.Warnings, viewProblem(e, ""))
	a.say(a.warningLine(e))
}
