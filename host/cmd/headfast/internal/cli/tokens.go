package cli

import (
	"context"
	"strings"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/spf13/cobra"
)

func (a *app) tokensCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "tokens", Short: "List the sign-ins that are kept", Args: words(0, 0, "headfast tokens"),
		Long: "Lists every sign-in that is kept: to which server and for which profile, who issued the token to which client and\n" +
			"for what, when it ends and whether it renews by itself, and its last four characters. No token is ever shown,\n" +
			"and nothing is sent.\n\n" + storeHelp,
		Example: "  headfast tokens\n  headfast tokens --json",
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.tokens(cmd.Context()) },
	}
	cmd.Flags().BoolVar(&a.flags.json, "json", false, "print one JSON object (see: headfast help json)")
	return cmd
}

func (a *app) tokens(ctx context.Context) error {
	a.doc = &document{}
	return a.withClient(ctx, func(client *host.Client) error {
		all, err := client.Accounts(ctx)
		if err != nil {
			return err
		}
		now := time.Now()
		a.doc.Store, a.doc.Accounts = a.store.Describe(), viewAccounts(all, now)
		var b strings.Builder
		for i, x := range all {
			if i > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(a.accountLines(x, now))
		}
		if err := a.print(b.String()); err != nil {
			return err
		}
		if err := a.warnDamaged(ctx); err != nil {
			return storeFault(err)
		}
		where := " in " + term.Line(a.store.Describe()) + "."
		if len(all) == 0 {
			a.say("There is no sign-in" + where + " Sign in: " + a.talk.Bold("headfast login NAME") + "\n")
			return nil
		}
		a.say("\n" + count(len(all), "sign-in") + where + "\n")
		return nil
	})
}
