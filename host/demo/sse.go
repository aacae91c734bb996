package demo

import (
	"context"
	"net/http"
)

const sseVersion = "2024-11-05"

// sse opens the stream of HTTP+SSE (2024-11-05, "HTTP with SSE"). Its first
// event, endpoint, says where to POST; every answer comes on the stream. With
// foreign set, the endpoint is at the second origin, which only records.
func (s *Server) sse(foreign bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !allow(w, r, http.MethodGet) {
			return
		}
		session := s.sessions.open(s.ctx, sseVersion)
		defer s.sessions.drop(session)
		defer context.AfterFunc(r.Context(), session.end)()
		endpoint := "/messages?session_id=" + session.id
		if foreign {
			endpoint = s.other.url + endpoint
		}
		changed, leave := s.hub.join()
		defer leave()
		openStream(w)
		writeEvent(w, "endpoint", []byte(endpoint))
		for {
			select {
			case msg := <-session.out:
				writeEvent(w, "message", msg)
			case <-changed:
				writeEvent(w, "message", notification("notifications/tools/list_changed", nil))
			case <-session.ctx.Done():
				return
			}
		}
	}
}

// messages takes the POSTs of HTTP+SSE: 202 for what it will answer on the
// stream, 400 without a session_id or a message, 404 for an unknown session.
func (s *Server) messages(w http.ResponseWriter, r *http.Request) {
	if !allow(w, r, http.MethodPost) {
		return
	}
	id := r.URL.Query().Get("session_id")
	if id == "" {
		http.Error(w, "session_id is required", http.StatusBadRequest)
		return
	}
	session := s.sessions.get(id)
	if session == nil {
		http.Error(w, "Could not find session", http.StatusNotFound)
		return
	}
	m, bad := parse(bodyOf(r))
	if bad != nil {
		http.Error(w, "Could not parse message", http.StatusBadRequest)
		return
	}
	if m.isRequest() {
		ctx, done := session.begin(m.id)
		s.work.Go(func() {
			defer done()
			s.messageAnswer(ctx, m, queuePeer{session.ctx, session.out})
		})
	} else {
		session.note(m)
		s.questions.answered(m)
	}
	w.WriteHeader(http.StatusAccepted)
	w.Write([]byte("Accepted"))
}

func (s *Server) messageAnswer(ctx context.Context, m message, p peer) {
	if m.method == "initialize" {
		p.finish(http.StatusOK, success(m.id, initialized(sseVersion)))
		return
	}
	s.answer(ctx, m, legacyEra, p)
}
