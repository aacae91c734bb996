package cli

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/spf13/cobra"
)

func (a *app) readCommand() *cobra.Command {
	output := ""
	cmd := a.connecting(&cobra.Command{
		Use: "read NAME URI", Short: "Read a resource", Args: words(2, 2, "headfast read NAME URI"),
		Long: "Reads one resource and prints its text; characters that would act on the terminal are made visible.\n" +
			"Of what is binary it says so. --output writes the bytes as they are to a file, or to stdout with -.\n\n" + askingHelp,
		Example: "  headfast read acme file:///notes/today.md\n  headfast read acme img://logo --output logo.png\n" +
			"  headfast read acme img://logo --output - | sha256sum\n  headfast read acme file:///a.txt --json",
		ValidArgsFunction: a.completing(resourceURIs),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.read(cmd.Context(), args[0], args[1], output)
		},
	})
	cmd.Flags().StringVarP(&output, "output", "o", "", "write the bytes to this `FILE`; - is stdout")
	return cmd
}

func (a *app) read(ctx context.Context, name, uri, output string) error {
	if output == "-" && a.flags.json {
		return usage("--output - and --json both want stdout", "Leave one of them out, or name a file.")
	}
	if output == "-" && a.out.TTY() {
		return usage("--output - writes the server's bytes as they are, and this is a terminal", "Pipe it into something, or name a file.")
	}
	return a.withTarget(ctx, name, func(ctx context.Context, t *target) error {
		session, err := t.connect(ctx)
		if err != nil {
			return err
		}
		b := t.busy("reading " + uri)
		result, err := session.ReadResource(ctx, uri, t.workOptions(b, uri)...)
		b.stop()
		if err != nil {
			return t.withNear(ctx, session, err, "resource", uri, resourceURIs)
		}
		t.doc.Result = result.Raw
		if output != "" {
			return t.write(result, output)
		}
		return t.print(contentsScreen(result))
	})
}

// contentsScreen is text as it is, and one line for what is binary.
func contentsScreen(r *host.ReadResult) string {
	var b strings.Builder
	for i := range r.Contents {
		c := &r.Contents[i]
		if len(r.Contents) > 1 {
			fmt.Fprintf(&b, "== %s\n", term.Line(c.URI))
		}
		data, err := c.Bytes()
		switch kind := join(", ", "binary", c.MIMEType); {
		case err != nil:
			fmt.Fprintf(&b, "[%s]\n", term.Line(err.Error()))
		case c.IsText():
			b.WriteString(endLine(term.Text(string(data))))
		default:
			fmt.Fprintf(&b, "[%s, %s; --output FILE writes it]\n", term.Line(kind), size(len(data)))
		}
	}
	return b.String()
}

// write puts the bytes of all parts into a file, or on stdout.
func (t *target) write(r *host.ReadResult, output string) error {
	var all []byte
	for i := range r.Contents {
		data, err := r.Contents[i].Bytes()
		if err != nil {
			return newFault(problem.Protocol, "The resource cannot be read", strings.TrimPrefix(err.Error(), "headfast: ")+".", "This is for the server's operator.")
		}
		all = append(all, data...)
	}
	if output == "-" {
		if err := t.out.Print(string(all)); err != nil {
			return newFault(problem.Internal, "The result cannot be written", err.Error()+".", "")
		}
		return nil
	}
	if err := os.WriteFile(output, all, 0o666); err != nil {
		return newFault(problem.Usage, "--output cannot be written", err.Error()+".", "Name a file in a folder that is there.")
	}
	t.say(fmt.Sprintf("%s %s  %s\n", t.talk.Green("ok"), t.talk.Bold(output), t.talk.Dim(size(len(all)))))
	return nil
}
