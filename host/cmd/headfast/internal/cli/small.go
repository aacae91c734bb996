package cli

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/warm"
	"github.com/spf13/cobra"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: words(0, 0, "headfast version"), Example: "  headfast version",
		RunE: func(*cobra.Command, []string) error { return a.showVersion() },
	}
}

func (a *app) showVersion() error {
	a.doc = &document{}
	return a.print(fmt.Sprintf("headfast %s (%s, %s/%s, core %s)\n", host.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH, host.ModuleSHA256()[:12]))
}

// warmCommand is run by other runs of this program, in the background.
const warmCommand = "warm"

func (a *app) warmCommand() *cobra.Command {
	return &cobra.Command{
		Use: warmCommand, Short: "Compile the core into the user's cache, so that the next run starts fast", Hidden: true,
		Args: words(0, 0, "headfast warm"), Example: "  headfast warm",
		RunE: func(*cobra.Command, []string) error {
			a.doc = &document{}
			return warm.Run()
		},
	}
}

// completeServer offers the names of the servers: of the file that is named, else of all clients' files.
func (a *app) completeServer(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	a.quiet = true
	names := map[string]bool{}
	err := a.withNames(cmd.Context(), func(name string) { names[name] = plainWord(name) })
	a.doc = nil
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	return slices.DeleteFunc(keys(names), func(name string) bool { return !names[name] }), cobra.ShellCompDirectiveNoFileComp
}

func (a *app) withNames(ctx context.Context, yield func(string)) error {
	if a.flags.config != "" {
		return a.withConfig(ctx, func(_ *host.Client, config *host.Config) error {
			for _, name := range serverNames(config) {
				yield(name)
			}
			return nil
		})
	}
	return a.withFiles(ctx, func(client *host.Client) error {
		all, err := a.everywhere(ctx, client, nil)
		for _, e := range all {
			yield(e.server.Name)
		}
		return err
	})
}

// commandLine is a command for people to copy. Names come from servers and files: where one could mean more
// to a shell than a word, the form is shown instead.
func commandLine(words []string, form string) string {
	for _, w := range words {
		if !plainWord(w) {
			return "headfast " + form
		}
	}
	return "headfast " + strings.Join(words, " ")
}

// commandLine is the same with the file that the person named, so that what is copied does the same.
func (a *app) commandLine(words []string, form string) string {
	if file := a.flags.config; file != "" {
		words, form = append(words, "-c", file), form+" -c FILE"
		if as := a.flags.as; len(as) == 1 {
			words = append(words, "--as", as[0])
		}
	}
	for _, from := range a.flags.from {
		words, form = append(words, "--from", from), form+" --from CLIENT"
	}
	return commandLine(words, form)
}

// plainWord says that every shell takes it for one word, and headfast for no flag.
func plainWord(word string) bool {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=…-"
	return word != "" && (word[0] != '-' || word == "-c" || word == "--profile" || word == "--as" || word == "--from") && strings.Trim(word, plain) == ""
}
