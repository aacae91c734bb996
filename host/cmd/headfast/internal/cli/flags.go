package cli

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/headfast/headfast/host/cmd/headfast/internal/form"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/spf13/cobra"
)

// flags are what the commands share.
type flags struct {
	config  string
	as      []string
	compare []string
	from    []string
	json    bool
	trace   bool
	har     string
	curl    bool
	timeout time.Duration

	revision, logLevel string
	roots              []string
	noInput, fresh     bool
	answers            []string

	cacerts   []string
	cert, key string
	proxy     string

	profile           string
	trust             bool
	signIn, noBrowser bool
}

// defaultTimeout bounds connecting, and then each request.
const defaultTimeout = 30 * time.Second

// share gives a command the flags of all that read the configuration.
func (a *app) share(cmd *cobra.Command) *cobra.Command {
	f := cmd.Flags()
	f.StringVarP(&a.flags.config, "config", "c", "", "the configuration `FILE` (default the nearest .mcp.json, and then all clients' files)")
	f.StringArrayVar(&a.flags.from, "from", nil, "only what this `CLIENT` is configured with: claude-code, vs-code, codex, …; repeatable")
	_ = cmd.RegisterFlagCompletionFunc("from", a.completeClient)
	f.StringArrayVar(&a.flags.as, "as", nil, "read the file as this `CLIENT` reads its own: vs-code, codex, … (default by where it lies and what is in it)")
	_ = cmd.RegisterFlagCompletionFunc("as", a.completeClient)
	f.BoolVar(&a.flags.json, "json", false, "print one JSON object (see: headfast help json)")
	f.BoolVar(&a.flags.trace, "trace", false, "show every HTTP exchange and the rule that chose its credential, and what a process says, on stderr")
	f.DurationVar(&a.flags.timeout, "timeout", defaultTimeout, "bound connecting, and then each request: 500ms, 30s, 2m")
	_ = cmd.MarkFlagFilename("config", "json") // fails only for a flag that is not there
	run := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if a.flags.timeout <= 0 {
			return usage("--timeout must be more than 0", "Write --timeout 30s, for example.")
		}
		if len(a.flags.from) > 0 && (a.flags.config != "" || len(a.flags.as) > 0) {
			return usage("--from contradicts -c and --as", "--from takes the files that a client has; -c FILE --as CLIENT takes this one, and says whose it is.")
		}
		if err := a.checkAs(); err != nil {
			return err
		}
		return run(cmd, args)
	}
	return cmd
}

// logLevels are MCP's, the least severe first.
var logLevels = []string{"debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"}

// networking gives a command the flags of all that go over the network, besides those that share has.
func (a *app) networking(cmd *cobra.Command) *cobra.Command {
	cmd = a.share(cmd)
	f := cmd.Flags()
	f.StringArrayVar(&a.flags.cacerts, "cacert", nil, "trust the authorities of this PEM `FILE` too; repeatable")
	f.BoolVar(&a.flags.trust, "trust", false, "let the entry of a file that was found act in this run, without being asked; -c FILE does so too")
	f.StringVar(&a.flags.proxy, "proxy", "", "the proxy's `URL`, or none (default HTTPS_PROXY, HTTP_PROXY and NO_PROXY)")
	_ = cmd.MarkFlagFilename("cacert", "pem", "crt", "key")
	a.profiled(cmd)
	a.recording(cmd)
	run := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := a.checkFlags(); err != nil {
			return err
		}
		return run(cmd, args)
	}
	return cmd
}

// certified gives a command the flags of a client certificate.
func (a *app) certified(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&a.flags.cert, "cert", "", "show this client certificate to the server, and to no other: a PEM `FILE`")
	f.StringVar(&a.flags.key, "key", "", "the key of --cert: a PEM `FILE` (default the same)")
	_ = cmd.MarkFlagFilename("cert", "pem", "crt", "key")
	_ = cmd.MarkFlagFilename("key", "pem", "crt", "key")
}

// profiled gives a command --profile.
func (a *app) profiled(cmd *cobra.Command) {
	cmd.Flags().StringVar(&a.flags.profile, "profile", "", "the `NAME` of the account, where there is more than one for a server")
	_ = cmd.RegisterFlagCompletionFunc("profile", cobra.NoFileCompletions)
}

// connecting gives a command the flags of all that connect, besides those that networking has.
func (a *app) connecting(cmd *cobra.Command) *cobra.Command {
	cmd = a.networking(cmd)
	a.certified(cmd)
	f := cmd.Flags()
	f.BoolVar(&a.flags.signIn, "sign-in", false, "have the page opened, though this is no terminal, where the entry asks for sign-in: \"auth\": \"oauth\", or oauth")
	f.StringVar(&a.flags.revision, "revision", "", "speak this revision of MCP and no other: `VERSION` such as 2025-11-25")
	f.StringVar(&a.flags.logLevel, "log-level", "", "show what the server logs at this `LEVEL` and above, on stderr: "+strings.Join(logLevels, ", "))
	f.StringArrayVar(&a.flags.roots, "root", nil, "tell the server that it may work in `DIR`; repeatable")
	f.BoolVar(&a.flags.noInput, "no-input", false, "ask nothing: open no page to sign in, and decline what the server asks and --answer does not answer")
	f.StringArrayVar(&a.flags.answers, "answer", nil, "answer the server's forms: `KEY=VALUE`, KEY:=JSON, '{…}' or @FILE; repeatable")
	f.BoolVar(&a.flags.fresh, "fresh", false, "ask the server though an earlier answer may still be used")
	_ = cmd.MarkFlagDirname("root")
	_ = cmd.RegisterFlagCompletionFunc("log-level", cobra.FixedCompletions(cobraWords(logLevels), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func cobraWords(words []string) (out []cobra.Completion) {
	for _, w := range words {
		out = append(out, w)
	}
	return out
}

// checkFlags says what is wrong before anything is opened, and reads --answer and --root.
func (a *app) checkFlags() error {
	f := &a.flags
	if f.logLevel != "" && !slices.Contains(logLevels, f.logLevel) {
		return usage(fmt.Sprintf("--log-level does not know %q", f.logLevel), "Use one of "+problem.Join(logLevels)+".")
	}
	if f.signIn && f.noInput {
		return usage("--sign-in and --no-input contradict each other", "Leave one of them out.")
	}
	if f.key != "" && f.cert == "" {
		return usage("--key is given without --cert", "Name the certificate with --cert FILE.")
	}
	if f := a.checkHAR(); f != nil {
		return f
	}
	var err error
	if a.answers, err = form.ParseAnswers(f.answers); err != nil {
		return newFault(problem.Usage, "--answer cannot be read", err.Error()+".", "Write --answer key=value, --answer '{…}' or --answer @file.")
	}
	a.roots, err = roots(f.roots)
	return err
}
