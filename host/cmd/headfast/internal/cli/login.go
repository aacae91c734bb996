package cli

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/spf13/cobra"
)

func (a *app) loginCommand() *cobra.Command {
	device := false
	cmd := a.networking(&cobra.Command{
		Use: "login [NAME]", Short: "Sign in to a server, and keep the sign-in", Args: words(0, 1, "headfast login NAME"),
		Long: "Signs in to a server (OAuth): asks the server who signs people in for it, opens the page in your browser, waits\n" +
			"until you are back, and keeps the token. The other commands then use it, and renew it by themselves. The\n" +
			"page's address is always printed too. " + browserVariable + " names another program to open it: one program, which gets the\n" +
			"address as its one argument.\n\n" +
			"--no-browser only prints the address, for a browser on another machine; what that ends at is pasted here, at a\n" +
			"terminal. So it is over SSH without a display; without a terminal the browser must be on this machine. --device\n" +
			"has you type a short code on a page instead, where the authorization server can do that. You have ten minutes;\n" +
			"Ctrl-C gives up.\n\n" +
			storeHelp,
		Example: "  headfast login acme\n  headfast login acme --profile work\n  headfast login acme --no-browser\n  headfast login acme --device\n" +
			"  headfast login acme --trace          what happens, step by step",
		ValidArgsFunction: a.completeServer,
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("timeout") {
				a.signing.limit = &limit{most: a.flags.timeout}
			}
			return a.login(cmd.Context(), first(args), device)
		},
	})
	a.certified(cmd)
	describeTimeout(cmd, "bound what goes on without you, before the page is shown and again when you are back: 10s, 2m (else each request has 30s)")
	cmd.Flags().BoolVar(&a.flags.noBrowser, "no-browser", false, "open no browser: only print the address")
	cmd.Flags().BoolVar(&device, "device", false, "type a code on a page, on any device (RFC 8628)")
	return cmd
}

const storeHelp = "Sign-ins are kept encrypted under a key in the OS keychain; where there is none, in files that only you can read.\n" +
	storeVariable + " names another folder for them, or is " + storeMemory + " to keep none."

func (a *app) login(ctx context.Context, name string, device bool) error {
	a.signing.wanted, a.keepsStore = true, true
	return a.withTarget(ctx, name, func(ctx context.Context, t *target) error {
		if !device {
			if f := t.stranded(os.Getenv); f != nil {
				return f
			}
		}
		before, _ := t.client.Accounts(ctx)
		b := t.busy("signing in to " + t.explain.Server)
		err := t.signing.limit.bound(ctx, func(ctx context.Context) error {
			options := []host.CallOption{host.OnWarning(func(e *host.Error) { t.warn(&fromHost(e).reason) })}
			if device {
				options = append(options, host.ByDeviceCode())
			}
			return t.config.Login(ctx, t.explain.Server, t.flags.profile, options...)
		})
		b.stop()
		t.signing.end()
		if err != nil {
			return err
		}
		return t.signedIn(ctx, before)
	})
}

// signedIn tells what there is now that was not there before.
func (t *target) signedIn(ctx context.Context, before []host.Account) error {
	after, err := t.client.Accounts(ctx)
	if err != nil {
		return err
	}
	known := map[host.Account]bool{}
	for _, x := range before {
		known[x] = true
	}
	now := time.Now()
	for _, x := range after {
		if known[x] {
			continue
		}
		t.doc.Store, t.doc.Accounts = t.store.Describe(), viewAccounts([]host.Account{x}, now)
		t.say(fmt.Sprintf("%s %s  %s\n", t.talk.Green("ok"), t.talk.Bold(t.explain.Server), t.talk.Dim("signed in at "+x.Issuer)))
		if err := t.print(t.accountLines(x, now)); err != nil {
			return err
		}
		if t.store.forgetful() {
			t.warn(problem.Warn(problem.StoreFailed, "The sign-in ends with this command", storeVariable+" is "+storeMemory+".", "Unset it to keep sign-ins."))
			return nil
		}
		next := []string{"tools", t.explain.Server}
		if profile := t.flags.profile; profile != "" {
			next = append(next, "--profile", profile)
		}
		t.say("Kept in " + term.Line(t.store.Describe()) + ". Try it: " + t.talk.Bold(t.commandLine(next, "tools NAME")) + "\n")
		return nil
	}
	f := newFault(problem.StoreFailed, "You have signed in, and it could not be kept", "Nothing new is in "+t.store.Describe()+".", "Name another folder with "+storeVariable+", then sign in again.")
	f.Server = t.explain.Server
	return f
}
