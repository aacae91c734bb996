package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/spf13/cobra"
)

const logoutForm = "headfast logout NAME, headfast logout --key KEY, headfast logout --damaged, or headfast logout --all"

func (a *app) logoutCommand() *cobra.Command {
	key, all, damaged := "", false, false
	cmd := a.networking(&cobra.Command{
		Use: "logout [NAME]", Short: "Give a sign-in back, and forget it", Args: words(0, 1, logoutForm),
		Long: "Gives the token of a server's entry back to who issued it (RFC 7009), where that can be, and forgets it here in any\n" +
			"case. --key forgets one that no entry leads to any more: nobody is told. --damaged forgets what cannot be read any more,\n" +
			"and nothing else. --all is all of these.",
		Example:           "  headfast logout acme\n  headfast logout acme --profile work\n  headfast tokens\n  headfast logout --key mcp.acme.dev-0123456789abcdef\n  headfast logout --all",
		ValidArgsFunction: a.completeServer,
		RunE: func(cmd *cobra.Command, args []string) error {
			name := first(args)
			switch n := given(name != "") + given(key != "") + given(all) + given(damaged); {
			case n > 1:
				return usage("NAME, --key, --damaged and --all are four different things", "Type: "+logoutForm)
			case (key != "" || all || damaged) && a.flags.profile != "":
				return usage("--profile is for NAME", "Type: "+logoutForm)
			case key != "":
				return a.forget(cmd.Context(), key)
			case damaged:
				return a.logoutDamaged(cmd.Context())
			case all:
				return a.logoutAll(cmd.Context())
			}
			return a.logout(cmd.Context(), name)
		},
	})
	describeTimeout(cmd, "has no part in this: giving a token back takes 30s at most")
	cmd.Flags().StringVar(&key, "key", "", "forget the sign-in with this `KEY` of headfast tokens, and tell nobody")
	cmd.Flags().BoolVar(&damaged, "damaged", false, "forget the sign-ins whose files are damaged, and no other")
	cmd.Flags().BoolVar(&all, "all", false, "give back and forget every sign-in, and what is damaged")
	_ = cmd.RegisterFlagCompletionFunc("key", a.completeKey)
	return cmd
}

func given(is bool) int {
	if is {
		return 1
	}
	return 0
}

// completeKey offers the keys of the store; no keychain need be opened for them.
func (a *app) completeKey(cmd *cobra.Command, _ []string, _ string) (keys []string, _ cobra.ShellCompDirective) {
	all, _ := a.store.Keys(cmd.Context())
	for _, key := range all {
		if plainWord(key) && !strings.Contains(key, ":") {
			keys = append(keys, key)
		}
	}
	return keys, cobra.ShellCompDirectiveNoFileComp
}

func (a *app) logout(ctx context.Context, name string) error {
	a.keepsStore = true
	return a.withTarget(ctx, name, func(ctx context.Context, t *target) error {
		before, err := t.client.Accounts(ctx)
		if err != nil {
			return err
		}
		b := t.busy("signing out of " + t.explain.Server)
		warnings, err := t.config.Logout(ctx, t.explain.Server, t.flags.profile)
		b.stop()
		if err != nil {
			return err
		}
		for _, w := range warnings {
			t.warn(&asFault(w).reason)
		}
		given := map[string]bool{}
		if x := t.token(); x != nil {
			given[x.Key] = len(warnings) == 0
		}
		gone, err := t.forgotten(ctx, t.client, before, given)
		if err != nil {
			return err
		}
		if len(gone) > 0 {
			return nil
		}
		t.say("There was no sign-in to " + t.talk.Bold(t.explain.Server) + ".")
		if others := accountsOf(before, t.explain, anyProfile); len(others) > 0 {
			t.say(" Another profile, or an entry as it was before, has one: headfast tokens.")
		}
		t.say("\n")
		return nil
	})
}

