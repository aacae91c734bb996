package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/host/cmd/headfast/internal/warm"
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/spf13/cobra"
)

func (a *app) serversCommand() *cobra.Command {
	cmd := a.share(&cobra.Command{
		Use: "servers", Short: "List the servers of all clients' configurations", Args: words(0, 0, "headfast servers"),
		Long: "Lists every server that a client on this machine is configured with, for this project and for you:\n" +
			"transport, URL, which credential would be used and why, file and line, what shadows it, and the\n" +
			"problems that explain has of it too, as a variable that is not set. Nothing is sent.\n\n" +
			"With -c FILE, the servers of that file.",
		Example: "  headfast servers\n  headfast servers --from vs-code --from codex\n  headfast servers -c ~/project/.mcp.json --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if a.flags.config == "" && len(a.flags.as) == 0 {
				return a.survey(cmd.Context())
			}
			return a.servers(cmd.Context())
		},
	})
	return cmd
}

func (a *app) servers(ctx context.Context) error {
	a.store.forgo()
	err := a.withConfig(ctx, func(_ *host.Client, config *host.Config) error {
		a.doc.Servers = []serverView{}
		servers, err := withProblems(ctx, config)
		if err != nil {
			return err
		}
		for _, s := range servers {
			a.doc.Servers = append(a.doc.Servers, viewServer(s))
		}
		return a.print(a.fileTitle(config.Path(), len(servers), "") + a.serverLines(servers, nil))
	})
	if err == nil {
		warm.Start(warmCommand)
	}
	return err
}

// withProblems are the servers of a file, each with all that explain has of it. The error is that of a core that has died.
func withProblems(ctx context.Context, config *host.Config) ([]host.Server, error) {
	servers := slices.Clone(config.Servers())
	for i := range servers {
		var err error
		if servers[i].Problems, err = allProblems(ctx, config, servers[i]); err != nil {
			return nil, err
		}
	}
	return servers, nil
}

// allProblems are those of the file and those that explain has of a server: what the next command would fail with must
// not be hidden by the list.
func allProblems(ctx context.Context, config *host.Config, server host.Server) ([]msg.Error, error) {
	all := slices.Clone(server.Problems)
	var more []msg.Error
	if explain, err := config.Explain(ctx, server.Name); errors.Is(err, host.ErrDead) {
		return nil, err
	} else if err != nil {
		more = []msg.Error{asFault(err).reason}
	} else {
		more = explain.Problems
	}
	for _, e := range more {
		if asked := e.Code == problem.VariableUnset && strings.HasPrefix(e.Title, "input:"); asked {
			continue // a person is asked for it when it is used, which is nothing wrong
		}
		if !slices.ContainsFunc(all, func(known msg.Error) bool { return known.Code == e.Code && known.Where == e.Where }) {
			all = append(all, e)
		}
	}
	return all, nil
}

func (a *app) fileTitle(path string, servers int, whose string) string {
	return join("  ", a.out.Bold(term.Line(path)), a.out.Dim(count(servers, "server")), a.out.Dim(whose)) + "\n"
}

// serverLines list the servers of a file; shadows says of an entry where the one is that is used instead.
func (a *app) serverLines(servers []host.Server, shadows map[string]string) string {
	s := a.out
	var b strings.Builder
	for _, server := range servers {
		facts := join("  ", s.Bold(server.Name), transportName(server.Transport), term.Line(server.URL), s.Dim(place(server.Where)))
		b.WriteString("\n" + facts + "\n")
		if by := shadows[server.Name]; by != "" {
			fmt.Fprintf(&b, "  %s  %s is used instead\n", s.Yellow("shadowed"), term.Line(by))
		}
		if server.Disabled {
			fmt.Fprintf(&b, "  %s  in the file, for its client\n", s.Yellow("switched off"))
		}
		fmt.Fprintf(&b, "  %s  %s: %s\n", s.Cyan("auth"), term.Line(server.Auth.Mode), term.Line(server.Auth.Reason))
		for i := range server.Problems {
			b.WriteString(a.problemLine(&server.Problems[i]))
		}
	}
	return b.String()
}

func transportName(name string) string {
	if name == "" {
		return "(no type)"
	}
	return term.Line(name)
}

// problemLine is one problem of an entry, within a list.
func (a *app) problemLine(e *msg.Error) string {
	s := a.out
	mark := s.Red("x")
	if e.Severity == "warning" {
		mark = s.Yellow("!")
	}
	text := titled(e.Title)
	for _, part := range []string{e.Body, e.Hint} {
		if part != "" {
			text += " " + part
		}
	}
	return fmt.Sprintf("  %s  %s  %s  %s\n", mark, term.Line(text), s.Dim(e.Code), s.Dim(place(e.Where)))
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
