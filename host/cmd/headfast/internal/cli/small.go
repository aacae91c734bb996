package cli

import (
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

// completeServer offers the names of the configuration's servers.
func (a *app) completeServer(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var names []string
	err := a.withConfig(cmd.Context(), func(_ *host.Client, config *host.Config) error {
		names = slices.DeleteFunc(serverNames(config), func(name string) bool { return !plainWord(name) })
		return nil
	})
	a.doc = nil
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	return names, cobra.ShellCompDirectiveNoFileComp
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
	return commandLine(words, form)
}

// plainWord says that every shell takes it for one word, and headfast for no flag.
func plainWord(word string) bool {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=…-"
	return word != "" && (word[0] != '-' || word == "-c" || word == "--profile" || word == "--as") && strings.Trim(word, plain) == ""
}
