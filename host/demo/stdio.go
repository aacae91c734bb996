package demo

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
)

// longestLine bounds one message on standard input, in bytes.
const longestLine = 64 << 20

// ServeStdio serves one client over in and out, a message on each line, until in ends: both of 2026-07-28, whose
// requests name it in their _meta, and of the revisions with initialize.
func ServeStdio(ctx context.Context, in io.Reader, out io.Writer) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	s := &Server{opts: Options{}.withDefaults(), ctx: ctx, stop: stop}
	p := &pipePeer{out: out}
	session := s.sessions.open(ctx, latestLegacy)
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, longestLine)
	for lines.Scan() {
		m, bad := parse(lines.Bytes())
		switch {
		case bad != nil:
			p.finish(0, failure(m.id, bad))
		case !m.isRequest():
			session.note(m)
			s.questions.answered(m)
		default:
			call, done := session.begin(m.id)
			s.work.Go(func() {
				defer done()
				s.stdioAnswer(call, m, p)
			})
		}
	}
	stop()
	s.work.Wait()
	return errors.Join(lines.Err(), p.err)
}

func (s *Server) stdioAnswer(ctx context.Context, m message, p peer) {
	version, modern := text(m.params, "_meta", "io.modelcontextprotocol/protocolVersion")
	switch {
	case m.method == "initialize":
		p.finish(http.StatusOK, success(m.id, initialized(negotiate(m, legacyVersions))))
	case modern && version != modernVersion:
		bad := refuse(0, codeUnsupported, "Unsupported protocol version")
		bad.Data = map[string]any{"supported": s.opts.Behave.Versions, "requested": version}
		p.finish(0, failure(m.id, bad))
	case modern:
		s.answer(ctx, m, modernEra, p)
	default:
		s.answer(ctx, m, legacyEra, p)
	}
}

// pipePeer writes each message on a line of its own.
type pipePeer struct {
	mu  sync.Mutex
	out io.Writer
	err error
}

func (*pipePeer) open() {}

func (p *pipePeer) send(msg []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err == nil {
		_, p.err = p.out.Write(append(msg, '\n'))
	}
}

func (p *pipePeer) finish(_ int, msg []byte) { p.send(msg) }
