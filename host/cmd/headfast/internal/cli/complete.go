package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/arguments"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/spf13/cobra"
)

const (
	completeForm = "headfast complete NAME prompt:PROMPT|URI-TEMPLATE ARGUMENT VALUE [key=value …]"
	// promptRef begins what is completed for a prompt.
	promptRef = "prompt:"
)

func (a *app) completeCommand() *cobra.Command {
	return a.connecting(&cobra.Command{
		Use: strings.TrimPrefix(completeForm, "headfast "), Short: "Ask a server how an argument may go on", Args: words(4, -1, completeForm),
		Long: "Asks the server which values an argument of a prompt or of a resource template may have that begin with\n" +
			"VALUE, which may be empty (''). key=value are other arguments that are known already.",
		Example:           "  headfast complete acme prompt:greet who A\n  headfast complete acme 'file:///{path}' path no\n  headfast complete acme prompt:greet city '' country=at",
		ValidArgsFunction: a.completing(promptRefs, templateNames),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.complete(cmd.Context(), args)
		},
	})
}

func (a *app) complete(ctx context.Context, args []string) error {
	known := arguments.Given{}
	if len(args) > 4 {
		var err error
		if known, err = a.arguments(ctx, args[4:], completeForm); err != nil {
			return err
		}
	}
	others, err := texts(known, completeForm)
	if err != nil {
		return err
	}
	ref := host.ResourceRef(args[1])
	if prompt, ok := strings.CutPrefix(args[1], promptRef); ok {
		ref = host.PromptRef(prompt)
	}
	return a.withTarget(ctx, args[0], func(ctx context.Context, t *target) error {
		session, err := t.connect(ctx)
		if err != nil {
			return err
		}
		c, err := waited(t, "completing at ", func() (*host.Completion, error) {
			return session.Complete(ctx, ref, args[2], args[3], others, t.listOptions()...)
		})
		if err != nil {
			return err
		}
		t.doc.Result = c.Raw
		var b strings.Builder
		for _, v := range c.Values {
			b.WriteString(term.Line(v) + "\n")
		}
		if err := t.print(b.String()); err != nil {
			return err
		}
		t.say(countValues(c) + "\n")
		return nil
	})
}

func countValues(c *host.Completion) string {
	text := count(len(c.Values), "value")
	switch {
	case c.Total != nil && *c.Total > int64(len(c.Values)):
		text += fmt.Sprintf(" of %d", *c.Total)
	case c.HasMore:
		text += " and more"
	}
	return text + "."
}
