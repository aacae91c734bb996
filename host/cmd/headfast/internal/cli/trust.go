package cli

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/spf13/cobra"
)

const revokeForm = "headfast trust revoke NAME…, or headfast trust revoke --all"

func (a *app) trustCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "trust", Short: "What you have agreed to: list it, and take it back",
		Long: "An entry of a .mcp.json that was found in a project's folder acts only after you have agreed to it, once, at a terminal;\n" +
			"when anything of it changes you are asked again, and shown what. Until then nothing is sent, started or read for it.\n" +
			"servers and explain need no agreement, for they do none of that. --trust is agreement for one run, and so is -c FILE.\n\n" +
			"What you have agreed to is kept in files that only you can read, without any secret. " + storeVariable + "=" + storeMemory + " keeps nothing.",
		Example: "  headfast trust list\n  headfast trust list --json\n  headfast trust revoke acme\n  headfast trust revoke --all",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage("headfast trust does not know "+quoted(args[0]), "Type: headfast trust list, or "+revokeForm)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	list := &cobra.Command{
		Use: "list", Short: "List what you have agreed to", Args: words(0, 0, "headfast trust list"),
		Long:    "Lists every entry that you have agreed to: its name, its file, when that was, and all that it may do.",
		Example: "  headfast trust list\n  headfast trust list --json",
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.trustList(cmd.Context()) },
	}
	all := false
	revoke := &cobra.Command{
		Use: "revoke [NAME…]", Short: "Take back what you have agreed to", Args: words(0, -1, revokeForm),
		Long:              "Forgets what you have agreed to for the entries of these names, in whichever file: they ask again before they act.",
		Example:           "  headfast trust revoke acme\n  headfast trust revoke --all",
		ValidArgsFunction: a.completeTrusted,
		RunE: func(cmd *cobra.Command, names []string) error {
			if all == (len(names) > 0) {
				return usage("Either names, or --all", "Type: "+revokeForm)
			}
			return a.trustRevoke(cmd.Context(), names)
		},
	}
	revoke.Flags().BoolVar(&all, "all", false, "all that you have agreed to")
	for _, one := range []*cobra.Command{list, revoke} {
		one.Flags().BoolVar(&a.flags.json, "json", false, "print one JSON object (see: headfast help json)")
	}
	cmd.AddCommand(list, revoke)
	return cmd
}

// trustedView is one agreement in JSON.
type trustedView struct {
	Key    string     `json:"key"`
	Server string     `json:"server"`
	File   string     `json:"file"`
	Agreed time.Time  `json:"agreed"`
	Facts  []factView `json:"facts"`
}

type factView struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

func viewTrusted(all []host.Trusted) []trustedView {
	views := []trustedView{}
	for _, x := range all {
		v := trustedView{x.Key, x.Server, x.File, x.At.UTC(), []factView{}}
		for _, f := range x.Facts {
			v.Facts = append(v.Facts, factView{f.Name, f.Text})
		}
		views = append(views, v)
	}
	return views
}

// withTrusted hands over what the person has agreed to, by file and name.
func (a *app) withTrusted(ctx context.Context, f func(*host.Client, []host.Trusted) error) error {
	a.doc = &document{}
	return a.withClient(ctx, func(client *host.Client) error {
		all, err := client.Trusted(ctx)
		if err != nil {
			return newFault(problem.StoreFailed, "What you have agreed to cannot be read", err.Error()+".", storeVariable+"=FOLDER names another folder.")
		}
		slices.SortFunc(all, func(x, y host.Trusted) int {
			return strings.Compare(x.File+"\x00"+x.Server, y.File+"\x00"+y.Server)
		})
		return f(client, all)
	})
}

func (a *app) trustList(ctx context.Context) error {
	return a.withTrusted(ctx, func(_ *host.Client, all []host.Trusted) error {
		a.doc.Trusted = viewTrusted(all)
		var parts []string
		for _, x := range all {
			parts = append(parts, a.trustedLines(x))
		}
		if err := a.print(strings.Join(parts, "\n")); err != nil {
			return err
		}
		if len(all) == 0 {
			a.say("You have agreed to nothing. An entry of a .mcp.json that is found asks before it acts.\n")
		}
		return nil
	})
}

// trustedLines is one agreement: who, where, when, and what it may do.
func (a *app) trustedLines(x host.Trusted) string {
	s := a.out
	name := s.Bold(visible(x.Server))
	if x.Server == "" {
		name = s.Yellow("cannot be read, and so counts for nothing")
	}
	text := join("  ", name, visible(shownPath(x.File)), s.Dim("agreed "+x.At.Format(time.DateTime))) + "\n"
	for _, f := range x.Facts {
		text += "  " + s.Cyan(visible(f.Name)) + "  " + visible(f.Text) + "\n"
	}
	return text
}

func (a *app) trustRevoke(ctx context.Context, names []string) error {
	return a.withTrusted(ctx, func(client *host.Client, all []host.Trusted) error {
		a.doc.Revoked = []trustedView{}
		for _, name := range names {
			if !slices.ContainsFunc(all, func(x host.Trusted) bool { return x.Server == name }) {
				return notTrusted(name, all)
			}
		}
		for _, x := range all {
			if len(names) > 0 && !slices.Contains(names, x.Server) {
				continue
			}
			if err := client.Distrust(ctx, x.Key); err != nil {
				return newFault(problem.StoreFailed, "What you have agreed to cannot be taken back", err.Error()+".", "Remove the file yourself.")
			}
			a.doc.Revoked = append(a.doc.Revoked, viewTrusted([]host.Trusted{x})...)
			a.say(a.talk.Green("ok") + " " + a.talk.Bold(visible(x.Server)) + " asks again before it acts  " + a.talk.Dim(visible(shownPath(x.File))) + "\n")
		}
		if len(all) == 0 {
			a.say("You have agreed to nothing.\n")
		}
		return nil
	})
}

func notTrusted(name string, all []host.Trusted) *fault {
	f := usage("You have agreed to no entry of the name "+quoted(name), "headfast trust list lists them.")
	var names []string
	for _, x := range all {
		names = append(names, x.Server)
	}
	if near := near(name, names); len(near) > 0 {
		f.Hint = "Did you mean " + strings.Join(near, " or ") + "?"
	}
	return f
}

// completeTrusted offers the names of what was agreed to.
func (a *app) completeTrusted(cmd *cobra.Command, _ []string, _ string) (names []string, _ cobra.ShellCompDirective) {
	a.quiet = true
	_ = a.withTrusted(cmd.Context(), func(_ *host.Client, all []host.Trusted) error {
		for _, x := range all {
			if plainWord(x.Server) && !slices.Contains(names, x.Server) {
				names = append(names, x.Server)
			}
		}
		return nil
	})
	a.doc = nil
	return names, cobra.ShellCompDirectiveNoFileComp
}
