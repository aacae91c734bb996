package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/jsbridge/msg"
)

// meaningView is what another client would make of the entry.
type meaningView struct {
	Client     string       `json:"client"`
	Used       bool         `json:"used"`
	Same       bool         `json:"same"`
	Reason     string       `json:"reason,omitempty"`
	Transports []string     `json:"transports"`
	Headers    []headerView `json:"headers"`
	Notes      []string     `json:"notes"`
}

// What a client may make of an entry, the best first.
const (
	meansSame    = iota // it sends what is configured, or starts what is
	meansOther          // a header goes out, with something else in it
	meansWithout        // a header does not go out
	meansNothing        // it takes it for something else, as a URL for a process
	meansRefused
)

// meantBy sorts what a client would make of the entry that is explained as x.
func meantBy(x *host.Explanation, m *host.Meaning) int {
	switch {
	case m.Refused != "":
		return meansRefused
	case len(m.Transports) == 0 || (m.Transports[0] == stdio) != (x.Transport == stdio):
		return meansNothing
	}
	kind := meansSame
	for _, want := range x.Auth.Header {
		i := slices.IndexFunc(m.Headers, func(h msg.HeaderUse) bool { return strings.EqualFold(h.Name, want.Name) })
		switch {
		case want.Where == (msg.Position{}): // a token, which is no header of the file's
		case i < 0:
			kind = meansWithout
		case m.Headers[i].Note != "":
			kind = max(kind, meansOther)
		}
	}
	return kind
}

// meaningLines tell what the clients of --compare would make of the entry: a line each, or all where asked for in full.
func (a *app) meaningLines(ctx context.Context, t *target, verbose bool) (string, error) {
	if len(a.flags.compare) == 0 {
		return "", nil
	}
	ids := clientIDs(a.flags.compare)
	all, err := t.config.Meanings(ctx, t.explain.Server, ids...)
	if err != nil {
		return "", err
	}
	counts, widest := [meansRefused + 1]int{}, 0
	for i := range all {
		counts[meantBy(t.explain, &all[i])]++
		widest = max(widest, len(all[i].Client))
	}
	slices.SortStableFunc(all, func(x, y host.Meaning) int { return meantBy(t.explain, &x) - meantBy(t.explain, &y) })
	t.doc.Meanings = []meaningView{}
	var b strings.Builder
	fmt.Fprintf(&b, "\n  %s  %s\n", a.out.Cyan("Elsewhere"), meaningHeadline(counts, len(all), t.explain.Transport))
	for i := range all {
		m := &all[i]
		t.doc.Meanings = append(t.doc.Meanings, viewMeaning(m, meantBy(t.explain, m) == meansSame))
		b.WriteString(a.meaningLine(m, widest, verbose))
	}
	if !verbose && slices.ContainsFunc(all, func(m host.Meaning) bool { return len(m.Notes) > 0 }) {
		fmt.Fprintf(&b, "    %s\n", a.out.Dim("-v says more of each"))
	}
	return b.String(), nil
}

// meaningHeadline sums up: "7 of 20 clients would send it as configured, 3 something else, 10 would not use it".
func meaningHeadline(counts [meansRefused + 1]int, all int, transport string) string {
	verb := "send it"
	if transport == stdio {
		verb = "start it"
	}
	parts := []string{fmt.Sprintf("%d of %s would %s as configured", counts[meansSame], count(all, "client"), verb)}
	for kind, text := range []string{meansOther: "with something else in a header", meansWithout: "without a header", meansNothing: "would take it for something else",
		meansRefused: "would not use it"} {
		if n := counts[kind]; n > 0 && text != "" {
			parts = append(parts, fmt.Sprintf("%d %s", n, text))
		}
	}
	return strings.Join(parts, ", ")
}

func viewMeaning(m *host.Meaning, same bool) meaningView {
	v := meaningView{Client: m.Dialect, Used: m.Refused == "", Same: same, Reason: m.Refused, Transports: list(m.Transports), Notes: list(m.Notes)}
	v.Headers = viewAuth(msg.Auth{Header: m.Headers}).Headers
	return v
}

func (a *app) meaningLine(m *host.Meaning, widest int, verbose bool) string {
	s := a.out
	var b strings.Builder
	fmt.Fprintf(&b, "    %s%s  ", s.Bold(term.Line(m.Client)), strings.Repeat(" ", widest-len(m.Client)))
	if m.Refused != "" {
		b.WriteString(s.Red("not used") + ": " + term.Line(m.Refused) + "\n")
	} else {
		b.WriteString(strings.Join(m.Transports, ", then ") + headersMeant(m) + "\n")
	}
	for _, note := range m.Notes {
		if verbose {
			fmt.Fprintf(&b, "    %s  %s\n", strings.Repeat(" ", widest), s.Dim(term.Line(note)))
		}
	}
	return b.String()
}

// headersMeant are the headers that would go, with what becomes of their variables.
func headersMeant(m *host.Meaning) string {
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
