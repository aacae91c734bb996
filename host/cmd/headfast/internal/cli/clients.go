package cli

import (
	_ "embed"

	"github.com/spf13/cobra"
)

// clientsText is the table that the core reads by, for people: package dialect's tests write it.
//
//go:embed clients.txt
var clientsText string

// clientsTopic is "headfast help clients".
func clientsTopic() *cobra.Command {
	return &cobra.Command{Use: "clients", Short: "Whose configuration files are read, where they lie, and how each writes a variable", Long: clientsText}
}
