package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/spf13/cobra"
)

func (a *app) pingCommand() *cobra.Command {
	return a.connecting(&cobra.Command{
		Use: "ping [NAME]", Short: "Ask whether a server answers, and how fast", Args: words(0, 1, "headfast ping NAME"),
		Long: "Connects, sends one more request, and tells how long its answer took, which revision of MCP is spoken,\n" +
			"whether that is of the era with a handshake (before 2026-07-28) or without, and over which transport.",
		Example:           "  headfast ping acme\n  headfast ping acme --json\n  headfast ping acme --revision 2025-11-25",
		ValidArgsFunction: a.completing(),
		RunE:              func(cmd *cobra.Command, args []string) error { return a.ping(cmd.Context(), first(args)) },
	})
}

func (a *app) ping(ctx context.Context, name string) error {
	return a.withTarget(ctx, name, func(ctx context.Context, t *target) error {
		session, err := t.connect(ctx)
		if err != nil {
			return err
		}
		state := session.State()
		method, era := "ping", "handshake"
		switch {
		case state.Revision == "":
			method, era = "tools/list", "no handshake at all"
		case state.Revision >= modern:
			method, era = "server/discover", "no handshake" // ping is of the revisions before
		}
		began := time.Now()
		_, err = waited(t, "pinging ", func() (any, error) {
			return session.Request(ctx, method, nil, append(t.listOptions(), host.Fresh())...)
		})
		if err != nil {
			return err
		}
		trip := time.Since(began)
		t.doc.Ping = &pingView{float64(trip.Microseconds()) / 1000, method, era, state.Revision, state.Transport}
		a.say(t.okLine(session))
		return t.print(fmt.Sprintf("%.1f ms  %s  %s  %s\n", float64(trip.Microseconds())/1000, spoken(state), t.out.Dim(era), t.out.Dim(join(", ", state.Transport, method))))
	})
}
