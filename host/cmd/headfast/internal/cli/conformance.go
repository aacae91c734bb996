package cli

import (
	"context"
	"errors"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/conformance/client"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/spf13/cobra"
)

func (a *app) conformanceCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "conformance URL", Short: "Be the client of a scenario of MCP's conformance suite", Hidden: true, Args: words(1, 1, "headfast conformance URL"),
		Long: "Takes the steps of one client scenario of the official suite, @modelcontextprotocol/conformance, against\n" +
			"the server at URL, which the suite starts. The suite names the scenario in MCP_CONFORMANCE_SCENARIO, the\n" +
			"revision in MCP_CONFORMANCE_PROTOCOL_VERSION, and what else a step needs in MCP_CONFORMANCE_CONTEXT. The\n" +
			"exit code is 0 when every step went well; what the server saw is for the suite to judge.",
		Example: "  npx @modelcontextprotocol/conformance client --command \"headfast conformance\" --scenario tools_call --spec-version 2026-07-28",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.conformance(cmd.Context(), args[0]) },
	}
	cmd.Flags().BoolVar(&a.flags.trace, "trace", false, "show every HTTP exchange, on stderr")
	return cmd
}

func (a *app) conformance(ctx context.Context, url string) error {
	a.doc = &document{}
	env := client.FromEnvironment()
	if env.Scenario == "" {
		return usage("No scenario is named", "The suite sets MCP_CONFORMANCE_SCENARIO. See: headfast conformance --help")
	}
	// The scenario's own person, keys and store: what a suite signs in to is of no use afterwards.
	open := func(ctx context.Context, scenario host.Options) (*host.Client, error) {
		o := a.options()
		o.SignIn, o.Accounts, o.ClientDocument = scenario.SignIn, scenario.Accounts, scenario.ClientDocument
		if scenario.Env != nil {
			o.Env = scenario.Env
		}
		return host.Open(ctx, o)
	}
	err := client.Run(ctx, open, env, url)
	if e := new(host.Error); err == nil || errors.As(err, &e) {
		return err
	}
	return newFault(problem.ServerError, "A step of the scenario failed", err.Error(), "")
}
