package demo

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// breaker spoils the answer to a message; the message is zero if the request
// carries none.
type breaker func(w http.ResponseWriter, r *http.Request, m message)

// fault applies a breaker to requests for the method in ?on= ("*" for all, the
// given one by default); the rest is answered as ?as= says: open, legacy,
// legacy-json or seed, so that a client gets as far as the fault. No key is
// asked for, except by as=seed.
func (s *Server) fault(on string, spoil breaker) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		where := cmp.Or(query.Get("on"), on)
		m, _ := parse(bodyOf(r))
		if where == "*" || m.method == where {
			spoil(w, r, m)
			return
		}
		s.as(query.Get("as"))(w, r)
	}
}

func (s *Server) as(name string) http.HandlerFunc {
	switch name {
	case "legacy":
		return s.legacy(streamed)
	case "legacy-json":
		return s.legacy(single)
	case "seed":
		return s.seed(pydantic2)
	}
	return s.modern
}

// number reads a whole number of the query; anything else gives the default.
func number(r *http.Request, name string, byDefault int) int {
	n, err := strconv.Atoi(r.URL.Query().Get(name))
	if err != nil || n < 0 {
		return byDefault
	}
	return n
}

// drop closes the connection where it is, with whatever was flushed.
func drop() { panic(http.ErrAbortHandler) }

func (s *Server) die(http.ResponseWriter, *http.Request, message) { drop() }

// hang never answers; it ends when the client goes or the server closes.
func (s *Server) hang(_ http.ResponseWriter, r *http.Request, _ message) {
	<-r.Context().Done()
	drop()
}

// slow answers after ?ms= (1000) milliseconds.
func (s *Server) slow(w http.ResponseWriter, r *http.Request, _ message) {
	if !(call{ctx: r.Context()}).wait(time.Duration(number(r, "ms", 1000)) * time.Millisecond) {
		drop()
	}
	s.as(r.URL.Query().Get("as"))(w, r)
}

// status answers /status/CODE with any code from 200 to 599 and ?body= of
// statusBodies; ?challenge=1 adds a WWW-Authenticate, ?retry=N a Retry-After.
func (s *Server) status(w http.ResponseWriter, r *http.Request, _ message) {
	code, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/status/"))
	kind, body, ok := statusBody(r.URL.Query().Get("body"))
	if err != nil || code < 200 || code > 599 || !ok {
		http.Error(w, "demo: want /status/200..599?body=json|text|html|array|empty|detail|long", http.StatusBadRequest)
		return
	}
	if r.URL.Query().Has("challenge") {
		w.Header().Set("WWW-Authenticate", s.challenge())
	}
	if retry := r.URL.Query().Get("retry"); retry != "" {
		w.Header().Set("Retry-After", retry)
	}
	if kind != "" {
		w.Header().Set("Content-Type", kind)
	}
	w.WriteHeader(code)
	w.Write([]byte(body))
}

func statusBody(name string) (kind, body string, ok bool) {
	switch name {
	case "json", "":
		return "application/json", `{"message":"The demo server answers so on purpose"}`, true
	case "text":
		return "text/plain; charset=utf-8", "The demo server answers so on purpose", true
	case "html":
		return "text/html; charset=utf-8", htmlPage, true
	case "array":
		return "application/json", `[{"code":"invalid_type","message":"on purpose"}]`, true
	case "empty":
		return "", "", true
	case "detail":
		return "application/json", `{"detail":"The demo server answers so on purpose"}`, true
	case "long":
		return "text/plain; charset=utf-8", strings.Repeat("On purpose. ", 100_000), true
	}
	return "", "", false
}

// redirect answers /redirect/CODE/same (to ?to=, "/mcp"), /redirect/CODE/cross
// (to /mcp of the second origin) and /redirect/CODE/loop or /redirect/loop.
func (s *Server) redirect(w http.ResponseWriter, r *http.Request, _ message) {
	first, last, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/redirect/"), "/")
	code, err := strconv.Atoi(first)
	if first == "loop" {
		code, last, err = http.StatusTemporaryRedirect, "loop", nil
	}
	same := cmp.Or(r.URL.Query().Get("to"), "/mcp")
	to := map[string]string{"same": same, "cross": s.ForeignURL("/mcp"), "loop": r.URL.RequestURI()}[last]
	if err != nil || code < 300 || code > 399 || to == "" {
		http.Error(w, "demo: want /redirect/300..399/same|cross|loop", http.StatusBadRequest)
		return
	}
	w.Header().Set("Location", to)
	w.WriteHeader(code)
}
