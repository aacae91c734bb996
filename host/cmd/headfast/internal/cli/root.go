package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/headfast/headfast/host/cmd/headfast/internal/exit"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/spf13/cobra"
)

const intro = `Headfast connects to Model Context Protocol (MCP) servers with exactly the credentials that
.mcp.json names, and can say for every request why it sent what it sent. A configured key is never
swapped for a sign-in.`

const rootExamples = `  headfast servers                          what the configuration says
  headfast explain acme                     what would be sent, and why; sends nothing
  headfast tools acme                       list the tools
  headfast call acme echo text=hello        call one
  headfast tools acme --json                one JSON object
  headfast demo-server                      a server to try all this with`

const jsonShape = `With --json, stdout has exactly one JSON object, for errors too. Members that are not known are left out:
  server, url, revision   the server's name and URL, and the revision of MCP in use
  auth                    {mode, reason, origin, headers: [{name, source: "file:line", variable: [names],
                          fingerprint, credential, sent, note}], rules: [{name, won, why}]}
  tools                   (tools) a list of tools, each byte for byte as the server sent it
  result                  (call) the result, byte for byte
  servers                 (servers) [{name, transport, url, auth, where, problems}]
  warnings                problems that stop nothing, like error
  error                   {code, severity, title, message, hint, where: "file:line:column",
                          outcome: not_sent|unknown|server_error|cancelled, exit, status, rpcCode, rpcData}`

// root is the whole tree of commands.
func (a *app) root(args []string) *cobra.Command {
	root := &cobra.Command{
		Use: "headfast", Short: "Connect to MCP servers with the credentials that you configured", Long: intro, Example: rootExamples,
		SilenceErrors: true, SilenceUsage: true,
		Args: func(cmd *cobra.Command, args []string) error { return unknownCommand(cmd, args) },
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		if word := firstWord(args); cmd == root && word != "" {
			return unknownCommand(root, []string{word})
		}
		return usage(err.Error(), "See: "+cmd.CommandPath()+" --help")
	})
	root.AddCommand(a.serversCommand(), a.toolsCommand(), a.callCommand(), a.explainCommand(), a.demoCommand(),
		a.versionCommand(), a.warmCommand(), codesTopic(), jsonTopic())
	usual := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		usual(cmd, args)
		if cmd == root {
			cmd.Print("\nExit codes (headfast help codes lists every problem):\n" + exitCodes() + "\n" + jsonShape + "\n")
		}
	})
	return root
}

// firstWord is the first argument that is no flag: before a command, flags take no value.
func firstWord(args []string) string {
	for _, arg := range args {
		if !strings.HasPrefix(arg, "-") {
			return arg
		}
	}
	return ""
}

func unknownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := "headfast --help lists the commands."
	cmd.SuggestionsMinimumDistance = 2
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		hint = "Did you mean headfast " + strings.Join(near, " or headfast ") + "?"
	}
	return usage(fmt.Sprintf("There is no command %q", args[0]), hint)
}

func exitCodes() string {
	var b strings.Builder
	for _, m := range exit.All {
		fmt.Fprintf(&b, "  %3d  %s\n", m.Code, m.Text)
	}
	return b.String()
}

// codesTopic is "headfast help codes".
func codesTopic() *cobra.Command {
	var b strings.Builder
	b.WriteString("Every problem has a code that means one thing. In order: code, exit code, meaning.\n\n")
	for _, m := range problem.All {
		fmt.Fprintf(&b, "  %s  %3d  %s\n", m.Code, exit.Of(m.Code), m.Text)
	}
	return &cobra.Command{Use: "codes", Short: "The codes of all problems, with their exit codes", Long: b.String() + "\nExit codes:\n" + exitCodes()}
}

// jsonTopic is "headfast help json".
func jsonTopic() *cobra.Command {
	return &cobra.Command{Use: "json", Short: "What --json prints", Long: jsonShape}
}

// defaultTimeout bounds connecting, and then each request.
const defaultTimeout = 30 * time.Second

// share gives a command the flags of all that read the configuration.
func (a *app) share(cmd *cobra.Command) *cobra.Command {
	f := cmd.Flags()
	f.StringVarP(&a.flags.config, "config", "c", "", "the configuration `FILE` (default .mcp.json here or in the nearest parent folder)")
	f.BoolVar(&a.flags.json, "json", false, "print one JSON object (see: headfast help json)")
	f.BoolVar(&a.flags.trace, "trace", false, "show every HTTP exchange and the rule that chose its credential, on stderr")
	f.DurationVar(&a.flags.timeout, "timeout", defaultTimeout, "bound connecting, and then each request: 500ms, 30s, 2m")
	_ = cmd.MarkFlagFilename("config", "json") // fails only for a flag that is not there
	run := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if a.flags.timeout <= 0 {
			return usage("--timeout must be more than 0", "Write --timeout 30s, for example.")
		}
		return run(cmd, args)
	}
	return cmd
}

// words demands so many arguments, and says what to type.
func words(least, most int, form string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return usage("Something is missing behind "+cmd.CommandPath(), "Type: "+form)
		case most >= 0 && len(args) > most:
			return usage(fmt.Sprintf("%q is too much behind %s", args[most], cmd.CommandPath()), "Type: "+form)
		}
		return nil
	}
}
