package demo

import (
	"crypto/subtle"
	"net"
	"net/http"
	"net/url"
)

const refusedKey = "Missing or invalid API key"

func (s *Server) hasKey(r *http.Request) bool {
	return same(r.Header.Get(s.opts.Header), s.opts.Key)
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// keyed refuses a request without the configured key as the seed does:
// 401 {"detail":"Missing or invalid API key"}, without a WWW-Authenticate.
func (s *Server) keyed(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !s.hasKey(r) {
			detail(w, http.StatusUnauthorized, refusedKey)
			return
		}
		next(w, r)
	}
}

// local refuses a request from a web page elsewhere with 403 (2026-07-28,
// Streamable HTTP, "Security & Endpoint"), unless Options.CORS invites it.
func (s *Server) local(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if from := r.Header.Get("Origin"); from != "" && !s.opts.CORS && !loopbackOrigin(from) {
			refusal{status: http.StatusForbidden, Code: codeServer, Message: "Forbidden: Origin not allowed"}.write(w, nil)
			return
		}
		next(w, r)
	}
}

func loopbackOrigin(origin string) bool {
	u, err := url.Parse(origin)
	if err != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}

// crossOrigin adds what a page on another origin needs (Fetch Standard, "CORS
// protocol"); it does nothing unless Options.CORS asks for it.
func (s *Server) crossOrigin(next http.Handler) http.Handler {
	if !s.opts.CORS {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("Access-Control-Expose-Headers", "Mcp-Session-Id, WWW-Authenticate")
		asked := r.Header.Get("Access-Control-Request-Method")
		if r.Method != http.MethodOptions || asked == "" {
			next.ServeHTTP(w, r)
			return
		}
		h.Set("Access-Control-Allow-Methods", "GET, POST, DELETE")
		h.Set("Access-Control-Allow-Headers", r.Header.Get("Access-Control-Request-Headers"))
		h.Set("Access-Control-Allow-Private-Network", "true")
		w.WriteHeader(http.StatusNoContent)
	})
}
