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

// probeView is what --probe found.
type probeView struct {
	Transport string        `json:"transport,omitempty"`
	Revision  string        `json:"revision,omitempty"`
	URL       string        `json:"url,omitempty"`
	Challenge string        `json:"challenge,omitempty"`
	Issuers   []string      `json:"issuers"`
	Requests  []requestView `json:"requests"`
	Fix       *probeFixView `json:"fix,omitempty"`
}

// probeFixView is how the file that the entry is in is mended, and where.
type probeFixView struct {
	Title string     `json:"title"`
	Where string     `json:"where"`
	Edits []editView `json:"edits"`
}

// requestView is one request of a probe. Credential says that what is configured went with it.
type requestView struct {
	Method     string `json:"method"`
	URL        string `json:"url"`
	Status     uint32 `json:"status"`
	Credential bool   `json:"credential"`
	Note       string `json:"note"`
}

// probe asks the server, and is the lines that tell what it said; the error is what is wrong with the server.
func (t *target) probe(ctx context.Context) (string, error) {
	found, err := waited(t, "asking ", func() (*host.Probed, error) {
		return t.config.Probe(ctx, t.explain.Server, t.flags.timeout)
	})
	if err != nil {
		return "", err
	}
	t.doc.Probe = viewProbe(found)
	t.doc.Revision = found.Revision
	if found.Problem == nil {
		return t.probeLines(found), nil
	}
	outcome := msg.OutcomeUnknown
	if found.Problem.Status != 0 {
		outcome = msg.OutcomeServerError
	}
	return t.probeLines(found), &fault{reason: *found.Problem, outcome: outcome}
}

func viewProbe(p *host.Probed) *probeView {
	v := &probeView{Transport: p.Transport, Revision: p.Revision, URL: p.URL, Challenge: p.Challenge, Issuers: list(p.Issuers), Requests: []requestView{}}
	for _, a := range p.Answers {
		v.Requests = append(v.Requests, requestView(a))
	}
	if f := p.Fix; f != nil && len(f.Edits) > 0 {
		v.Fix = &probeFixView{f.Title, place(f.Edits[0].At.From), viewEdits(f.Edits)}
	}
	return v
}

func (a *app) probeLines(p *host.Probed) string {
	s := a.out
	var b strings.Builder
	fmt.Fprintf(&b, "\n  %s  %s\n", s.Cyan("Asked"), s.Dim(count(len(p.Answers), "request")+", and no tool was called"))
	any := slices.ContainsFunc(p.Answers, func(r msg.Answered) bool { return r.Credential })
	for _, r := range p.Answers {
		with := ""
		switch {
		case r.Credential:
			with = "with what is configured"
		case any:
			with = "without what is configured"
		}
		b.WriteString("    " + join("  ", a.status(r.Status), r.Method+" "+term.Line(r.URL), term.Line(r.Note), s.Dim(with)) + "\n")
	}
	if p.URL != "" {
		speaks := "MCP " + p.Revision
		if p.Revision == "" {
			speaks = "MCP without a handshake"
		}
		way := map[string]string{"http": "Streamable HTTP", "sse": "HTTP+SSE"}[p.Transport]
		fmt.Fprintf(&b, "  %s  %s over %s at %s\n", s.Cyan("Speaks"), term.Line(speaks), way, term.Line(p.URL))
	}
	if p.Challenge != "" {
		fmt.Fprintf(&b, "  %s  %s\n", s.Cyan("Wants"), term.Line(p.Challenge))
	}
	for _, issuer := range p.Issuers {
		fmt.Fprintf(&b, "  %s  %s offers it\n", s.Cyan("Sign-in"), term.Line(issuer))
	}
	if f := p.Fix; f != nil && len(f.Edits) > 0 {
		fmt.Fprintf(&b, "  %s  %s  %s\n", s.Cyan("Fix"), term.Line(f.Title), s.Dim(place(f.Edits[0].At.From)))
	}
	return b.String()
}
