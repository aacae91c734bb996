package cli

import (
	"slices"
	"strings"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/spf13/cobra"
)

// everyClient is the name of --compare that stands for all clients.
const everyClient = "all"

// otherNames are what people also call clients, with the IDs of their dialects.
var otherNames = map[string]string{
	"vscode": "vs-code", "code": "vs-code", "claude": "claude-code", "gemini-cli": "gemini", "codex-cli": "codex", "roo": "roo-code",
	"copilot": "copilot-cli", "junie": "jetbrains", "amazonq": "amazon-q", "lmstudio": "lm-studio", "mcp-inspector": "inspector",
}

// clientIDs are the IDs of clients as a person names them: in any case, by a usual other name.
func clientIDs(names []string) []string {
	ids := make([]string, len(names))
	for i, name := range names {
		ids[i] = strings.ReplaceAll(strings.ToLower(name), " ", "-")
		if id := otherNames[ids[i]]; id != "" {
			ids[i] = id
		}
	}
	return ids
}

// checkClients refuses a client that is not known.
func checkClients(client *host.Client, flag string, ids []string) error {
	for _, id := range ids {
		if !slices.Contains(client.Dialects(), id) {
			return usage(flag+" does not know "+id, "Use one of "+problem.Join(client.Dialects())+".")
		}
	}
	return nil
}

// sortAs is for explain: --as says whose file it is where -c names one, and else names clients to compare with.
func (a *app) sortAs() {
	f := &a.flags
	if f.config == "" || len(f.as) != 1 || f.as[0] == everyClient {
		f.compare, f.as = append(f.compare, f.as...), nil
	}
}

// dialectOf is how the file is read: as --as says. Empty has the core guess it.
func (a *app) dialectOf() string {
	if len(a.flags.as) == 0 {
		return ""
	}
	return clientIDs(a.flags.as)[0]
}

// checkAs refuses more than one client where the file is to be read as one.
func (a *app) checkAs() error {
	if len(a.flags.as) > 1 {
		return usage("--as is given twice", "A file is read as one client's; headfast explain --compare takes several.")
	}
	return nil
}

// completeClient lists the clients for --as, --from and --compare.
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
