package cli

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
)

// dialog is one conversation with the person about what a server asks. All of the server's own words stand behind a
// bar, so that none can be taken for ours.
type dialog struct {
	k      *asker
	screen *term.Screen
	// server is the name, and where it is: its origin, or the command that was started.
	server, at string
}

func newDialog(k *asker) *dialog {
	x := k.t.explain
	d := &dialog{k: k, screen: k.t.talk, server: x.Server, at: x.Auth.Origin}
	if x.Transport == stdio {
		d.at = x.URL
	}
	return d
}

// How a conversation ends other than with an answer.
var (
	errDecline = errors.New(decline)
	errCancel  = errors.New(cancel)
)

// hold runs a conversation: nothing else is printed meanwhile, and what was typed before does not count.
func (d *dialog) hold(ctx context.Context, talk func() error) string {
	began := time.Now()
	d.screen.Begin()
	defer func() {
		d.k.t.pause(time.Since(began))
		d.screen.End()
	}()
	d.k.t.keys.Discard()
	err := talk()
	switch {
	case err == nil:
		return accept
	case errors.Is(err, errDecline):
		d.say(d.screen.Dim("Declined."))
		return decline
	case errors.Is(err, errCancel):
		d.say(d.screen.Dim("Closed without an answer."))
	case ctx.Err() != nil:
		d.say(d.screen.Dim("It is not asked any more."))
	}
	return cancel
}

func (d *dialog) say(line string) { d.screen.Say(line + "\n") }

// heading says who asks, and why in the server's own words.
func (d *dialog) heading(asks, message string) {
	d.say("")
	d.say(d.screen.Yellow("?") + " " + d.screen.Bold(d.server) + " " + asks + "  " + d.screen.Dim(d.at))
	d.theirs(message)
}

// maxTheirs bounds a server's text, in lines.
const maxTheirs = 40

// theirs prints a server's text behind a bar.
func (d *dialog) theirs(text string) {
	if text = strings.TrimSpace(text); text == "" {
		return
	}
	n := 0
	for line := range strings.SplitSeq(term.Text(text), "\n") {
		for part := range strings.SplitSeq(term.Wrap(line, "", d.screen.Width()-4), "\n") {
			if n++; n > maxTheirs {
				d.say("  " + d.screen.Dim("| … (cut)"))
				return
			}
			d.say("  " + d.screen.Dim("|") + " " + part)
		}
	}
}

// code prints a server's text behind the bar as it is laid out.
func (d *dialog) code(text string) {
	lines := strings.Split(term.Text(text), "\n")
	for _, line := range lines[:min(len(lines), maxTheirs)] {
		d.say("  " + d.screen.Dim("|") + " " + term.Cut(line, d.screen.Width()-4))
	}
	if len(lines) > maxTheirs {
		d.say("  " + d.screen.Dim("| … (cut)"))
	}
}

// warning is a line of ours that deserves a look.
func (d *dialog) warning(text string) { d.say("  " + d.screen.Yellow("! "+text)) }

// ask prints a question and waits for a line.
func (d *dialog) ask(ctx context.Context, question string, hidden bool) (string, error) {
	d.screen.Say(question)
	line, err := d.k.t.keys.Line(ctx, hidden)
	if hidden || err != nil {
		d.say("")
	}
	if errors.Is(err, io.EOF) {
		err = errCancel
	}
	return line, err
}

// choose asks until one of the letters is typed, or a word that begins with it. An empty line is the default, 0 for
// none.
func (d *dialog) choose(ctx context.Context, question, letters string, usual byte) (byte, error) {
	for {
		line, err := d.ask(ctx, question, false)
		if err != nil {
			return 0, err
		}
		word := strings.ToLower(strings.TrimSpace(line))
		switch {
		case word == "" && usual != 0:
			return usual, nil
		case word != "" && strings.IndexByte(letters, word[0]) >= 0:
			return word[0], nil
		}
		d.warning("Type one of the letters in brackets.")
	}
}
