package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/spf13/cobra"
)

func (a *app) watchCommand() *cobra.Command {
	var want host.Filter
	cmd := a.connecting(&cobra.Command{
		Use: "watch [NAME]", Short: "Show what a server tells by itself", Args: words(0, 1, "headfast watch NAME"),
		Long: "Subscribes and prints each notification as it comes, in one line: the time, its method, its params. With\n" +
			"--json each is an object {\"method\", \"params\"} in a line of its own. Without a choice it is told of all lists.\n" +
			"A gap means that some may have been lost: list again what must be current. Ctrl-C ends it, with exit code 0.\n\n" +
			"Where the server ends the subscription, a line says so (with --json {\"ended\"}), and it is asked again after\n" +
			"a second. Where it ends them one after the other, watch ends with exit code 7, as it\n" +
			"does where the server agrees to tell nothing of what was asked for.",
		Example:           "  headfast watch acme\n  headfast watch acme --tools --json\n  headfast watch acme --uri file:///notes/today.md",
		ValidArgsFunction: a.completing(),
		RunE:              func(cmd *cobra.Command, args []string) error { return a.watchServer(cmd.Context(), first(args), want) },
	})
	f := cmd.Flags()
	f.BoolVar(&want.Tools, "tools", false, "when the list of tools changes")
	f.BoolVar(&want.Prompts, "prompts", false, "when the list of prompts changes")
	f.BoolVar(&want.Resources, "resources", false, "when the list of resources changes")
	f.StringArrayVar(&want.URIs, "uri", nil, "when the resource at this `URI` changes; repeatable")
	return cmd
}

func (a *app) watchServer(ctx context.Context, name string, want host.Filter) error {
	if !want.Tools && !want.Prompts && !want.Resources && want.URIs == nil {
		want.Tools, want.Prompts, want.Resources = true, true, true
	}
	return a.withTarget(ctx, name, func(ctx context.Context, t *target) error {
		out := &events{app: a}
		session, err := t.connect(ctx, host.OnGap(out.gap), host.OnMessage(func(method string, params []byte) {
			t.told(method, params)
			out.message(method, params)
		}))
		if err != nil {
			return err
		}
		a.say(t.okLine(session))
		b := t.busy("") // for what is to be remarked
		err = t.keepListening(ctx, session, want, out)
		b.stop()
		switch {
		case out.failed() != nil:
			return out.failed()
		case err != nil:
			return err
		}
		a.printed = true
		return nil
	})
}

// events prints what comes, one line each. It may be called from more than one goroutine.
type events struct {
	app *app
	err error
}

func (e *events) message(method string, params []byte) {
	if method == "notifications/message" {
		return // a log message: --log-level shows it
	}
	if e.app.flags.json {
		o := object{[]byte{'{'}}
		o.text("method", method)
		if len(params) > 0 {
			o.raw("params", compact(params))
		}
		e.print(string(o.out) + "}\n")
		return
	}
	shown := strings.TrimPrefix(method, "notifications/")
	e.line(e.app.out.Bold(shown), term.Line(string(withoutMeta(params))))
}

func (e *events) gap(why string) {
	if e.app.flags.json {
		o := object{[]byte{'{'}}
		o.value("gap", why)
		e.print(string(o.out) + "}\n")
		return
	}
	e.line(e.app.out.Yellow("gap"), term.Line(why)+": some may have been lost")
}

func (e *events) line(what, more string) {
	e.print(e.app.out.Dim(time.Now().Format(time.TimeOnly)) + "  " + join("  ", what, more) + "\n")
}

func (e *events) print(line string) {
	if e.app.flags.json && e.app.out.TTY() {
		line = term.JSON(line)
	}
	if err := e.app.out.Print(line); err != nil {
		e.app.mu.Lock()
		defer e.app.mu.Unlock()
		e.err = fmt.Errorf("the result cannot be written: %w", err)
	}
}

func (e *events) failed() error {
	e.app.mu.Lock()
	defer e.app.mu.Unlock()
	return e.err
}

// compact is JSON in one line.
func compact(raw []byte) []byte {
	out := make([]byte, 0, len(raw))
	for _, c := range raw {
		if c == '\n' || c == '\r' {
			c = ' '
		}
		out = append(out, c)
	}
	return out
}

// withoutMeta is params for people: without _meta, and nothing where that is all.
func withoutMeta(params []byte) []byte {
	var members map[string]json.RawMessage
	if json.Unmarshal(params, &members) != nil {
		return params
	}
	delete(members, "_meta")
	if len(members) == 0 {
		return nil
	}
	return encoded(members)
}
