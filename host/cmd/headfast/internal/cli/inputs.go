package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/spf13/cobra"
)

const (
	inputsForm = "headfast inputs list, or headfast inputs forget ID… | --all"
	forgetForm = "headfast inputs forget ID…, or headfast inputs forget --all"
)

// inputView is an answer that is kept, without it.
type inputView struct {
	host.Input
	// When is in RFC 3339; empty where it is not known.
	When string `json:"when,omitempty"`
}

func (a *app) inputsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "inputs", Short: "List and forget the answers to inputs that are kept", Args: words(0, 0, inputsForm),
		Long:    "Lists and forgets what you answered when a file asked for an input. No answer is ever shown, and nothing is sent.\n\n" + inputHelp + "\n\n" + storeHelp,
		Example: "  headfast inputs list\n  headfast inputs forget crm-key\n  headfast inputs forget --all\n  HEADFAST_INPUT_CRM_KEY=… headfast tools crm -c .vscode/mcp.json",
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	list := &cobra.Command{
		Use: "list", Short: "List the answers that are kept", Args: words(0, 0, "headfast inputs list"),
		Long:    "Lists the answers that are kept: the input's id, the file that asks for it, the only place that it goes to, and when it\nwas given.",
		Example: "  headfast inputs list\n  headfast inputs list --json",
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.listInputs(cmd.Context()) },
	}
	all := false
	forget := &cobra.Command{
		Use: "forget [ID...]", Short: "Forget answers, so that they are asked for again", Args: cobra.ArbitraryArgs,
		Long:    "Forgets the answers to inputs with these ids, of every file and for every server, or of their keys as --json lists them.\nThey are asked for again when they are needed.",
		Example: "  headfast inputs forget crm-key\n  headfast inputs forget --all",
		RunE: func(cmd *cobra.Command, args []string) error {
			if (len(args) > 0) == all {
				return usage("Which answers?", "Type: "+forgetForm)
			}
			return a.forgetInputs(cmd.Context(), args)
		},
		ValidArgsFunction: a.completeInput,
	}
	forget.Flags().BoolVar(&all, "all", false, "forget every answer")
	for _, c := range []*cobra.Command{list, forget} {
		c.Flags().BoolVar(&a.flags.json, "json", false, "print one JSON object (see: headfast help json)")
	}
	cmd.AddCommand(list, forget)
	return cmd
}

// completeInput offers the ids of the answers that are kept.
func (a *app) completeInput(cmd *cobra.Command, _ []string, _ string) (ids []string, _ cobra.ShellCompDirective) {
	a.quiet = true
	_ = a.withClient(cmd.Context(), func(client *host.Client) error {
		all, err := client.Inputs(cmd.Context())
		for _, in := range all {
			if plainWord(in.Input) && !slices.Contains(ids, in.Input) {
				ids = append(ids, in.Input)
			}
		}
		return err
	})
	return ids, cobra.ShellCompDirectiveNoFileComp
}

func (a *app) listInputs(ctx context.Context) error {
	a.doc = &document{}
	return a.withClient(ctx, func(client *host.Client) error {
		all, err := client.Inputs(ctx)
		if err != nil {
			return err
		}
		a.doc.Store, a.doc.Inputs = a.store.Describe(), viewInputs(all)
		var b strings.Builder
		for _, in := range all {
			b.WriteString(a.inputLines(in))
		}
		if err := a.print(b.String()); err != nil {
			return err
		}
		where := " in " + term.Line(a.store.Describe()) + ".\n"
		if len(all) == 0 {
			a.say("There is no answer to an input" + where)
			return nil
		}
		a.say("\n" + count(len(all), "answer") + where)
		return nil
	})
}

// inputLines tell of one answer.
func (a *app) inputLines(in host.Input) string {
	s := a.out
	if in.Problem != "" {
		return fmt.Sprintf("%s  %s\n", s.Bold(term.Line(in.Key)), s.Red(term.Line(in.Problem)))
	}
	return fmt.Sprintf("%s  %s\n    %s\n", s.Bold(term.Line(in.Input)), join("  ", term.Line(in.Origin), s.Dim(given8601(in.When))), s.Dim(term.Line(in.File)))
}

func given8601(ms int64) string {
	if ms == 0 {
		return ""
	}
	return time.UnixMilli(ms).UTC().Format(time.RFC3339)
}

func viewInputs(all []host.Input) []inputView {
	views := []inputView{}
	for _, in := range all {
		views = append(views, inputView{in, given8601(in.When)})
	}
	return views
}

// forgetInputs forgets the answers to these ids or of these keys; all where none is named.
func (a *app) forgetInputs(ctx context.Context, names []string) error {
	a.doc = &document{Forgotten: []string{}}
	return a.withClient(ctx, func(client *host.Client) error {
		before, err := client.Inputs(ctx)
		if err != nil {
			return err
		}
		for _, name := range names {
			if !slices.ContainsFunc(before, func(in host.Input) bool { return in.Input == name || in.Key == name }) {
				return a.noInput(name, before)
			}
		}
		var said strings.Builder
		for _, in := range before {
			if len(names) > 0 && !slices.Contains(names, in.Input) && !slices.Contains(names, in.Key) {
				continue
			}
			a.doc.Forgotten = append(a.doc.Forgotten, in.Key)
			what := in.Input
			if what == "" {
				what = in.Key
			}
			fmt.Fprintf(&said, "%s forgotten: %s  %s\n", a.talk.Green("ok"), a.talk.Bold(term.Line(what)), a.talk.Dim(join(", ", term.Line(in.Origin), term.Line(in.File))))
		}
		if len(a.doc.Forgotten) == 0 {
			a.say("There is no answer to an input in " + term.Line(a.store.Describe()) + ".\n")
			return nil
		}
		if _, err := client.ForgetInputs(ctx, a.doc.Forgotten...); err != nil {
			a.doc.Forgotten = nil
			return err
		}
		a.say(said.String())
		return nil
	})
}

func (a *app) noInput(name string, all []host.Input) error {
	f := usage("There is no answer to the input "+quoted(name), "headfast inputs list tells what there is.")
	var ids []string
	for _, in := range all {
		if !slices.Contains(ids, in.Input) {
			ids = append(ids, in.Input)
		}
	}
	if near := near(name, ids); len(near) > 0 {
		f.Hint = "Did you mean " + strings.Join(near, " or ") + "?"
	}
	return f
}
