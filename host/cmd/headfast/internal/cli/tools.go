package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/spf13/cobra"
	"github.com/tidwall/gjson"
)

func (a *app) toolsCommand() *cobra.Command {
	return a.connecting(&cobra.Command{
		Use: "tools [NAME]", Short: "List a server's tools", Args: words(0, 1, "headfast tools NAME"),
		Long: "Connects and lists the server's tools: name, arguments (* is required), the first sentence of the\n" +
			"description, and whether the tool says that it only reads or that it destroys.\n\n" +
			"NAME may be left out where the configuration has one server.",
		Example:           "  headfast tools acme\n  headfast tools acme --trace\n  headfast tools acme --json --timeout 5s",
		ValidArgsFunction: a.completing(),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.tools(cmd.Context(), first(args))
		},
	})
}

func (a *app) tools(ctx context.Context, name string) error {
	return a.withTarget(ctx, name, func(ctx context.Context, t *target) error {
		session, err := t.connect(ctx)
		if err != nil {
			return err
		}
		tools, err := t.tools(ctx, session)
		if err != nil {
			return err
		}
		a.doc.Tools = []json.RawMessage{}
		for _, tool := range tools {
			a.doc.Tools = append(a.doc.Tools, tool.Raw)
		}
		a.say(t.okLine(session))
		if err := a.print(a.toolsScreen(tools)); err != nil {
			return err
		}
		a.say(t.callLine(tools))
		return nil
	})
}

// okLine says who answered, and with which credential.
func (t *target) okLine(session *host.Session) string {
	state := session.State()
	var facts []string
	if who := strings.TrimSpace(state.ServerName + " " + state.ServerVersion); who != "" {
		facts = append(facts, who)
	}
	facts = append(facts, spoken(state), t.keyFrom(state.Auth), took(time.Since(t.began)))
	return fmt.Sprintf("%s %s  %s\n", t.talk.Green("ok"), t.talk.Bold(t.explain.Server), t.talk.Dim(strings.Join(facts, ", ")))
}

// spoken is the revision in use; a server that answers no handshake has named none.
func spoken(state host.State) string {
	if state.Revision == "" {
		return "MCP without a handshake"
	}
	return "MCP " + state.Revision
}

func (t *target) callLine(tools []host.Tool) string {
	line := count(len(tools), "tool") + "."
	if len(tools) == 0 {
		return line + "\n"
	}
	example := []string{"call", t.explain.Server, tools[0].Name}
	for _, p := range properties(tools[0]) {
		if p.required {
			example = append(example, p.name+"=…")
		}
	}
	return line + " Call one: " + t.talk.Bold(t.commandLine(example, "call NAME TOOL key=value")) + "\n"
}

// property is one argument of a tool.
type property struct {
	name     string
	required bool
}

func (p property) String() string {
	if p.required {
		return p.name + "*"
	}
	return p.name
}

func properties(t host.Tool) []property {
	schema := gjson.ParseBytes(t.InputSchema)
	var required []string
	for _, name := range schema.Get("required").Array() {
		required = append(required, name.Str)
	}
	var all []property
	schema.Get("properties").ForEach(func(key, _ gjson.Result) bool {
		all = append(all, property{key.Str, slices.Contains(required, key.Str)})
		return true
	})
	return all
}

// row is one line of a table, its texts fit to be printed.
type row struct{ name, arguments, about, kind string }

// The widths of the first two columns at most.
const (
	maxName      = 32
	maxArguments = 36
)

func (a *app) toolsScreen(tools []host.Tool) string {
	var rows []row
	for _, t := range tools {
		rows = append(rows, toolRow(t))
	}
	return a.table(rows)
}

// table aligns the rows; where a person looks, each is one line of the terminal.
func (a *app) table(rows []row) string {
	names, arguments := 0, 0
	for i := range rows {
		names = max(names, min(maxName, term.Columns(rows[i].name)))
		arguments = max(arguments, min(maxArguments, term.Columns(rows[i].arguments)))
	}
	var b strings.Builder
	for _, r := range rows {
		about := r.about
		if a.out.TTY() {
			about = term.Cut(about, max(16, a.out.Width()-names-arguments-6-len(r.kind)))
		}
		kind := a.out.Dim(r.kind)
		if r.kind == destructive {
			kind = a.out.Yellow(r.kind)
		}
		line := term.Pad(a.out.Bold(r.name), r.name, names) + "  " + term.Pad(r.arguments, r.arguments, arguments) + "  " + about + "  " + kind
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

const destructive = "destructive"

func toolRow(t host.Tool) row {
	var arguments []string
	for _, p := range properties(t) {
		arguments = append(arguments, p.String())
	}
	r := row{name: term.Line(t.Name), arguments: term.Line(strings.Join(arguments, " ")), about: firstSentence(t)}
	if r.arguments == "" {
		r.arguments = "-"
	}
	hints := gjson.ParseBytes(t.Annotations)
	switch {
	case hints.Get("readOnlyHint").Bool():
		r.kind = "read-only"
	case hints.Get("destructiveHint").Bool():
		r.kind = destructive
	}
	return r
}

func firstSentence(t host.Tool) string {
	text := strings.TrimSpace(t.Description)
	if text == "" {
		text = t.Title
	}
	text, _, _ = strings.Cut(text, "\n")
	return term.Line(sentence(strings.TrimSpace(text)))
}

// sentence is the first of a text.
func sentence(text string) string {
	if one, _, more := strings.Cut(text, ". "); more {
		return one + "."
	}
	return text
}

// keyFrom says which credential was used; a process is sent none.
func (t *target) keyFrom(auth msg.Auth) string {
	if t.explain.Transport == stdio {
		return "over stdio"
	}
	for _, h := range auth.Header {
		if h.Credential && h.Sent {
			if set := fromEnvironment(h); len(set) > 0 {
				return "key from " + problem.Join(set)
			}
			return "key from " + problem.At(h.Where)
		}
	}
	if x := t.token(); x != nil && signsIn(auth) {
		return "signed in at " + x.Issuer
	}
	return "no credential"
}
