package cli

import (
	"context"
	"strings"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/wasm/problem"
)

const (
	agreeNew     = "was found in a project's folder, and may be anybody's. If you agree, it may do this until it changes:"
	agreeChanged = "is not what you agreed to any more. Beside what is new (+) stands what is gone (-):"
	agreeAsk     = "Do you know it, and may it do this? [y]es, [n]o (no): "
	agreeLong    = "It is long: scroll up, and read all of it."
	agreeOdd     = "It has characters that are not ASCII, and may look like others."
)

// longAgreement is from how many lines on a question may be out of sight at its end.
const longAgreement = 16

// longName is how many characters of a server's name are shown.
const longName = 100

// agree is host.Options.Agree: the person is asked at a terminal, and nobody agrees elsewhere.
func (a *app) agree(ctx context.Context, g host.Agreement) bool {
	a.signing.mu.Lock()
	t := a.signing.target
	a.signing.mu.Unlock()
	if t == nil || a.flags.json || !a.interactive() {
		return false
	}
	select {
	case t.asker.turn <- struct{}{}:
		defer func() { <-t.asker.turn }()
	case <-ctx.Done():
		return false
	}
	a.signing.limit.pause()
	defer a.signing.limit.resume()
	d := newDialog(t.asker)
	return d.hold(ctx, func() error {
		d.agreement(g)
		letter, err := d.choose(ctx, agreeAsk, "yn", 'n')
		if err == nil && letter == 'n' {
			err = errDecline
		}
		return err
	}) == accept
}

// agreement shows all that the entry would do. What the file says stands behind a bar, every character of it to be seen.
func (d *dialog) agreement(g host.Agreement) {
	what := agreeNew
	if g.Changed {
		what = agreeChanged
	}
	d.say("")
	d.say(term.Wrap(d.screen.Yellow("?")+" "+d.screen.Bold(shortName(g.Server))+" at "+visible(problem.At(g.Where))+" "+what, "", d.screen.Width()))
	lines, odd := 0, strings.ContainsFunc(g.Server, func(c rune) bool { return c > '~' })
	for _, f := range g.Facts {
		text := f.Name + "  " + f.Text
		odd = odd || strings.ContainsFunc(text, func(c rune) bool { return c > '~' })
		for i, part := range folded(visible(text), d.screen.Width()-8) {
			lines++
			d.say("  " + d.screen.Dim("|") + " " + d.marked(f.State, g.Changed, i, part))
		}
	}
	if odd {
		d.warning(agreeOdd)
	}
	if lines > longAgreement {
		d.warning(agreeLong)
	}
}

// shortName is a server's name in one line, in quotation marks, of which no more is shown than tells it from others.
func shortName(name string) string {
	shown := []rune(visible(name))
	if len(shown) > longName {
		shown = append(shown[:longName], '…')
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(string(shown)) + `"`
}

// marked is a line of a fact: with what has become of it where the entry has changed, and further in where it goes on.
func (d *dialog) marked(state string, changed bool, line int, text string) string {
	switch {
	case line > 0:
		return "    " + text
	case !changed || state == "same":
		return "  " + text
	case state == "gone":
		return d.screen.Red("- " + text)
	}
	return d.screen.Green("+ " + text)
}

// visible is a text of a file in one line in which every character is to be seen.
func visible(text string) string {
	return term.Line(strings.NewReplacer("\n", "\u2424", "\t", "\u2409", "\r", "\u240d").Replace(text))
}

// folded cuts a line where the screen ends, and leaves out nothing.
func folded(text string, width int) (lines []string) {
	from, used := 0, 0
	for i, c := range text {
		n := term.Columns(string(c))
		if used+n > max(width, 8) {
			lines = append(lines, text[from:i])
			from, used = i, 0
		}
		used += n
	}
	return append(lines, text[from:])
}

// howToAgree says how the person agrees where they were not asked.
func (t *target) howToAgree(err error) error {
	f := asFault(err)
	if f == nil || f.Code != problem.NotAgreed {
		return err
	}
	f.Hint = "Run it at a terminal to be asked. In a script, --trust lets it act in this run, and -c FILE names the file that you mean."
	if t.interactive() && !t.flags.json {
		f.Hint = "Run it again to be asked again. headfast explain tells more of the entry."
	}
	return f
}
