package cli

import (
	"fmt"
	"strings"

	"github.com/headfast/headfast/host/cmd/headfast/internal/exit"
	"github.com/spf13/cobra"
)

const intro = `Headfast connects to Model Context Protocol (MCP) servers with exactly the credentials that
your clients' files name, and can say for every request why it sent what it sent. A configured key is never
swapped for a sign-in.`

const rootExamples = `  headfast servers                          what the configuration says
  headfast doctor                           what is wrong with all configurations, and --fix
  headfast explain acme                     what would be sent, and why; sends nothing
  headfast explain acme --probe             ask the server what it is, and what is wrong
  headfast translate acme --to codex        the entry as another client's file would have it
  headfast tools acme                       list the tools
  headfast call acme echo text=hello        call one
  headfast read acme file:///notes.md       read a resource
  headfast prompt acme greet who=Ann        get a prompt
  headfast login acme                       sign in, where a server wants that (OAuth)
  headfast watch acme                       what the server tells by itself
  headfast tools acme --json                one JSON object
  headfast demo-server                      a server to try all this with`

const jsonShape = `With --json, stdout has exactly one JSON object, for errors too. Members that are not known are left out:
  server, url, revision   the server's name and URL, and the revision of MCP in use
  command, env            of a server that is a process: what is started, and [{name, variable: [names]}]
  auth                    {mode, reason, origin, headers: [{name, source: "file:line", variable: [names],
                          fingerprint, credential, sent, note}], rules: [{name, won, why}]}
  client, scope, alsoIn   whose file the entry is in, where that was found, and where others of its name stand
  helper                  {program, source: "file:line"} of a headersHelper
  meanings                (explain --compare) [{client, used, same, reason, transports, headers: as in auth, notes}]
  probe                   (explain --probe) {transport, revision, url, challenge, issuers, requests: [{method, url, status,
                          credential, note}], fix: {title, edits: [{where, end, text}]}}
  tools, resources, resourceTemplates, prompts
                          (tools, resources, prompts) a list, each byte for byte as the server sent it
  ping                    (ping) {ms, method, era, revision, transport}
  result                  (call, read, prompt, complete) the result, byte for byte
  asked                   what the server asked you: [{method, mode: form|url, action: accept|decline|cancel}]
  store, accounts         (tokens, login, explain) where sign-ins are kept, and [{key, url, profile, issuer, resource,
                          client, scope, scheme, fingerprint, expires, expiresIn: seconds, renews, problem}]
  translation(s)          (translate) {client, text, file, scope, replaces, written, losses: [{text, where: "file:line:column"}]}
  forgotten               (logout) the keys of the sign-ins that were forgotten, and the files of damaged ones; (inputs
                          forget) the keys of the answers
  trusted, revoked        (trust) what you have agreed to: [{key, server, file, agreed, facts: [{name, text}]}]
  inputs                  (inputs list) the answers that are kept, never what was answered: [{key, input, file, origin, when,
                          problem}]
  findings                (doctor) [{check, severity: error|warning|info, code, title, message, hint, client, server,
                          where, path, at: {start, end: bytes, line, column, endLine, endColumn},
                          fixes: [{title, safe, edits: [{at, text}]}]}]
  fixed, checks           (doctor --fix) [{path, title, where, edits}]; (--list-checks) [{name, severity, text}]
  clients, schema         (schema) the clients that have a JSON Schema, or the schema of one
  servers                 (servers) [{name, transport, url, auth, where, problems: like error, client, scope, shadowedBy,
                          disabled, alsoReadBy}]
  curl                    (--curl) for each request a command of curl, with comments before it that say what must be set
  warnings                problems that stop nothing, like error
  error                   {code, severity, title, message, hint, where: "file:line:column",
                          outcome: not_sent|unknown|server_error|cancelled, exit, status, rpcCode, rpcData}
watch prints one object for each notification, in a line of its own: {method, params}, {gap} or {ended}.`

// root is the whole tree of commands.
func (a *app) root(args []string) *cobra.Command {
	showVersion := false
	root := &cobra.Command{
		Use: "headfast", Short: "Connect to MCP servers with the credentials that you configured", Long: intro, Example: rootExamples,
		SilenceErrors: true, SilenceUsage: true,
		Args: func(cmd *cobra.Command, args []string) error { return unknownCommand(cmd, args) },
		RunE: func(cmd *cobra.Command, _ []string) error {
			if showVersion {
				return a.showVersion()
			}
			return cmd.Help()
		},
	}
	// Not cobra's own: its template would have the linker keep every method there is, 3 MB of them.
	root.Flags().BoolVarP(&showVersion, "version", "v", false, "print the version")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		if word := firstWord(args); cmd == root && word != "" {
			return unknownCommand(root, []string{word})
		}
		return usage(err.Error(), "See: "+cmd.CommandPath()+" --help")
	})
	root.AddCommand(a.serversCommand(), a.doctorCommand(), a.explainCommand(), a.translateCommand(), a.pingCommand(), a.toolsCommand(), a.callCommand(),
		a.resourcesCommand(), a.readCommand(), a.promptsCommand(), a.promptCommand(), a.completeCommand(), a.watchCommand(),
		a.loginCommand(), a.logoutCommand(), a.tokensCommand(), a.trustCommand(), a.inputsCommand(), a.schemaCommand(),
		a.demoCommand(), a.versionCommand(), a.warmCommand(), a.conformanceCommand(), codesTopic(), jsonTopic(), oauthTopic(), helperTopic(), clientsTopic())
	root.AddCommand(codeTopics()...)
	root.SetHelpCommand(a.helpCommand(root))
	usual := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		if cmd == root {
			if a.misled = misled(root, beforeDashes(args)); a.misled != nil {
				return
			}
		}
		usual(cmd, nil)
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

// jsonTopic is "headfast help json".
func jsonTopic() *cobra.Command {
	return &cobra.Command{Use: "json", Short: "What --json prints", Long: jsonShape}
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
