package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/arguments"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/spf13/cobra"
	"github.com/tidwall/gjson"
)

func (a *app) promptsCommand() *cobra.Command {
	return a.connecting(&cobra.Command{
		Use: "prompts [NAME]", Short: "List a server's prompts", Args: words(0, 1, "headfast prompts NAME"),
		Long: "Connects and lists the server's prompts: name, arguments (* is required), the first sentence of the\n" +
			"description.\n\nNAME may be left out where the configuration has one server.",
		Example:           "  headfast prompts acme\n  headfast prompts acme --json",
		ValidArgsFunction: a.completing(),
		RunE:              func(cmd *cobra.Command, args []string) error { return a.prompts(cmd.Context(), first(args)) },
	})
}

func (a *app) prompts(ctx context.Context, name string) error {
	return a.withTarget(ctx, name, func(ctx context.Context, t *target) error {
		session, err := t.connect(ctx)
		if err != nil {
			return err
		}
		all, err := waited(t, "listing the prompts of ", func() ([]host.Prompt, error) { return session.Prompts(ctx, t.listOptions()...) })
		if err != nil {
			return err
		}
		t.doc.Prompts = []json.RawMessage{}
		var rows []row
		for _, p := range all {
			t.doc.Prompts = append(t.doc.Prompts, p.Raw)
			rows = append(rows, row{name: term.Line(p.Name), arguments: promptArguments(p), about: about(p.Title, "", p.Description)})
		}
		line := count(len(all), "prompt") + "."
		if len(all) > 0 {
			line += " Get one: " + t.talk.Bold(t.commandLine(promptExample(t.explain.Server, all[0]), "prompt NAME PROMPT key=value"))
		}
		return t.show(session, rows, line)
	})
}

func promptArguments(p host.Prompt) string {
	var all []string
	for _, one := range p.Arguments {
		all = append(all, property{one.Name, one.Required}.String())
	}
	if all == nil {
		return "-"
	}
	return term.Line(strings.Join(all, " "))
}

func promptExample(server string, p host.Prompt) []string {
	example := []string{"prompt", server, p.Name}
	for _, one := range p.Arguments {
		if one.Required {
			example = append(example, one.Name+"=…")
		}
	}
	return example
}

const promptForm = "headfast prompt NAME PROMPT [key=value …]"

func (a *app) promptCommand() *cobra.Command {
	return a.connecting(&cobra.Command{
		Use: "prompt NAME PROMPT [key=value …]", Short: "Get a prompt", Args: words(2, -1, promptForm),
		Long: "Gets one prompt with its arguments filled in, and prints its messages, each behind its role. The values\n" +
			"are texts. They may also be one JSON object of texts, '{…}', @file or - (stdin).\n\n" + askingHelp,
		Example:           "  headfast prompt acme greet who=Ann\n  headfast prompt acme review @arguments.json\n  headfast prompt acme greet who=Ann --json",
		ValidArgsFunction: a.completing(promptNames),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.prompt(cmd.Context(), args[0], args[1], args[2:])
		},
	})
}

func (a *app) prompt(ctx context.Context, name, prompt string, rest []string) error {
	given, err := a.arguments(ctx, rest, promptForm)
	if err != nil {
		return err
	}
	texts, err := texts(given, promptForm)
	if err != nil {
		return err
	}
	return a.withTarget(ctx, name, func(ctx context.Context, t *target) error {
		session, err := t.connect(ctx)
		if err != nil {
			return err
		}
		b := t.busy("getting " + prompt)
		result, err := session.Prompt(ctx, prompt, texts, t.workOptions(b, prompt)...)
		b.stop()
		if err != nil {
			return t.withNear(ctx, session, err, "prompt", prompt, promptNames)
		}
		t.doc.Result = result.Raw
		return t.print(a.promptScreen(result))
	})
}

// texts are arguments whose values are texts.
func texts(given arguments.Given, usageForm string) (map[string]string, error) {
	if given.Pairs != nil {
		all := map[string]string{}
		for _, p := range given.Pairs {
			all[p.Key] = p.Value
			if p.JSON && json.Unmarshal([]byte(p.Value), new(string)) == nil {
				all[p.Key] = gjson.Parse(p.Value).Str
			}
		}
		return all, nil
	}
	if given.Object == nil {
		return nil, nil
	}
	var all map[string]string
	if err := json.Unmarshal(given.Object, &all); err != nil {
		return nil, newFault(problem.Usage, "The arguments of a prompt are texts", "One of them is no string.", "Type: "+usageForm)
	}
	return all, nil
}

// promptScreen is each message behind its role.
func (a *app) promptScreen(r *host.PromptResult) string {
	var b strings.Builder
	for _, m := range r.Messages {
		fmt.Fprintf(&b, "%s\n%s", a.out.Bold(m.Role+":"), blockScreen(gjson.ParseBytes(m.Content)))
	}
	return b.String()
}
