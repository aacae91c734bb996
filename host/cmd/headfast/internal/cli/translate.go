package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/spf13/cobra"
)

const translateForm = "headfast translate [NAME] --to CLIENT [--write [FILE]]"

// translating is what headfast translate was asked for.
type translating struct {
	to, file               string
	write, dryRun, replace bool
}

func (a *app) translateCommand() *cobra.Command {
	var x translating
	cmd := a.share(&cobra.Command{
		Use: strings.TrimPrefix(translateForm, "headfast "), Short: "Say an entry in another client's words", Args: words(0, 2, translateForm),
		Long: "Prints the entry as another client's file would have it, and what cannot be said there, each with its place.\n" +
			"No variable is expanded and no key copied: where a key stands, a variable is written. Nothing is sent.\n\n" +
			"--write puts it into FILE, or without one into that client's own file for this project, or for you where it\n" +
			"has none for projects. Every other byte of the file stays as it is. NAME may be left out where the\n" +
			"configuration has one server and no FILE is named. --to all prints it for every client.",
		Example: "  headfast translate acme --to codex\n  headfast translate acme --to vs-code --write\n" +
			"  headfast translate acme --to zed --write ~/.config/zed/settings.json --dry-run\n" +
			"  headfast translate acme -c .cursor/mcp.json --to claude-code --json",
		ValidArgsFunction: func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 1 && x.write {
				return nil, cobra.ShellCompDirectiveDefault
			}
			return a.completeServer(cmd, args, typed)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 2 {
				x.file = args[1]
			}
			x.write = x.write || x.dryRun
			if e := x.check(); e != nil {
				return e
			}
			return a.translate(cmd.Context(), first(args), x)
		},
	})
	f := cmd.Flags()
	f.StringVar(&x.to, "to", "", "the `CLIENT` in whose words: claude-code, vs-code, codex, …, or all")
	f.BoolVar(&x.write, "write", false, "put it into FILE, or into the client's own file")
	f.BoolVar(&x.dryRun, "dry-run", false, "show what --write would change, and change nothing")
	f.BoolVar(&x.replace, "replace", false, "with --write, replace another entry of the same name")
	_ = cmd.RegisterFlagCompletionFunc("to", func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		ids, how := a.completeClient(cmd, args, typed)
		return append([]string{everyClient}, ids...), how
	})
	return cmd
}

func (x translating) check() error {
	switch {
	case x.to == "":
		return usage("--to is missing", "Type: "+translateForm)
	case x.file != "" && !x.write:
		return usage("A file is named without --write", "Type: "+translateForm)
	case x.to == everyClient && x.write:
		return usage("--write is for one client", "Name it with --to.")
	}
	return nil
}

func (a *app) translate(ctx context.Context, name string, x translating) error {
	x.to = clientIDs([]string{x.to})[0]
	return a.withServer(ctx, name, func(client *host.Client, config *host.Config, name string) error {
		a.doc.Server = name
		switch {
		case x.to == everyClient:
			return a.translateAll(ctx, client, config, name)
		case !slices.Contains(client.Dialects(), x.to):
			return usage("--to does not know "+x.to, "Use one of "+problem.Join(client.Dialects())+", or all.")
		case x.write:
			return a.translateInto(ctx, client, config, name, x)
		}
		t, err := config.Translate(ctx, name, x.to, "", nil)
		if err != nil {
			return err
		}
		a.doc.Translations = []translationView{viewTranslation(x.to, t)}
		if err := a.print(a.shownText(t.Text)); err != nil {
			return err
		}
		a.say(a.lossLines(t))
		return nil
	})
}

// translateAll prints the entry for each client, or why it cannot be said there.
func (a *app) translateAll(ctx context.Context, client *host.Client, config *host.Config, name string) error {
	for i, id := range client.Dialects() {
		lead := "\n"
		if i == 0 {
			lead = ""
		}
		t, err := config.Translate(ctx, name, id, "", nil)
		if err != nil {
			why := asFault(err)
			a.doc.Translations = append(a.doc.Translations, translationView{Client: id, Refused: why.Title, Losses: []lossView{}})
			if err := a.print(lead + a.out.Bold(id) + "\n" + a.out.Red("x") + " " + term.Line(why.Title) + "\n"); err != nil {
				return err
			}
			continue
		}
		a.doc.Translations = append(a.doc.Translations, viewTranslation(id, t))
		if err := a.print(lead + a.out.Bold(id) + "\n" + a.shownText(t.Text)); err != nil {
			return err
		}
		a.say(a.lossLines(t))
	}
	return nil
}

// shownText is a text as it is, but for what a terminal must not get.
func (a *app) shownText(text string) string {
	if a.out.TTY() {
		return term.Text(text)
	}
	return text
}

// lossLines tell what cannot be said there.
func (a *app) lossLines(t *host.Translation) string {
	var b strings.Builder
	for _, l := range t.Losses {
		fmt.Fprintf(&b, "%s  %s  %s\n", a.talk.Yellow("!"), term.Line(l.Text), a.talk.Dim(term.Line(place(l.Where))))
	}
	return b.String()
}

// translationView is an entry in a client's words.
type translationView struct {
	Client string `json:"client"`
	// Refused is why it cannot be said there at all; then there is no text.
	Refused string `json:"refused,omitempty"`
	Text    string `json:"text"`
	// File is where it was put, or would be, by --write; Scope is whose file that is.
	File     string     `json:"file,omitempty"`
	Scope    string     `json:"scope,omitempty"`
	Replaces bool       `json:"replaces"`
	Written  bool       `json:"written"`
	Losses   []lossView `json:"losses"`
}

type lossView struct {
	Text  string `json:"text"`
	Where string `json:"where"`
}

func viewTranslation(client string, t *host.Translation) translationView {
	v := translationView{Client: client, Text: t.Text, Replaces: t.Replaces, Losses: []lossView{}}
	for _, l := range t.Losses {
		v.Losses = append(v.Losses, lossView{l.Text, place(l.Where)})
	}
	return v
}
