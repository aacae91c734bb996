package cli

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/exit"
	"github.com/headfast/headfast/host/cmd/headfast/internal/warm"
	"github.com/headfast/headfast/host/internal/textfile"
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/spf13/cobra"
)

// checkup is one run of doctor.
type checkup struct {
	*app
	names       []string
	sarif       string
	fix, dryRun bool
	strict      bool
	list        bool
}

func (a *app) doctorCommand() *cobra.Command {
	c := &checkup{app: a}
	cmd := a.share(&cobra.Command{
		Use: "doctor [NAME…]", Short: "Say what is wrong with all configurations, and mend it", Args: words(0, -1, "headfast doctor"),
		Long: "Looks at every file that a client on this machine is configured with, as that client reads it, and says\n" +
			"what is wrong: where, in one sentence, and what to do. Nothing is sent, nothing is started, and no secret\n" +
			"is shown. With NAME, what is wrong with the servers of that name; with -c FILE, with that file.\n\n" +
			"x is an error, ! a warning, i a note. --fix makes the changes that can only be meant, and leaves every other\n" +
			"byte of a file as it is; with --dry-run it shows them. The exit code is 1 where there are errors, with\n" +
			"--strict where there are warnings too, and 0 else.",
		Example: "  headfast doctor\n  headfast doctor acme\n  headfast doctor --fix --dry-run\n  headfast doctor -c .vscode/mcp.json --as vs-code\n" +
			"  headfast doctor --strict --sarif headfast.sarif    for code scanning in CI\n  headfast doctor --list-checks",
		ValidArgsFunction: a.completeServer,
		RunE: func(cmd *cobra.Command, args []string) error {
			c.names = args
			return c.run(cmd.Context())
		},
	})
	f := cmd.Flags()
	f.StringVar(&c.sarif, "sarif", "", "write the findings as SARIF 2.1.0 into this `FILE`; - is stdout, in the place of the screen")
	f.BoolVar(&c.fix, "fix", false, "make the changes that can only be meant")
	f.BoolVar(&c.dryRun, "dry-run", false, "with --fix: show the changes, and make none")
	f.BoolVar(&c.strict, "strict", false, "let warnings count as errors")
	f.BoolVar(&c.list, "list-checks", false, "list what is looked for, and look at nothing")
	_ = cmd.MarkFlagFilename("sarif", "sarif", "json")
	return cmd
}

func (c *checkup) run(ctx context.Context) error {
	c.doc = &document{}
	c.store.forgo()
	switch {
	case c.list:
		return c.listChecks()
	case c.dryRun && !c.fix:
		return usage("--dry-run is for --fix", "Write: headfast doctor --fix --dry-run")
	case c.sarif == "-" && c.flags.json:
		return usage("--sarif - and --json both print a document", "Write --sarif FILE.")
	}
	var files []*patient
	err := c.withClient(ctx, func(client *host.Client) (err error) {
		if files, err = c.files(ctx, client); err != nil {
			return err
		}
		if err = c.look(ctx, client, files); err == nil && c.fix {
			err = c.mend(ctx, client, files)
		}
		return err
	})
	if err != nil {
		return err
	}
	if files, err = c.only(files); err != nil {
		return err
	}
	if err := c.report(files); err != nil {
		return err
	}
	if errors, warnings, _ := count3(files); errors > 0 || c.strict && warnings > 0 {
		c.code = exit.Findings
	}
	warm.Start(warmCommand)
	return nil
}

// patient is one file and what was found in it.
type patient struct {
	shared
	shown    string
	text     []byte
	facts    host.Facts
	servers  []host.Server
	findings []msg.Finding
	// dialect is the client's, as the core has taken the file.
	dialect string
	// unread says that the text could not be had.
	unread bool
	// mended are the changes that were made, or would be.
	mended []change
}

// files are those of -c, or all that are found.
func (c *checkup) files(ctx context.Context, client *host.Client) ([]*patient, error) {
	if path := c.flags.config; path != "" || len(c.flags.as) > 0 {
		if path == "" {
			var err error
			if path, err = findConfig(); err != nil {
				return nil, err
			}
		}
		whole, err := filepath.Abs(path)
		if err != nil {
			return nil, err
		}
		p := newPatient(shared{Found: host.Found{Path: whole, Dialect: c.dialectOf()}})
		if p.unread {
			return nil, located(newFault(problem.NoConfig, p.shown+" cannot be read", p.findings[0].Problem.Body, "Name a file with -c FILE."), p.shown)
		}
		return []*patient{p}, nil
	}
	here, err := os.Getwd()
	if err != nil {
		return nil, newFault(problem.NoConfig, "The working folder is not known", err.Error()+".", "Name a file with -c FILE.")
	}
	from := clientIDs(c.flags.from)
	if err := checkClients(client, "--from", from); err != nil {
		return nil, err
	}
	var all []*patient
	found, left, err := client.Survey(ctx, here)
	c.warnLeft(left)
	for _, f := range together(slices.DeleteFunc(found, func(f host.Found) bool { return len(from) > 0 && !slices.Contains(from, f.Dialect) })) {
		all = append(all, newPatient(f))
	}
	if err == nil && len(all) == 0 {
		err = newFault(problem.NoConfig, "There is no configuration",
			"There is no "+fileName+" here or in a parent folder, and no file of another client.", example)
	}
	return all, err
}

