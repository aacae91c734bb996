package session

import (
	"bytes"
	"strconv"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/trace"
	"github.com/headfast/headfast/wasm/transport"
)

// longestLog bounds a line of what a process says, in bytes; the rest of it is left out.
const longestLog = 16 << 10

// The bounds of how many lines are told one by one, at a moment and in a second; of the others only their
// number. Each line is an effect or two, and all sessions share what a step can hand out.
const (
	mostTold   = 50
	mostSecond = 1000
)

// mostRecent is how many lines are kept for the error that tells of the process's end.
const mostRecent = 3

// chatter is what a process writes beside its messages: its standard error, and what is no message on its standard
// output.
type chatter struct {
	// lines cut the standard error.
	lines  transport.Lines
	recent []utterance
	// told counts the lines of the moment at, second those since that moment; flood says that it was too many in the
	// second before.
	told, second int
	at, since    int64
	flood        bool
	// untold counts the lines that are still to be told of by their number, junk those of them on standard output.
	untold, junk int
	timer        Timer
}

// utterance is one line as it came.
type utterance struct {
	text []byte
	// cut says that the line did not come to its end.
	cut bool
}

// Stderr takes what the process writes to its standard error: free text, which need not be an error.
func (s *Session) Stderr(e *msg.Stderr) {
	if f := s.flights[e.ID]; f == nil || f != s.pipe {
		return
	}
	_ = s.said.lines.Feed(e.Data, s.errorLine) // it cuts, so that it has no error
	s.countRest()
}

func (s *Session) errorLine(line []byte) { s.overhear(clipped(line), "") }

// lastErrorLine takes what was written when the process ended, which may have been the middle of a line.
func (s *Session) lastErrorLine(line []byte) { s.overhear(utterance{line, true}, "") }

// clipped bounds a line. One at the bound may have been cut there, through a secret.
func clipped(line []byte) utterance {
	return utterance{line[:min(len(line), longestLog)], len(line) >= longestLog}
}

// overhear takes one line, which on standard output is junk for that reason.
func (s *Session) overhear(u utterance, junk string) {
	if len(bytes.TrimSpace(u.text)) == 0 {
		return
	}
	c := &s.said
	c.remember(u)
	if c.count(s.out.Now()); c.flooded() || c.told >= mostTold {
		c.untold++
		if junk != "" {
			c.junk++
		}
		return
	}
	c.told++
	if junk != "" {
		s.traceNote(s.pipe, "dropped: "+junk)
	}
	s.log(s.legible(u))
}

func (s *Session) log(text string) {
	s.out.Emit(&msg.Effect{Log: &msg.Log{Session: s.id, Text: text}})
}

// legible is a line for people.
func (s *Session) legible(u utterance) string {
	if u.cut {
		return trace.Line(s.plan.Redact.Cut(string(u.text)))
	}
	return trace.Line(s.plan.Redact.Text(string(u.text)))
}

// remember keeps a line as it came: a flood is not made legible for the three lines that may be told of it.
func (c *chatter) remember(u utterance) {
	var kept utterance
	if len(c.recent) == mostRecent {
		kept = c.recent[0]
		c.recent = append(c.recent[:0], c.recent[1:]...)
	}
	c.recent = append(c.recent, utterance{append(kept.text[:0], u.text...), u.cut})
}

func (c *chatter) count(now int64) {
	if now != c.at {
		c.told, c.at = 0, now
	}
	if passed := now - c.since; passed >= second {
		c.flood = c.second > mostSecond && passed < 2*second
		c.second, c.since = 0, now
	}
	c.second++
}

// flooded says that there are too many lines to be told one by one, in this second or the one before.
func (c *chatter) flooded() bool { return c.flood || c.second > mostSecond }

// restPause is how long the lines that are not told one by one are counted for.
const restPause = second / 10

// countRest has the lines told of that were not told one by one: soon, and in a flood when its second is over. How the
// output was cut into pieces does not matter.
func (s *Session) countRest() {
	if c := &s.said; c.untold > 0 && c.timer == nil {
		c.timer = s.out.After(restPause, s.restDue)
	}
}

func (s *Session) restDue() {
	c := &s.said
	c.timer = nil
	if left := c.since + second - s.out.Now(); c.flooded() && left > 0 {
		c.timer = s.out.After(left, func() { c.timer = nil; s.tellRest() })
		return
	}
	s.tellRest()
}

func (s *Session) tellRest() {
	c := &s.said
	if c.timer != nil {
		c.timer.Stop()
		c.timer = nil
	}
	if c.untold == 0 || s.phase == over {
		return
	}
	if c.junk > 0 {
		s.traceNote(s.pipe, "dropped as no message: "+more(c.junk))
	}
	s.log("and " + more(c.untold))
	c.untold, c.junk = 0, 0
}

func more(n int) string {
	if n == 1 {
		return "1 more line"
	}
	return strconv.Itoa(n) + " more lines"
}
