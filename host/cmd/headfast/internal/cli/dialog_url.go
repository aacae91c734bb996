package cli

import (
	"context"
	"net/url"
	"strings"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
)

const (
	consent = "Open it in your browser? [y]es, [n]o, [c]ancel (no): "
	waiting = "Done there? [Enter] goes on, [o]pen it again, [c]ancel: "
)

// modern is the first revision in which a server is asked again after the page, instead of telling by itself.
const modern = "2026-07-28"

// url shows a page's address and opens it if the person says so.
func (d *dialog) url(ctx context.Context, e host.Elicitation) string {
	return d.hold(ctx, func() error {
		if d.k.opened[e.URL] {
			d.heading("still waits for the page", e.Message)
			d.address(e.URL)
			return d.wait(ctx, e.URL)
		}
		d.heading("asks you to open a page", e.Message)
		d.address(e.URL)
		letter, err := d.choose(ctx, consent, "ync", 'n')
		switch {
		case err != nil:
			return err
		case letter == 'n':
			return errDecline
		case letter == 'c':
			return errCancel
		}
		d.k.opened[e.URL] = true
		d.browse(e.URL)
		if revision := d.k.revision.Load(); revision == nil || *revision < modern {
			return nil
		}
		return d.wait(ctx, e.URL)
	})
}

// wait lets the person go on when the page is done: then the server is asked again.
func (d *dialog) wait(ctx context.Context, address string) error {
	for {
		letter, err := d.choose(ctx, waiting, "oc", '\n')
		switch {
		case err != nil:
			return err
		case letter == 'c':
			return errCancel
		case letter == '\n':
			return nil
		}
		d.browse(address)
	}
}

func (d *dialog) browse(address string) {
	if err := openBrowser(address); err != nil {
		d.warning("No browser could be started: " + err.Error() + ". Open the page yourself.")
	}
}

// address shows all of a URL with its host emphasised, and what is odd about it. It is in ASCII, as CheckURL has
// seen to.
func (d *dialog) address(text string) {
	u, err := url.Parse(text)
	if err != nil {
		return // CheckURL has parsed it
	}
	scheme, rest, _ := strings.Cut(text, "://")
	d.say("")
	if after, ok := strings.CutPrefix(rest, u.Host); ok {
		d.say("  " + term.Line(scheme) + "://" + d.screen.Bold(u.Host) + term.Line(after))
	} else {
		d.say("  " + term.Line(text))
	}
	d.say("  " + d.screen.Dim("host") + "  " + d.screen.Bold(u.Host))
	if punycode(u.Hostname()) {
		d.warning(punycodeWarning)
	}
	if own, err := url.Parse(d.at); err == nil && own.Host != "" && !strings.EqualFold(own.Hostname(), u.Hostname()) {
		d.warning("This is another host than the server's own, " + own.Hostname() + ".")
	}
	d.say("")
}

const punycodeWarning = "The host is in Punycode: with its real letters it may look like another one."

// punycode says that a host stands for a name in other letters.
func punycode(host string) bool {
	for label := range strings.SplitSeq(strings.ToLower(host), ".") {
		if strings.HasPrefix(label, "xn--") {
			return true
		}
	}
	return false
}
