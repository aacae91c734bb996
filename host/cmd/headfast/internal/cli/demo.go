package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/host/demo"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/spf13/cobra"
)

// The key and the header are those of the report that this project began with; the key is public.
const (
	demoKey    = "test-key-12345"
	demoHeader = "X-API-Key"
)

type demoFlags struct {
	port  uint16
	key   string
	cors  bool
	stdio bool
}

func (a *app) demoCommand() *cobra.Command {
	var f demoFlags
	cmd := &cobra.Command{
		Use: "demo-server", Short: "Run an MCP server that misbehaves on demand", Args: words(0, 0, "headfast demo-server"),
		Long: "Runs an MCP server on a loopback address. The path chooses what it does. Its URL is the one line on\n" +
			"stdout; every request is a line on stderr, keys as fingerprints. Ctrl-C ends it, with exit code 0.\n" +
			"With --stdio it speaks over its standard streams instead, as a server that a client starts.\n\n" +
			"Paths (those with \"key\" want the header " + demoHeader + "):\n" + demoPaths(),
		Example: "  headfast demo-server\n  headfast demo-server --port 8001 --key my-own-key --json\n  headfast demo-server --cors\n" +
			`  {"mcpServers": {"demo": {"command": "headfast", "args": ["demo-server", "--stdio"]}}}   in .mcp.json`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.stdio {
				return a.demoStdio(cmd.Context())
			}
			return a.demo(cmd.Context(), f)
		},
	}
	cmd.Flags().Uint16Var(&f.port, "port", 0, "the `PORT`; by default a free one")
	cmd.Flags().StringVar(&f.key, "key", demoKey, "the `KEY` that it wants in "+demoHeader)
	cmd.Flags().BoolVar(&f.cors, "cors", false, "let web pages of any origin use it")
	cmd.Flags().BoolVar(&f.stdio, "stdio", false, "speak over standard input and output, with no key and no paths")
	cmd.Flags().BoolVar(&a.flags.json, "json", false, `print {"url": …, "header": …} instead of the URL`)
	for _, other := range []string{"port", "key", "cors", "json"} {
		cmd.MarkFlagsMutuallyExclusive("stdio", other)
	}
	return cmd
}

func demoPaths() string {
	var b strings.Builder
	for _, p := range demo.Paths() {
		key := "   "
		if p.Key {
			key = "key"
		}
		fmt.Fprintf(&b, "  %-46s %s  %s\n", p.Pattern, key, p.About)
	}
	return b.String()
}

func (a *app) demo(ctx context.Context, f demoFlags) error {
	if f.key == "" {
		return usage("--key is empty", "Leave it out for the usual one, "+demoKey+".")
	}
	a.doc = &document{}
	server, err := demo.Start(demo.Options{Addr: fmt.Sprintf("127.0.0.1:%d", f.port), Key: f.key, Header: demoHeader, CORS: f.cors, Log: logScreen{a.talk}})
	if err != nil {
		return newFault(problem.Usage, fmt.Sprintf("The demo server cannot listen on port %d", f.port), err.Error()+".", "Leave --port out to take a free one.")
	}
	if err := a.announce(server.URL(""), f); err != nil {
		return err
	}
	<-ctx.Done()
	a.doc = nil // the one object was printed when it began
	if err := server.Close(); err != nil {
		return newFault(problem.Internal, "The demo server did not end cleanly", err.Error()+".", "")
	}
	return nil
}

// demoStdio serves the client that started it until that closes the input, or Ctrl-C.
func (a *app) demoStdio(ctx context.Context) error {
	ended := make(chan error, 1)
	go func() { ended <- demo.ServeStdio(ctx, a.in, wire{a.out}) }()
	select {
	case err := <-ended:
		if err != nil {
			return newFault(problem.Internal, "The demo server did not end cleanly", err.Error()+".", "")
		}
	case <-ctx.Done():
	}
	return nil
}

// announce prints the one line that says where the server is.
func (a *app) announce(url string, f demoFlags) error {
	if a.flags.json {
		o := object{[]byte{'{'}}
		o.text("url", url)
		o.text("header", demoHeader)
		return a.out.Print(string(o.out) + "}\n")
	}
	if err := a.print(url + "\n"); err != nil {
		return err
	}
	key := "the one that you gave"
	if f.key == demoKey {
		key = demoKey
	}
	a.say(fmt.Sprintf("The key is %s, in %s. The paths: headfast demo-server --help. Ctrl-C ends it.\n", key, demoHeader))
	return nil
}

// logScreen prints the server's log, which has what clients sent.
type logScreen struct{ to *term.Screen }

func (l logScreen) Write(line []byte) (int, error) {
	return len(line), l.to.Print(term.Text(string(line)))
}

// wire prints messages as they are.
type wire struct{ to *term.Screen }

func (w wire) Write(message []byte) (int, error) {
	return len(message), w.to.Print(string(message))
}
