// Command headfast connects to Model Context Protocol servers with exactly the credentials that .mcp.json
// names, and can say for every request why it sent what it sent.
package main

import (
	"os"

	"github.com/headfast/headfast/host/cmd/headfast/internal/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
