package demo

import (
	"net/http"
	"strings"
)

// The documents of RFC 9728 and RFC 8414 that a client with a configured key
// must never ask for. They are true enough for one that follows them up to the
// point where a person would sign in; there the second origin refuses.
const resourceMetadata = "/.well-known/oauth-protected-resource/oauth"

// bearer lets in a request with the configured key, in its own header or as a
// Bearer token, and challenges every other (RFC 9728, section 5.1).
func (s *Server) bearer(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		if s.hasKey(r) || strings.EqualFold(scheme, "Bearer") && same(token, s.opts.Key) {
			next(w, r)
			return
		}
		w.Header().Set("WWW-Authenticate", s.challenge())
		writeJSON(w, http.StatusUnauthorized, oauthError("invalid_token", "A token is needed"))
	}
}

func (s *Server) challenge() string {
	return `Bearer resource_metadata="` + s.URL(resourceMetadata) + `"`
}

func oauthError(code, description string) []byte {
	return encode(struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}{code, description})
}

func (s *Server) resourceMetadata(w http.ResponseWriter, r *http.Request) {
	if allow(w, r, http.MethodGet) {
		writeJSON(w, http.StatusOK, encode(struct {
			Resource string   `json:"resource"`
			Servers  []string `json:"authorization_servers"`
		}{s.URL("/oauth"), []string{s.other.url}}))
	}
}

func (s *Server) issuerMetadata(w http.ResponseWriter, r *http.Request) {
	if allow(w, r, http.MethodGet) {
		writeJSON(w, http.StatusOK, encode(struct {
			Issuer    string   `json:"issuer"`
			Authorize string   `json:"authorization_endpoint"`
			Token     string   `json:"token_endpoint"`
			Register  string   `json:"registration_endpoint"`
			Types     []string `json:"response_types_supported"`
			PKCE      []string `json:"code_challenge_methods_supported"`
		}{s.other.url, s.ForeignURL("/authorize"), s.ForeignURL("/token"), s.ForeignURL("/register"),
			[]string{"code"}, []string{"S256"}}))
	}
}

// foreignMux is the second origin: an authorization server that grants nothing,
// the target of /redirect/*/cross, and the endpoint that /sse-foreign names.
func (s *Server) foreignMux() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/.well-known/oauth-authorization-server", s.issuerMetadata)
	mux.HandleFunc("/.well-known/openid-configuration", s.issuerMetadata)
	for _, path := range []string{"/authorize", "/token", "/register"} {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			writeJSON(w, http.StatusBadRequest, oauthError("access_denied", "This server grants nothing"))
		})
	}
	mux.HandleFunc("/mcp", s.modern)
	mux.HandleFunc("POST /messages", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusAccepted)
	})
	mux.HandleFunc("/", s.unknown)
	return mux
}
