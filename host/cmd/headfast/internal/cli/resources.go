package cli

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/spf13/cobra"
)

func (a *app) resourcesCommand() *cobra.Command {
	templates := false
	cmd := a.connecting(&cobra.Command{
		Use: "resources [NAME]", Short: "List a server's resources", Args: words(0, 1, "headfast resources NAME"),
		Long: "Connects and lists the server's resources: URI, type and size as far as the server says, name. With\n" +
			"--templates it lists families of resources, whose URIs have parts in braces to be filled in.\n\n" +
			"NAME may be left out where the configuration has one server.",
		Example:           "  headfast resources acme\n  headfast resources acme --templates\n  headfast resources acme --json",
		ValidArgsFunction: a.completing(),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.resources(cmd.Context(), first(args), templates)
		},
	})
	cmd.Flags().BoolVar(&templates, "templates", false, "list the resource templates instead")
	return cmd
}

func (a *app) resources(ctx context.Context, name string, templates bool) error {
	return a.withTarget(ctx, name, func(ctx context.Context, t *target) error {
		session, err := t.connect(ctx)
		if err != nil {
			return err
		}
		if templates {
			return t.listTemplates(ctx, session)
		}
		return t.listResources(ctx, session)
	})
}

func (t *target) listResources(ctx context.Context, session *host.Session) error {
	all, err := waited(t, "listing the resources of ", func() ([]host.Resource, error) { return session.Resources(ctx, t.listOptions()...) })
	if err != nil {
		return err
	}
	t.doc.Resources = []json.RawMessage{}
	var rows []row
	for _, r := range all {
		t.doc.Resources = append(t.doc.Resources, r.Raw)
		sized := ""
		if r.Size != nil {
			sized = size(int(*r.Size))
		}
		rows = append(rows, row{name: term.Line(r.URI), arguments: term.Line(join(", ", r.MIMEType, sized)), about: about(r.Title, r.Name, r.Description)})
	}
	line := count(len(all), "resource") + "."
	if len(all) > 0 {
		line += " Read one: " + t.talk.Bold(t.commandLine([]string{"read", t.explain.Server, all[0].URI}, "read NAME URI"))
	}
	return t.show(session, rows, line)
}

func (t *target) listTemplates(ctx context.Context, session *host.Session) error {
	all, err := waited(t, "listing the resource templates of ", func() ([]host.ResourceTemplate, error) {
		return session.ResourceTemplates(ctx, t.listOptions()...)
	})
	if err != nil {
		return err
	}
	t.doc.Templates = []json.RawMessage{}
	var rows []row
	for _, r := range all {
		t.doc.Templates = append(t.doc.Templates, r.Raw)
		rows = append(rows, row{name: term.Line(r.URITemplate), arguments: term.Line(r.MIMEType), about: about(r.Title, r.Name, r.Description)})
	}
	return t.show(session, rows, count(len(all), "resource template")+".")
}

// about is the title or the name, and the first sentence of the description.
func about(title, name, description string) string {
	if title == "" {
		title = name
	}
	text := strings.TrimSpace(description)
	text, _, _ = strings.Cut(text, "\n")
	return term.Line(join(": ", title, sentence(text)))
}

// show prints a list: who answered, the table, and what can be done next.
func (t *target) show(session *host.Session, rows []row, line string) error {
	t.say(t.okLine(session))
	if err := t.print(t.table(rows)); err != nil {
		return err
	}
	t.say(line + "\n")
	return nil
}

// waited does what takes long, with a status line.
func waited[T any](t *target, what string, f func() (T, error)) (T, error) {
	defer t.busy(what + t.explain.Server).stop()
	return f()
}
