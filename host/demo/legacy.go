package demo

import (
	"context"
	"net/http"
	"slices"
	"strings"
)

const latestLegacy = "2025-11-25"

// legacyVersions are those that Streamable HTTP with sessions speaks.
var legacyVersions = []string{latestLegacy, "2025-06-18", "2025-03-26"}

// legacy serves Streamable HTTP of 2025-11-25 with sessions. Answers to
// requests come in the given form; refusals are worded as the TypeScript SDK's
// server words them, which is how a modern request fails here.
func (s *Server) legacy(f form) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !allow(w, r, http.MethodPost, http.MethodGet, http.MethodDelete) {
			return
		}
		if r.Method == http.MethodPost {
			s.legacyPost(w, r, f)
			return
		}
		session, bad := s.legacySession(r)
		switch {
		case bad != nil:
			bad.write(w, nil)
		case r.Method == http.MethodDelete:
			s.sessions.drop(session)
			w.WriteHeader(http.StatusOK)
		default:
			s.legacyStream(w, r, session)
		}
	}
}

func (s *Server) legacyPost(w http.ResponseWriter, r *http.Request, f form) {
	m, bad := parsePost(r)
	if bad == nil && m.method == "initialize" {
		s.legacyOpen(w, m, f)
		return
	}
	var session *session
	if bad == nil {
		session, bad = s.legacySession(r)
	}
	switch {
	case bad != nil:
		bad.write(w, nil)
	case !m.isRequest():
		session.note(m)
		s.questions.answered(m)
		w.WriteHeader(http.StatusAccepted)
	default:
		ctx, done := session.begin(m.id)
		defer done()
		(&httpPeer{w: w, form: f}).serve(ctx, s, m, legacyEra)
	}
}

func (s *Server) legacyOpen(w http.ResponseWriter, m message, f form) {
	version := negotiate(m, legacyVersions)
	w.Header().Set("Mcp-Session-Id", s.sessions.open(s.ctx, version).id)
	p := &httpPeer{w: w, form: f}
	p.finish(http.StatusOK, success(m.id, initialized(version)))
}

// legacySession finds the request's session: 400 without one, 404 for one that
// is unknown or over, 400 for a version that this server does not speak.
func (s *Server) legacySession(r *http.Request) (*session, *refusal) {
	id := r.Header.Get("Mcp-Session-Id")
	if id == "" {
		return nil, refuse(http.StatusBadRequest, codeServer, "Bad Request: Server not initialized")
	}
	session := s.sessions.get(id)
	if session == nil {
		return nil, refuse(http.StatusNotFound, codeNoSession, "Session not found")
	}
	if v := r.Header.Get("Mcp-Protocol-Version"); v != "" && !slices.Contains(legacyVersions, v) {
		return nil, refuse(http.StatusBadRequest, codeServer, "Bad Request: Unsupported protocol version: "+v+
			" (supported versions: "+strings.Join(legacyVersions, ", ")+")")
	}
	return session, nil
}

// legacyStream is the GET stream, for what belongs to no request.
func (s *Server) legacyStream(w http.ResponseWriter, r *http.Request, session *session) {
	if !strings.Contains(r.Header.Get("Accept"), "text/event-stream") {
		refuse(http.StatusNotAcceptable, codeServer, "Not Acceptable: Client must accept text/event-stream").write(w, nil)
		return
	}
	ctx, stop := session.stream()
	defer stop()
	defer context.AfterFunc(r.Context(), stop)()
	changed, leave := s.hub.join()
	defer leave()
	openStream(w)
	for {
		select {
		case <-changed:
			writeEvent(w, "message", notification("notifications/tools/list_changed", nil))
		case <-ctx.Done():
			return
		}
	}
}

// negotiate takes the version that initialize asks for, else the newest known.
func negotiate(m message, known []string) string {
	if asked, _ := text(m.params, "protocolVersion"); slices.Contains(known, asked) {
		return asked
	}
	return known[0]
}

// initialized is the InitializeResult of every legacy revision.
func initialized(version string) any {
	return struct {
		Version      string         `json:"protocolVersion"`
		Capabilities capabilities   `json:"capabilities"`
		Server       implementation `json:"serverInfo"`
		Instructions string         `json:"instructions"`
	}{version, offers(), self, instructions}
}
