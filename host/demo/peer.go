package demo

import (
	"context"
	"net/http"
)

// peer carries the messages of one request back to whoever sent it.
type peer interface {
	open()                         // start streaming now, where that is possible
	send(msg []byte)               // a notification ahead of the answer
	finish(status int, msg []byte) // the answer; the status counts only outside a stream
}

// form is how an HTTP answer comes.
type form int

const (
	asNeeded form = iota // one JSON object, or a stream when something comes before the answer
	streamed             // always a stream, errors of the HTTP kind excepted
	single               // always one JSON object; notifications are lost
)

// httpPeer answers in the response to the request's own POST.
type httpPeer struct {
	w      http.ResponseWriter
	form   form
	opened bool
	done   bool
}

// serve runs a request and answers it. A request that was cancelled before
// anything went out gets no answer at all.
func (p *httpPeer) serve(ctx context.Context, s *Server, m message, e era) {
	s.answer(ctx, m, e, p)
	if !p.opened && !p.done {
		drop()
	}
}

func (p *httpPeer) open() {
	if !p.opened && p.form != single {
		p.opened = true
		openStream(p.w)
	}
}

func (p *httpPeer) send(msg []byte) {
	if p.open(); p.opened {
		writeEvent(p.w, "message", msg)
	}
}

func (p *httpPeer) finish(status int, msg []byte) {
	p.done = true
	if p.form == streamed && status == http.StatusOK {
		p.open()
	}
	if p.opened {
		writeEvent(p.w, "message", msg)
		return
	}
	writeJSON(p.w, status, msg)
}

// queuePeer answers on a stream that another request opened (HTTP+SSE).
type queuePeer struct {
	ctx context.Context
	out chan<- []byte
}

func (queuePeer) open() {}

func (p queuePeer) send(msg []byte) {
	select {
	case p.out <- msg:
	case <-p.ctx.Done():
	}
}

func (p queuePeer) finish(_ int, msg []byte) { p.send(msg) }

// keepPeer keeps the answer, for faults that spoil it.
type keepPeer struct{ msg []byte }

func (*keepPeer) open()                      {}
func (*keepPeer) send([]byte)                {}
func (p *keepPeer) finish(_ int, msg []byte) { p.msg = msg }

// openStream starts a text/event-stream and lets the headers go out.
func openStream(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-cache")
	h.Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	flush(w)
}

// writeEvent sends one event; that the peer is gone shows in the context.
func writeEvent(w http.ResponseWriter, name string, data []byte) {
	w.Write(appendEvent(nil, name, data))
	flush(w)
}

func appendEvent(to []byte, name string, data []byte) []byte {
	to = append(to, "event: "...)
	to = append(to, name...)
	to = append(to, "\ndata: "...)
	to = append(to, data...)
	return append(to, "\n\n"...)
}

func flush(w http.ResponseWriter) { http.NewResponseController(w).Flush() }
