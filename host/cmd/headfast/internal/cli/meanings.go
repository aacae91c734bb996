package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/spf13/cobra"
)

// everyClient is the name of --as that stands for all clients.
const everyClient = "all"

// dialectOf is how the file is read: as --as says, but for explain, where it names those who are asked what they would
// make of the entry. Empty has the core guess.
func (a *app) dialectOf() string {
	if a.compares || len(a.flags.as) == 0 {
		return ""
	}
	return a.flags.as[0]
}

// checkAs refuses more than one client where the file is to be read as one.
func (a *app) checkAs() error {
	if len(a.flags.as) > 1 && !a.compares {
		return usage("--as is given twice", "A file is read as one client's; headfast explain takes several.")
	}
	return nil
}

// completeClient lists the clients for --as.
func (a *app) completeClient(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	var ids []string
	err := a.withClient(cmd.Context(), func(client *host.Client) error {
		if cmd.Name() == "explain" {
			ids = []string{everyClient}
		}
		ids = append(ids, client.Dialects()...)
		return nil
	})
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}

// meaningView is what another client would make of the entry.
type meaningView struct {
	Client     string       `json:"client"`
	Used       bool         `json:"used"`
	Reason     string       `json:"reason,omitempty"`
	Transports []string     `json:"transports"`
	Headers    []headerView `json:"headers"`
	Notes      []string     `json:"notes"`
}

// meaningLines tell what the clients of --as would make of the entry.
func (a *app) meaningLines(ctx context.Context, t *target) (string, error) {
	if len(a.flags.as) == 0 {
		return "", nil
	}
	all, err := t.config.Meanings(ctx, t.explain.Server, a.flags.as...)
	if err != nil {
		return "", err
	}
	t.doc.Meanings = []meaningView{}
	widest := 0
	for _, m := range all {
		t.doc.Meanings = append(t.doc.Meanings, viewMeaning(m))
		widest = max(widest, len(m.Client))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n  %s  %s\n", a.out.Cyan("Elsewhere"), a.out.Dim("what other clients would make of this entry"))
	for _, m := range all {
		b.WriteString(a.meaningLine(m, widest))
	}
	return b.String(), nil
}

func viewMeaning(m host.Meaning) meaningView {
	v := meaningView{Client: m.Dialect, Used: m.Refused == "", Reason: m.Refused, Transports: list(m.Transports), Notes: list(m.Notes)}
	v.Headers = viewAuth(msg.Auth{Header: m.Headers}).Headers
	return v
}

func (a *app) meaningLine(m host.Meaning, widest int) string {
	s := a.out
	var b strings.Builder
	fmt.Fprintf(&b, "    %s%s  ", s.Bold(term.Line(m.Client)), strings.Repeat(" ", widest-len(m.Client)))
	if m.Refused != "" {
		b.WriteString(s.Red("not used") + ": " + term.Line(m.Refused) + "\n")
	} else {
		b.WriteString(strings.Join(m.Transports, ", then ") + headersMeant(m) + "\n")
	}
	for _, note := range m.Notes {
		fmt.Fprintf(&b, "    %s  %s\n", strings.Repeat(" ", widest), s.Dim(term.Line(note)))
	}
	return b.String()
}

// headersMeant are the headers that would go, with what becomes of their variables.
func headersMeant(m host.Meaning) string {
	if len(m.Headers) == 0 && len(m.Transports) > 0 && m.Transports[0] != stdio {
		return "; no header"
	}
	var parts []string
	for _, h := range m.Headers {
		part := term.Line(h.Name)
		if h.Note != "" {
			part += ": " + term.Line(h.Note)
		} else if f := fingerprint(h); f != "" {
			part += " " + f
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return ""
	}
	return "; " + strings.Join(parts, "; ")
}
