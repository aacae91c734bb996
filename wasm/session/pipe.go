package session

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsonrpc"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/trace"
	"github.com/headfast/headfast/wasm/transport"
)

// How long a process is given to end: after its input was closed, and after it was told to.
const (
	closeGrace     = 2 * second
	terminateGrace = 2 * second
	killGrace      = second
)

// spawn starts the server's process.
func (s *Session) spawn() {
	f := &flight{role: rolePipe}
	f.begun = s.out.Now()
	s.said = chatter{lines: transport.Lines{Max: longestLog, Cut: true}}
	p := s.plan.Process
	f.id = s.out.Spawn(s, &msg.Spawn{Session: s.id, Command: p.Command, Args: p.Args, Env: p.Env, Dir: p.Dir})
	s.flights[f.id] = f
	s.pipe = f
	s.traceNote(f, "started: "+s.plan.Show)
}

// write sends one message on a line of its own: JSON has no line break but between its tokens.
func (s *Session) write(method string, body []byte) {
	if !s.alive() {
		return
	}
	s.traceWritten(method)
	s.out.Emit(&msg.Effect{Write: &msg.Write{ID: s.pipe.id, Data: append(oneLine(body), '\n')}})
}

// oneLine is a JSON text without line breaks. Inside strings they are escaped already.
func oneLine(body []byte) []byte {
	for i, c := range body {
		if c == '\n' || c == '\r' {
			out := append([]byte(nil), body...)
			for j := i; j < len(out); j++ {
				if out[j] == '\n' || out[j] == '\r' {
					out[j] = ' '
				}
			}
			return out
		}
	}
	return body
}

// piped takes what the process writes to its standard output.
func (s *Session) piped(f *flight, data []byte) {
	err := f.lines.Feed(data, func(line []byte) {
		if s.pipe == f && len(line) > 0 {
			s.lineCame(f, line)
		}
	})
	s.countRest()
	switch {
	case err != nil:
		s.fail(s.tooLarge(moreThanMost), msg.OutcomeUnknown)
	case !s.fits(f, f.lines.Kept()):
		s.fail(s.tooLarge(moreThanAll), msg.OutcomeUnknown)
	}
}

// lineCame takes one line. What is no message is a server's mistake that many make: they print to standard output.
// It is told and stops nothing.
func (s *Session) lineCame(f *flight, line []byte) {
	all, err := jsonrpc.ParseBatch(line)
	if err != nil {
		f.why = "a line that is no message: " + reasonOf(err)
		s.overhear(clipped(line), f.why)
		return
	}
	for i := range all {
		s.receive(f, &all[i])
	}
}

// pipeEnded takes the end of the process.
func (s *Session) pipeEnded(f *flight, failure *msg.Failure) {
	if s.pipe != f {
		return
	}
	s.said.lines.End(s.lastErrorLine)
	s.tellRest()
	if s.closer != nil && s.phase != closing {
		s.closer.Stop()
	}
	switch s.phase {
	case closing:
		s.move(closed)
	case failed, over, reviving:
	case ready:
		a := answer{fault: s.processEnded(failure), outcome: msg.OutcomeUnknown}
		s.lose(s.pipeBegin(), "the server's process ended")
		s.brokenOff(a)
	default:
		outcome := msg.OutcomeUnknown
		if failure != nil && (failure.Kind == msg.FailSpawn || failure.Kind == msg.FailUnsupported) {
			outcome = msg.OutcomeNotSent
		}
		s.fail(s.processEnded(failure), outcome)
	}
}

// pipeBegin is how a process that was begun anew is met: as the one before.
func (s *Session) pipeBegin() event {
	if s.wire.Initialize {
		return startLegacy
	}
	return startModern
}

// processEnded says how a process ended, in its own last words.
func (s *Session) processEnded(failure *msg.Failure) *msg.Error {
	how := "It ended by itself."
	title := `The process of "` + s.plan.Server + `" ended`
	hint := "Run the command in a terminal to see what is wrong with it."
	if failure != nil {
		how = trace.Line(s.plan.Redact.Text(failure.Detail)) + "."
		switch failure.Kind {
		case msg.FailUnsupported:
			return s.about(problem.New(problem.Unsupported, "This host cannot start processes", s.plan.Show+" would have to be started.", "Use the command line, or a server over HTTP."))
		case msg.FailSpawn:
			title = `The process of "` + s.plan.Server + `" could not be started`
			hint = "Check command at " + problem.At(s.plan.URLWhere) + ": is the program installed, and in PATH?"
		}
	}
	if words := s.lastWords(); len(words) > 0 {
		how += " Its last words: " + problem.Join(words)
	}
	return s.about(problem.New(problem.ProcessFailed, title, s.plan.Show+": "+how, hint))
}

func (s *Session) lastWords() []string {
	var words []string
	for _, u := range s.said.recent {
		words = append(words, s.legible(u))
	}
	return words
}

// alive says that the process is there.
func (s *Session) alive() bool { return s.pipe != nil && s.flights[s.pipe.id] == s.pipe }

// discard kills a process that does not answer; another takes its place.
func (s *Session) discard() {
	s.tellRest()
	if s.alive() {
		s.out.Emit(&msg.Effect{Stop: &msg.Stop{ID: s.pipe.id, How: msg.StopKill}})
	}
	s.pipe = nil
}

// startStopping ends the process ("Shutdown" of stdio): its input is closed; if it is still there after a while,
// it is told to end; if it then still is, it is killed.
func (s *Session) startStopping() {
	f := s.pipe
	stop := func(how string) { s.out.Emit(&msg.Effect{Stop: &msg.Stop{ID: f.id, How: how}}) }
	if s.flights[f.id] != f {
		s.move(closed)
		return
	}
	stop(msg.StopClose)
	s.closer = s.out.After(closeGrace, func() {
		stop(msg.StopTerminate)
		s.closer = s.out.After(terminateGrace, func() {
			stop(msg.StopKill)
			s.closer = s.out.After(killGrace, func() { s.move(closed) })
		})
	})
}