// forgotten tells what is not there any more, and which of the tokens their issuers were given back.
func (a *app) forgotten(ctx context.Context, client *host.Client, before []host.Account, given map[string]bool) (gone []host.Account, err error) {
	after, err := client.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	left := map[string]bool{}
	for _, x := range after {
		left[x.Key] = true
	}
	a.doc.Forgotten = []string{}
	for _, x := range before {
		if left[x.Key] {
			continue
		}
		gone = append(gone, x)
		a.doc.Forgotten = append(a.doc.Forgotten, x.Key)
		what := x.URL
		if what == "" {
			what = x.Key
		}
		how := "forgotten here, and the authorization server was not told"
		switch {
		case given[x.Key]:
			how = "given back and forgotten"
		case x.Scheme == "":
			how = "forgotten"
		}
		a.say(fmt.Sprintf("%s "+how+": %s  %s\n", a.talk.Green("ok"), a.talk.Bold(what), a.talk.Dim(join(", ", profileName(x.Profile), x.Issuer))))
	}
	return gone, nil
}

// forget deletes one by its key.
func (a *app) forget(ctx context.Context, key string) error {
	a.doc = &document{}
	return a.withClient(ctx, func(client *host.Client) error {
		before, err := client.Accounts(ctx)
		if err != nil {
			return err
		}
		for _, x := range before {
			if x.Key != key {
				continue
			}
			if err := client.Forget(ctx, key); err != nil {
				return err
			}
			_, err := a.forgotten(ctx, client, before, nil)
			return err
		}
		f := usage("There is no sign-in with the key "+quoted(key), "headfast tokens lists them.")
		if near := near(key, keysOf(before)); len(near) > 0 {
			f.Hint = "Did you mean " + strings.Join(near, " or ") + "?"
		}
		return f
	})
}

func keysOf(all []host.Account) (keys []string) {
	for _, x := range all {
		keys = append(keys, x.Key)
	}
	return keys
}

// logoutAll gives back what an entry of the configuration leads to, where there is a configuration, and forgets all.
func (a *app) logoutAll(ctx context.Context) error {
	work := func(client *host.Client, config *host.Config) error {
		before, err := client.Accounts(ctx)
		if err != nil {
			return err
		}
		given := map[string]bool{}
		if config != nil {
			given = a.giveBack(ctx, config, before)
		}
		left, err := client.Accounts(ctx)
		if err != nil {
			return err
		}
		for _, x := range left {
			if err := client.Forget(ctx, x.Key); err != nil {
				return err
			}
		}
		gone, err := a.forgotten(ctx, client, before, given)
		if err != nil {
			return err
		}
		mended, err := a.mend(ctx)
		if err == nil && len(gone)+len(mended) == 0 {
			a.say("There is no sign-in in " + term.Line(a.store.Describe()) + ".\n")
		}
		return storeFault(err)
	}
	err := a.withConfig(ctx, work)
	if f := asFault(err); f != nil && f.Code == problem.NoConfig && a.flags.config == "" {
		return a.withClient(ctx, func(client *host.Client) error { return work(client, nil) })
	}
	return err
}

// giveBack signs out of each server that there is a sign-in to, and says by their keys which tokens were taken back. What
// goes wrong stops nothing: all is forgotten after it.
func (a *app) giveBack(ctx context.Context, config *host.Config, all []host.Account) (given map[string]bool) {
	given = map[string]bool{}
	for _, server := range config.Servers() {
		explain, err := config.Explain(ctx, server.Name)
		if err != nil || server.Transport == stdio {
			continue
		}
		for _, x := range accountsOf(all, explain, anyProfile) {
			own, err := config.Explain(ctx, server.Name, host.WithProfile(x.Profile))
			if err != nil || own.Account == nil || own.Account.Key != x.Key {
				continue // another entry's, at the same address
			}
			warnings, err := config.Logout(ctx, server.Name, x.Profile)
			if err != nil {
				continue
			}
			given[x.Key] = own.Account.Scheme != "" && len(warnings) == 0
			for _, w := range warnings {
				a.warn(&asFault(w).reason)
			}
		}
	}
	return given
}
