package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/spf13/cobra"
)

func (a *app) explainCommand() *cobra.Command {
	var x explaining
	cmd := a.networking(&cobra.Command{
		Use: "explain [NAME]", Short: "Show what would be sent to a server, and why", Args: words(0, 1, "headfast explain NAME"),
		Long: "Shows the first request that would be sent to a server: its headers, from which file, line and\n" +
			"variable each comes, which rule chose the credential, and where it may go. Of a sign-in that is kept\n" +
			"it shows the token's last characters. Of a server that is a process it shows what would be started,\n" +
			"without its secrets. Nothing is sent, and nothing started.\n\n" +
			"NAME may be left out where the configuration has one server.\n\n" +
			"--probe asks the server too: at its URL with what is configured, as any other command begins; and only\n" +
			"where that does not work, at a few other paths of the same host and for who signs people in, with\n" +
			"nothing that is configured. No tool is called, and nobody is signed in.\n\n" +
			"--compare CLIENT adds what that client would make of the same entry, --compare all what each would;\n" +
			"-v tells of each in full. --as CLIENT without -c is the same; with -c FILE one --as CLIENT says whose\n" +
			"file it is, as for the other commands.",
		Example: "  headfast explain acme\n  headfast explain acme --probe\n  headfast explain acme --compare all\n" +
			"  headfast explain acme --compare vs-code --compare codex -v\n  headfast explain acme -c mcp.json --as cursor\n  headfast explain acme --json",
		ValidArgsFunction: a.completeServer,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.explain(cmd.Context(), first(args), &x)
		},
	})
	a.certified(cmd)
	f := cmd.Flags()
	f.Lookup("as").Usage = "with -c FILE, whose file it is: `CLIENT`, such as vs-code; else the same as --compare"
	f.StringArrayVar(&a.flags.compare, "compare", nil, "tell what this `CLIENT` would make of the entry: all, vs-code, codex, …; repeatable")
	f.BoolVarP(&x.verbose, "verbose", "v", false, "tell of each client that is compared in full")
	f.BoolVar(&x.probe, "probe", false, "ask the server too")
	_ = cmd.RegisterFlagCompletionFunc("compare", a.completeClient)
	describeTimeout(cmd, "bound --probe: 500ms, 30s, 2m (else it has 30s)")
	run := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error { a.sortAs(); return run(cmd, args) }
	return cmd
}

// readLines say as whose file the entry is read, and where else one of the same name stands.
func (t *target) readLines(ctx context.Context) (line string, err error) {
	if t.doc.AlsoIn, err = t.others(ctx); err != nil {
		return "", err
	}
	if t.found != nil {
		t.doc.Client, t.doc.Scope = t.found.file.Dialect, t.found.file.Scope
	}
	if t.readAs != "" {
		line = "\n  " + t.out.Cyan("Read") + "  as " + term.Line(t.readAs) + " reads it\n"
	}
	if len(t.doc.AlsoIn) > 0 {
		line += "\n  " + t.out.Cyan("Not used") + "  " + term.Line(`"`+t.explain.Server+`" is also at `+strings.Join(t.doc.AlsoIn, ", ")) + "\n"
	}
	return line, nil
}

// explaining is what explain was asked for besides.
type explaining struct{ probe, verbose bool }

func first(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}

func (a *app) explain(ctx context.Context, name string, x *explaining) error {
	return a.withTarget(ctx, name, func(ctx context.Context, t *target) error {
		read, err := t.readLines(ctx)
		if err != nil {
			return err
		}
		screen, next := a.explainScreen(t.explain)+read, "tools"
		if signsIn(t.explain.Auth) && t.explain.Transport != stdio {
			kept := t.token()
			t.doc.Store, t.doc.Accounts = t.store.Describe(), []accountView{}
			if kept != nil {
				t.doc.Accounts = append(t.doc.Accounts, viewAccount(*kept, time.Now()))
			} else if t.needsPerson() {
				next = "login"
			}
			screen += t.signInLines(kept)
		}
		meanings, err := a.meaningLines(ctx, t, x.verbose)
		if err != nil {
			return err
		}
		if err := a.print(screen + meanings); err != nil {
			return err
		}
		for i := range t.explain.Problems {
			if e := t.explain.Problems[i]; e.Severity == "error" {
				return &fault{reason: e, outcome: msg.OutcomeNotSent}
			}
		}
		if x.probe {
			lines, err := t.probe(ctx)
			if e := a.print(lines); err == nil {
				err = e
			}
			if err != nil {
				return err
			}
			a.say("\nTry it: " + a.talk.Bold(a.commandLine([]string{next, t.explain.Server}, next+" NAME")) + "\n")
			return nil
		}
		done := "sent"
		if t.explain.Transport == stdio {
			done = "started"
		}
		a.say("\nNothing was " + done + ". Try it: " + a.talk.Bold(a.commandLine([]string{next, t.explain.Server}, next+" NAME")) + "\n")
		return nil
	})
}

func (a *app) explainScreen(x *host.Explanation) string {
	if x.Transport == stdio {
		return a.processScreen(x)
	}
	s := a.out
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s %s  %s\n", s.Bold(x.Server), term.Line(x.Method), term.Line(x.URL), s.Dim(place(x.Where)))
	if len(x.Auth.Header) > 0 || x.Helper != nil {
		b.WriteByte('\n')
	}
	if h := x.Helper; h != nil {
		fmt.Fprintf(&b, "  %s  %s  %s\n", s.Cyan("headersHelper"), term.Line(h.Program), s.Dim("prints headers; it is run, in the folder of the file, before the first request"))
		fmt.Fprintf(&b, "    from  %s\n", s.Dim(problem.At(h.Where)))
	}
	for _, h := range x.Auth.Header {
		b.WriteString(a.headerLines(h))
	}
	fmt.Fprintf(&b, "\n  %s  %s: %s\n", s.Cyan("Auth"), term.Line(x.Auth.Mode), term.Line(x.Auth.Reason))
	for _, r := range x.Auth.Rules {
		mark := s.Dim("-   ")
		if r.Won {
			mark = s.Green("rule")
		}
		fmt.Fprintf(&b, "    %s  %s: %s\n", mark, term.Line(r.Name), s.Dim(r.Why))
	}
	if x.Auth.Origin != "" {
		fmt.Fprintf(&b, "  %s  %s  %s\n", s.Cyan("Goes only to"), term.Line(x.Auth.Origin), s.Dim("dropped on redirect to another host"))
	}
	return b.String()
}

// headerLines tell of one header: its fingerprint, where it stands and where its value comes from.
func (a *app) headerLines(h msg.HeaderUse) string {
	s := a.out
	var b strings.Builder
	value := fingerprint(h)
	if !h.Sent {
		value = strings.TrimPrefix(value+", not sent: "+h.Note, ", ")
	}
	kind := ""
	if h.Credential {
		kind = "credential"
	}
	b.WriteString("  " + join("  ", s.Cyan(h.Name), term.Line(value), s.Dim(kind)) + "\n")
	from := source(h)
	if set := fromEnvironment(h); answered(set) && h.Sent {
		from += ", what was answered"
	} else if len(set) > 0 && !answered(set) {
		from += ", environment"
	}
	fmt.Fprintf(&b, "    from  %s\n", s.Dim(from))
	if len(h.Unset) > 0 {
		fmt.Fprintf(&b, "    %s %s\n", s.Red("not set:"), s.Bold(problem.Join(h.Unset)))
	}
	return b.String()
}
