package cli

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/arguments"
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/spf13/cobra"
)

const callForm = "headfast call NAME TOOL [JSON | key=value …]"

func (a *app) callCommand() *cobra.Command {
	return a.connecting(&cobra.Command{
		Use: "call NAME TOOL [JSON | key=value …]", Short: "Call a tool", Args: words(2, -1, callForm),
		Long: `Calls one tool and prints its result. The arguments are one of:
  key=value …   each value is JSON where it is valid JSON, else a string; it is always a string where
                the tool's inputSchema says so (then the tools are listed first)
  key:=json …   each value is JSON
  '{…}'         the whole object
  @file, -      the whole object, from a file or from stdin

Text is printed as it is, but for characters that would act on the terminal, which are made visible;
--json has every byte. A call that may have run is never repeated. Progress extends --timeout.

` + askingHelp,
		Example: `  headfast call acme echo text=hello
  headfast call acme add a=1 b:=2
  headfast call acme add '{"a": 1, "b": 2}'
  headfast call acme import @rows.json
  headfast call acme echo text=hi --json
  headfast call acme book --answer name=Ann --answer guests=2`,
		ValidArgsFunction: a.completing(toolNames),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.call(cmd.Context(), args[0], args[1], args[2:])
		},
	})
}

func (a *app) call(ctx context.Context, name, tool string, rest []string) error {
	given, err := a.arguments(ctx, rest, callForm)
	if err != nil {
		return err
	}
	return a.withTarget(ctx, name, func(ctx context.Context, t *target) error {
		session, err := t.connect(ctx)
		if err != nil {
			return err
		}
		var schema json.RawMessage
		if given.NeedsSchema() {
			if schema, err = t.schema(ctx, session, tool); err != nil {
				return err
			}
		}
		return t.call(ctx, session, tool, given.Build(schema))
	})
}

// askingHelp is for the commands whose server may ask back.
const askingHelp = `While it works, the server may ask for input. At a terminal you are asked: you see who asks and why, and
what would be sent before it is sent. --answer fills in forms without asking; a page is opened only when you
agree. Without a terminal, or with --no-input, what --answer does not answer is declined.`

// arguments reads what may come from stdin or a pipe, which Ctrl-C must be able to end.
func (a *app) arguments(ctx context.Context, rest []string, usageForm string) (arguments.Given, error) {
	var given arguments.Given
	read := make(chan error, 1)
	go func() {
		var err error
		given, err = arguments.Parse(rest, a.in)
		read <- err
	}()
	select {
	case err := <-read:
		if err != nil {
			err = newFault(problem.Usage, "The arguments cannot be read", err.Error()+".", "Type: "+usageForm)
		}
		return given, err
	case <-ctx.Done():
		return arguments.Given{}, newFault(problem.Cancelled, "Cancelled", "", "")
	}
}

// schema is the tool's inputSchema; nil where the server does not list the tool, which it may still know.
func (t *target) schema(ctx context.Context, session *host.Session, tool string) (json.RawMessage, error) {
	tools, err := t.tools(ctx, session)
	if err != nil {
		return nil, err
	}
	for _, one := range tools {
		if one.Name == tool {
			return one.InputSchema, nil
		}
	}
	return nil, nil
}

func (t *target) call(ctx context.Context, session *host.Session, tool string, args json.RawMessage) error {
	began := t.begin()
	result, err := t.await(ctx, session, tool, args)
	if err != nil {
		return t.withNear(ctx, session, err, "tool", tool, toolNames)
	}
	if t.asker.failed() { // what a server makes of a form that was cancelled is no result of this run
		return nil
	}
	t.doc.Result = result.Raw
	if err := t.print(resultScreen(result)); err != nil {
		return err
	}
	if result.IsError {
		f := newFault(problem.ToolFailed, "The tool reported an error", tool+" says so itself; its words are in the result.", "")
		f.Server, f.outcome = t.explain.Server, msg.OutcomeServerError
		return t.withNear(ctx, session, f, "tool", tool, toolNames)
	}
	t.say(fmt.Sprintf("%s %s  %s\n", t.talk.Green("ok"), t.talk.Bold(tool), t.talk.Dim(took(began.took()))))
	return nil
}

// await calls, with progress in the status line.
func (t *target) await(ctx context.Context, session *host.Session, tool string, args json.RawMessage) (*host.CallResult, error) {
	b := t.busy("calling " + tool)
	defer b.stop()
	var object any
	if args != nil {
		object = args
	}
	return session.Call(ctx, tool, object, t.workOptions(b, tool)...)
}