// newPatient reads a file. One that cannot be read has that as its finding.
func newPatient(f shared) *patient {
	p := &patient{shared: f, shown: shownPath(f.Path), facts: host.FactsOf(f.Path, f.Scope), dialect: f.Dialect}
	text, err := textfile.Read(f.Path, mostText)
	if err != nil {
		p.unread = true
		p.fail(problem.NoConfig, "the file cannot be read", pathError(err)+".", "Make it readable, or remove it.")
	}
	p.text = text
	return p
}

// fail is a finding about the file as a whole.
func (p *patient) fail(code, title, body, hint string) {
	where := msg.Position{File: p.shown}
	p.findings = []msg.Finding{{Check: "bad-syntax", Problem: msg.Error{Code: code, Party: "caller", Severity: "error", Title: title, Body: body, Hint: hint, Where: where},
		At: msg.Span{From: where, To: where}}}
}

// look has the core look at all files at once. Where that fails each is looked at by itself, in a core of its own: one file
// must not take the others with it.
func (c *checkup) look(ctx context.Context, client *host.Client, files []*patient) error {
	readable := slices.DeleteFunc(slices.Clone(files), func(p *patient) bool { return p.unread })
	if len(readable) == 0 {
		return nil
	}
	err := examine(ctx, client, readable)
	if err == nil || ctx.Err() != nil {
		return err
	}
	for _, p := range readable {
		err := c.withClient(ctx, func(client *host.Client) error { return examine(ctx, client, []*patient{p}) })
		if err != nil {
			reason := asFault(err).reason
			p.fail(reason.Code, "the file cannot be looked at: "+reason.Title, reason.Body, reason.Hint)
		}
	}
	return nil
}

// examine has a core look at files.
func examine(ctx context.Context, client *host.Client, files []*patient) error {
	configs := make([]*host.Config, len(files))
	for i, p := range files {
		config, err := client.LoadToLint(p.shown, p.text, host.InFolder(filepath.Dir(p.Path)), host.AsClient(p.Dialect), host.WithFacts(p.facts))
		if err != nil {
			return err
		}
		configs[i], p.servers = config, config.Servers()
		if config.Dialect() != "" {
			p.dialect = config.Dialect()
		}
	}
	findings, err := client.Lint(ctx, configs...)
	if err != nil {
		return err
	}
	for i, p := range files {
		p.findings = slices.DeleteFunc(slices.Clone(findings), func(f msg.Finding) bool { return !configs[i].Has(f) })
	}
	return nil
}

// only leaves what is to be told: nothing of files that are for other things too and have no servers, and of named servers
// only what is about them.
func (c *checkup) only(files []*patient) ([]*patient, error) {
	known := map[string]bool{}
	files = slices.DeleteFunc(files, func(p *patient) bool {
		for _, name := range p.named() {
			known[name] = true
		}
		return c.flags.config == "" && len(p.mended) == 0 && (len(p.servers) == 0 && p.forOthers() || len(c.names) > 0 && !p.has(c.names))
	})
	for _, name := range c.names {
		if !known[name] {
			return nil, newFault(problem.NoSuchServer, "No file has a server "+name, "", "headfast servers lists what there is.")
		}
	}
	for _, p := range files {
		if len(c.names) > 0 {
			p.findings = slices.DeleteFunc(p.findings, func(f msg.Finding) bool { return f.Problem.Server != "" && !slices.Contains(c.names, f.Problem.Server) })
		}
	}
	return files, nil
}

// forOthers says that the file is for other things than servers too, and without them there is nothing wrong with it.
func (p *patient) forOthers() bool {
	return !strings.Contains(filepath.Base(p.Path), "mcp") &&
		!slices.ContainsFunc(p.findings, func(f msg.Finding) bool { return f.Check != "wrong-top-key" || len(f.Fixes) > 0 })
}

func (p *patient) has(names []string) bool {
	return slices.ContainsFunc(p.named(), func(name string) bool { return slices.Contains(names, name) })
}

// named are the servers of the file, also of one that its client cannot read.
func (p *patient) named() (names []string) {
	for _, s := range p.servers {
		names = append(names, s.Name)
	}
	for _, f := range p.findings {
		if f.Problem.Server != "" {
			names = append(names, f.Problem.Server)
		}
	}
	return names
}

// listChecks lists all rules.
func (c *checkup) listChecks() error {
	var b strings.Builder
	for _, check := range problem.Checks {
		c.doc.Checks = append(c.doc.Checks, checkView(check))
		b.WriteString(c.mark(check.Severity) + "  " + join("  ", c.out.Bold(check.Name), check.Text) + "\n")
	}
	return c.print(b.String())
}
