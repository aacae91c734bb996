package demo

import (
	"context"
	"net/http"
	"strconv"
	"strings"
)

const htmlPage = "<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in</h1><script>alert(1)</script></body></html>\n"

// plain is the answer that a message would get from /open, as one JSON object.
func (s *Server) plain(ctx context.Context, m message) []byte {
	var p keepPeer
	s.answer(ctx, m, modernEra, &p)
	if p.msg == nil {
		drop() // the client did not wait
	}
	return p.msg
}

// fixed answers everything alike.
func fixed(status int, kind, body string) breaker {
	return func(w http.ResponseWriter, _ *http.Request, _ message) {
		if kind != "" {
			w.Header().Set("Content-Type", kind)
		}
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(status)
		w.Write([]byte(body))
	}
}

// spoiled answers 200 with what a function makes of the right answer.
func (s *Server) spoiled(kind string, change func(m message, right []byte) []byte) breaker {
	return func(w http.ResponseWriter, r *http.Request, m message) {
		body := change(m, s.plain(r.Context(), m))
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.Write(body)
	}
}

func asIs(_ message, right []byte) []byte { return right }

func asBatch(_ message, right []byte) []byte { return []byte("[" + string(right) + "]") }

func rpcError(m message, _ []byte) []byte {
	return failure(m.id, refuse(http.StatusOK, codeInternal, "The demo server fails on purpose"))
}

func (s *Server) wrongID(w http.ResponseWriter, r *http.Request, m message) {
	m.id = []byte(`"nobody-asked-this"`)
	s.spoiled("application/json", asIs)(w, r, m)
}

// duplicated has a second result after the first (and so two keys alike).
func duplicated(_ message, right []byte) []byte {
	return append(right[:len(right)-1:len(right)-1], `,"result":{"tools":[]},"jsonrpc":"2.0"}`...)
}

// inResult is a result with one member of the given raw JSON.
func inResult(m message, raw string) []byte {
	id := string(m.id)
	if id == "" {
		id = "null"
	}
	return []byte(`{"jsonrpc":"2.0","id":` + id + `,"result":{"resultType":"complete","tools":[],"x":` + raw + `}}`)
}

func badUTF8(m message, _ []byte) []byte {
	return inResult(m, "\"\xff\xfe \xc0\xaf \xed\xa0\x80\"")
}

const depth = 100_000

func deep(m message, _ []byte) []byte {
	return inResult(m, strings.Repeat("[", depth)+strings.Repeat("]", depth))
}

// cut dies in the middle of the event that would be the answer.
func (s *Server) cut(w http.ResponseWriter, r *http.Request, m message) {
	right := s.plain(r.Context(), m)
	openStream(w)
	w.Write([]byte("event: message\ndata: "))
	w.Write(right[:len(right)/2])
	flush(w)
	drop()
}

// cutJSON promises more bytes than it sends.
func (s *Server) cutJSON(w http.ResponseWriter, r *http.Request, m message) {
	right := s.plain(r.Context(), m)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(right)+100))
	w.Write(right)
	flush(w)
	drop()
}
