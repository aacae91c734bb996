package cli

import (
	"encoding/json"
	"strings"

	"github.com/headfast/headfast/host/schemas"
	"github.com/spf13/cobra"
)

func (a *app) schemaCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "schema [CLIENT]", Short: "Print a JSON Schema of a client's file", Args: words(0, 1, "headfast schema CLIENT"),
		Long: "Prints a JSON Schema (draft-07) of the MCP part of a client's file, for editors: what the client reads, and the fields\n" +
			"that are Headfast's own. What the client does not know is allowed in it. Without CLIENT it lists the clients that\n" +
			"have one: those whose file is JSON.",
		Example: "  headfast schema\n  headfast schema vs-code > mcp.schema.json\n  headfast schema claude-code --json",
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return schemas.IDs(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.schema(first(args)) },
	}
	cmd.Flags().BoolVar(&a.flags.json, "json", false, "print one JSON object (see: headfast help json)")
	return cmd
}

func (a *app) schema(client string) error {
	a.doc = &document{}
	if client == "" {
		a.doc.Clients = schemas.IDs()
		return a.print(strings.Join(a.doc.Clients, "\n") + "\n")
	}
	schema, ok := schemas.Of(client)
	if !ok {
		f := usage("There is no JSON Schema for "+quoted(client), "headfast schema lists the clients that have one: those whose file is JSON.")
		if near := near(client, schemas.IDs()); len(near) > 0 {
			f.Hint = "Did you mean " + strings.Join(near, " or ") + "?"
		}
		return f
	}
	a.doc.Schema = json.RawMessage(schema)
	return a.print(string(schema))
}
