package cli

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
)

// trace prints a line when a request is sent, one when its exchange ends, and one for what was not sent
// because headers would have gone to where they do not belong.
func (a *app) trace(t host.Trace) {
	if t.Rule == signInRule {
		a.traceSignIn(t)
		return
	}
	if t.Method == "" {
		a.traceProcess(t)
		return
	}
	line := ""
	what := a.talk.Bold(t.Method) + " " + a.talk.Bold(t.URL)
	if t.RPC != "" {
		what += "  " + a.talk.Cyan(t.RPC)
	}
	switch t.Phase {
	case "sent":
		line = fmt.Sprintf("> #%d %s  rule %s  %s", t.Exchange, what, a.talk.Bold(t.Rule), a.talk.Dim(traceHeaders(t)))
	case "ended":
		line = fmt.Sprintf("< #%d %s %s  %s", t.Exchange, a.status(t.Status), what, a.talk.Dim(took(time.Duration(t.ElapsedNS))))
	case "blocked":
		line = a.talk.Yellow("! blocked") + " " + what + "  rule " + a.talk.Bold(t.Rule)
	default:
		if t.Note == "" {
			return
		}
		line = fmt.Sprintf("- #%d %s", t.Exchange, what)
	}
	if t.Note != "" {
		line += "  " + a.talk.Yellow(t.Note)
	}
	_ = a.talk.Print(line + "\n")
}

// traceProcess is the same for what goes to a process: no URL, no header, no status.
func (a *app) traceProcess(t host.Trace) {
	line := fmt.Sprintf("- #%d", t.Exchange)
	switch t.Phase {
	case "sent":
		line = fmt.Sprintf("> #%d %s", t.Exchange, a.talk.Cyan(t.RPC))
	case "ended":
		line = fmt.Sprintf("< #%d ended  %s", t.Exchange, a.talk.Dim(took(time.Duration(t.ElapsedNS))))
	default:
		if t.Note == "" {
			return
		}
	}
	if t.Note != "" {
		line += "  " + a.talk.Yellow(t.Note)
	}
	_ = a.talk.Print(line + "\n")
}

// signInRule is the rule of what a sign-in sends and decides.
const signInRule = "sign-in"

// traceSignIn tells a sign-in as a story: a sentence for each step, before the exchange that it is.
func (a *app) traceSignIn(t host.Trace) {
	s := a.talk
	line := ""
	what := s.Bold(t.Method) + " " + s.Bold(t.URL)
	if t.RPC != "" {
		what += "  " + s.Cyan(t.RPC)
	}
	switch t.Phase {
	case "sent":
		line = a.step(t.Note) + fmt.Sprintf("> #%d %s  rule %s\n", t.Exchange, what, s.Bold(t.Rule))
	case "ended":
		line = join("  ", fmt.Sprintf("< #%d %s %s", t.Exchange, a.status(t.Status), what), s.Dim(took(time.Duration(t.ElapsedNS))), s.Yellow(t.Note)) + "\n"
	default:
		line = a.step(t.Note)
	}
	if line != "" {
		_ = s.Print(line)
	}
}

// step is a sentence of a sign-in.
func (a *app) step(note string) string {
	if note == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(note)
	return a.talk.Cyan("*") + " " + term.Line(string(unicode.ToUpper(first))+note[size:]) + ".\n"
}

func traceHeaders(t host.Trace) string {
	if len(t.Header) == 0 {
		return "no configured header"
	}
	var all []string
	for _, h := range t.Header {
		all = append(all, h.Name+": "+join(", ", fingerprint(h), "from "+source(h)))
	}
	return strings.Join(all, "; ")
}

func (a *app) status(code uint32) string {
	switch {
	case code == 0:
		return a.talk.Red("no answer")
	case code >= 400:
		return a.talk.Red(fmt.Sprint(code))
	}
	return a.talk.Green(fmt.Sprint(code))
}

// took is a duration as people say it.
func took(d time.Duration) string {
	if d < 10*time.Second {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}
