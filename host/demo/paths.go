package demo

import (
	"net/http"
	"path"
	"strings"
)

// Path is one line of the table of paths.
type Path struct {
	Pattern string // as in a URL, with its query parameters
	About   string
	Key     bool // the configured key is needed
}

// route is a Path and what serves it.
type route struct {
	Path
	serve http.HandlerFunc
}

// Paths lists what a server serves, for --help and for people.
func Paths() []Path {
	var out []Path
	for _, r := range new(Server).routes() {
		out = append(out, r.Path)
	}
	return out
}

func (s *Server) routes() []route {
	return append(s.servers(), s.faulty()...)
}

// servers are the paths that behave.
func (s *Server) servers() []route {
	safe := func(h http.HandlerFunc) http.HandlerFunc { return s.local(s.keyed(h)) }
	return []route{
		{Path{"/mcp", "the server of the report, word for word, on pydantic 2: the id must be a string", true}, s.seed(pydantic2)},
		{Path{"/mcp-v1", "the same on pydantic 1: a number as id is taken and comes back as a string", true}, s.seed(pydantic1)},
		{Path{"/health", "the report's health check", false}, s.health},
		{Path{"/modern", "2026-07-28, stateless Streamable HTTP", true}, safe(s.modern)},
		{Path{"/open", "like /modern", false}, s.local(s.modern)},
		{Path{"/oauth", "like /modern, with the key or the same value as a Bearer token; else a challenge", true}, s.local(s.bearer(s.modern))},
		{Path{resourceMetadata, "the metadata that the challenge of /oauth names", false}, s.resourceMetadata},
		{Path{"/legacy", "2025-11-25, Streamable HTTP with sessions, answers as event streams", true}, safe(s.legacy(streamed))},
		{Path{"/legacy-json", "the same, answers as JSON", true}, safe(s.legacy(single))},
		{Path{"/sse", "2024-11-05, HTTP+SSE", true}, safe(s.sse(false))},
		{Path{"/messages?session_id=ID", "where /sse is POSTed to", true}, safe(s.messages)},
		{Path{"/sse-foreign", "like /sse, but its endpoint is at another origin", true}, safe(s.sse(true))},
	}
}

// faulty are the paths that misbehave; ?on= and ?as= are explained at fault.
func (s *Server) faulty() []route {
	const json, all = "application/json", "*"
	return []route{
		{Path{"/status/CODE?body=KIND", "any status; body json, text, html, array, empty, detail or long; challenge=1, retry=N", false}, s.fault(all, s.status)},
		{Path{"/redirect/CODE/WHERE?to=PATH", "redirects; where same, cross (another origin) or loop", false}, s.fault(all, s.redirect)},
		{Path{"/slow?ms=N", "answers late", false}, s.fault(all, s.slow)},
		{Path{"/hang", "never answers", false}, s.fault(all, s.hang)},
		{Path{"/die", "closes the connection before any header", false}, s.fault(all, s.die)},
		{Path{"/cut", "tools/list dies in the middle of an event", false}, s.fault("tools/list", s.cut)},
		{Path{"/cut-json", "tools/list has a Content-Length longer than its body", false}, s.fault("tools/list", s.cutJSON)},
		{Path{"/html", "200 with a page", false}, s.fault(all, fixed(200, "text/html; charset=utf-8", htmlPage))},
		{Path{"/empty200", "200 with nothing", false}, s.fault(all, fixed(200, "", ""))},
		{Path{"/202", "202 to a request", false}, s.fault(all, fixed(202, "", ""))},
		{Path{"/rpc-error", "200 with a JSON-RPC error", false}, s.fault(all, s.spoiled(json, rpcError))},
		{Path{"/wrong-id", "the right answer to a request that nobody made", false}, s.fault(all, s.wrongID)},
		{Path{"/wrong-type", "the right answer as text/plain", false}, s.fault(all, s.spoiled("text/plain", asIs))},
		{Path{"/batch", "the right answer in an array", false}, s.fault(all, s.spoiled(json, asBatch))},
		{Path{"/dup-keys", "an answer with two results", false}, s.fault(all, s.spoiled(json, duplicated))},
		{Path{"/bad-utf8", "a result with bytes that are no UTF-8", false}, s.fault(all, s.spoiled(json, badUTF8))},
		{Path{"/deep", "a result nested 100,000 deep", false}, s.fault(all, s.spoiled(json, deep))},
		{Path{"/endless?mb=N", "a body without end (1 GB)", false}, s.fault(all, endless)},
		{Path{"/endless-line?mb=N", "a line of an event stream without end (1 GB)", false}, s.fault(all, endlessLine)},
		{Path{"/gzip-bomb?mb=N", "1 GB in 1 MB of gzip", false}, s.fault(all, gzipBomb)},
		{Path{"/notifications?n=N", "tools/call sends 100,000 notifications first", false}, s.fault("tools/call", s.notifications)},
	}
}

// mux serves the routes; a pattern with words in capitals serves all below it.
// Every other path is the seed's 404, also one that http.ServeMux would clean.
func (s *Server) mux() http.Handler {
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		at, _, _ := strings.Cut(r.Pattern, "?")
		if i := strings.IndexAny(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"); i > 0 {
			at = at[:i]
		}
		mux.HandleFunc(at, r.serve)
	}
	mux.HandleFunc("/", s.unknown)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if clean := path.Clean(r.URL.Path); clean != r.URL.Path && clean+"/" != r.URL.Path {
			s.unknown(w, r)
			return
		}
		mux.ServeHTTP(w, r)
	})
}
