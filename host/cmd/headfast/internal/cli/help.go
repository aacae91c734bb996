package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// helpCommand is "headfast help". Cobra's own ends with 0 where there is no such topic.
func (a *app) helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND|TOPIC]", Short: "Help about a command, a problem's code, or a topic",
		Long:    "Says more of a command, of a problem by its code, or of one of the topics that headfast --help lists.",
		Example: "  headfast help tools\n  headfast help HF101\n  headfast help json",
		ValidArgsFunction: func(_ *cobra.Command, args []string, typed string) (words []string, _ cobra.ShellCompDirective) {
			if at, _, err := root.Find(args); err == nil {
				for _, sub := range at.Commands() {
					if !sub.Hidden && strings.HasPrefix(sub.Name(), typed) {
						words = append(words, sub.Name())
					}
				}
			}
			return words, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			topic, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return noTopic(root, args)
			}
			topic.InitDefaultHelpFlag()
			return topic.Help()
		},
	}
}

func noTopic(root *cobra.Command, args []string) error {
	topic := strings.Join(args, " ")
	hint := "headfast --help lists the commands and topics."
	root.SuggestionsMinimumDistance = 2
	switch near := root.SuggestionsFor(args[0]); {
	case len(near) > 0:
		hint = "Did you mean headfast help " + strings.Join(near, " or headfast help ") + "?"
	case len(topic) > 2 && strings.EqualFold(topic[:2], "HF"):
		hint = "headfast help codes lists every problem."
	}
	return usage(fmt.Sprintf("There is no topic %q", topic), hint)
}

// misled is what --help is behind a command that is not there: cobra would show all of the help, and end with 0.
func misled(root *cobra.Command, args []string) error {
	word := firstWord(args)
	if word == "" {
		return nil
	}
	if cmd, _, err := root.Find([]string{word}); err == nil && cmd != root {
		return nil
	}
	return unknownCommand(root, []string{word})
}
