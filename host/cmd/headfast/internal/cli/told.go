package cli

import (
	"encoding/json"
	"fmt"

	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
)

// maxLogged bounds a log message on the screen, in columns.
const maxLogged = 2000

// told takes notifications: with --log-level it shows what the server logs. 2025-11-25 tells when a page is done.
func (t *target) told(method string, params []byte) {
	if method == "notifications/elicitation/complete" {
		t.say(t.talk.Dim(t.explain.Server+" says that the page is done.") + "\n")
	}
	if method != "notifications/message" || t.flags.logLevel == "" {
		return
	}
	var m struct {
		Level, Logger string
		Data          json.RawMessage
	}
	if json.Unmarshal(params, &m) != nil {
		return
	}
	text := string(m.Data)
	if json.Unmarshal(m.Data, &text) != nil {
		text = string(m.Data)
	}
	level := m.Level
	switch level {
	case "warning":
		level = t.talk.Yellow(level)
	case "error", "critical", "alert", "emergency":
		level = t.talk.Red(level)
	default:
		level = t.talk.Dim(level)
	}
	who := join("/", t.explain.Server, m.Logger)
	_ = t.talk.Print(fmt.Sprintf("%s %s  %s\n", t.talk.Dim(who), level, term.Cut(term.Line(text), maxLogged)))
}

// processSays shows a line of a process's standard error, with --trace. It need not be an error.
func (t *target) processSays(line string) {
	if t.flags.trace {
		_ = t.talk.Print(t.talk.Dim(t.explain.Server+": "+term.Cut(term.Line(line), maxLogged)) + "\n")
	}
}
