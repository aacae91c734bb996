package demo

import (
	"context"
	"net/http"
	"strings"
)

const modernVersion = "2026-07-28"

// modern serves revision 2026-07-28: stateless Streamable HTTP, one POST a
// request, answered as one object or, when something precedes the answer, as a
// stream. Closing the stream cancels the request.
func (s *Server) modern(w http.ResponseWriter, r *http.Request) {
	if !allow(w, r, http.MethodPost) {
		return
	}
	m, bad := parsePost(r)
	if bad == nil && m.method == "" {
		bad = refuse(http.StatusBadRequest, codeInvalidRequest, "Invalid Request: clients send no responses")
	}
	if bad == nil && m.isRequest() {
		bad = s.checkMetadata(r.Header, m)
	}
	switch {
	case bad != nil:
		bad.write(w, m.id)
	case !m.isRequest():
		w.WriteHeader(http.StatusAccepted)
	default:
		(&httpPeer{w: w}).serve(r.Context(), s, m, modernEra)
	}
}

// parsePost reads the message of a POST after what Streamable HTTP asks of its
// headers in every revision: both media types accepted, JSON sent.
func parsePost(r *http.Request) (message, *refusal) {
	accept := r.Header.Get("Accept")
	if !strings.Contains(accept, "application/json") || !strings.Contains(accept, "text/event-stream") {
		return message{}, refuse(http.StatusNotAcceptable, codeServer,
			"Not Acceptable: Client must accept both application/json and text/event-stream")
	}
	if !strings.Contains(r.Header.Get("Content-Type"), "application/json") {
		return message{}, refuse(http.StatusUnsupportedMediaType, codeServer,
			"Unsupported Media Type: Content-Type must be application/json")
	}
	return parse(bodyOf(r))
}

// era is what differs in the results of the modern and the legacy revisions.
type era int

const (
	legacyEra era = iota
	modernEra
)

// gone is the outcome of a request whose sender no longer waits: no answer.
var gone = &refusal{}

// answer runs a request and sends its outcome, in any era.
func (s *Server) answer(ctx context.Context, m message, e era, p peer) {
	result, bad := s.run(ctx, m, e, p)
	switch bad {
	case nil:
		p.finish(http.StatusOK, success(m.id, result))
	case gone:
	default:
		p.finish(bad.status, failure(m.id, bad))
	}
}

func (s *Server) run(ctx context.Context, m message, e era, p peer) (any, *refusal) {
	switch {
	case m.method == "tools/list":
		return s.listTools(m, e)
	case m.method == "tools/call":
		return s.callTool(ctx, m, e, p)
	case m.method == "server/discover" && e == modernEra:
		return s.discover(), nil
	case m.method == "subscriptions/listen" && e == modernEra:
		return s.subscribe(ctx, m, p)
	case m.method == "ping" && e == legacyEra:
		return struct{}{}, nil
	}
	status := http.StatusOK
	if e == modernEra {
		status = http.StatusNotFound
	}
	return nil, refuse(status, codeUnknownMethod, "Method not found")
}

// stamp is what every result of 2026-07-28 carries; nil in legacy results.
type stamp struct {
	Type string     `json:"resultType"`
	Meta resultMeta `json:"_meta"`
}

type resultMeta struct {
	Server       *implementation `json:"io.modelcontextprotocol/serverInfo,omitempty"`
	Subscription any             `json:"io.modelcontextprotocol/subscriptionId,omitempty"`
}

type implementation struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

var self = implementation{"headfast-demo", "1"}

func (e era) stamp() *stamp {
	if e == legacyEra {
		return nil
	}
	return &stamp{"complete", resultMeta{Server: &self}}
}

// fresh are the caching hints of 2026-07-28 ("Caching"); nil in legacy results.
type fresh struct {
	TTL   int    `json:"ttlMs"`
	Scope string `json:"cacheScope"`
}

func (e era) fresh() *fresh {
	if e == legacyEra {
		return nil
	}
	return &fresh{60_000, "private"}
}

type capabilities struct {
	Tools struct {
		ListChanged bool `json:"listChanged"`
	} `json:"tools"`
}

func offers() (c capabilities) {
	c.Tools.ListChanged = true
	return c
}

const instructions = "Tools that behave, and paths that do not."

// discover is the DiscoverResult of server/discover.
func (s *Server) discover() any {
	return struct {
		*stamp
		*fresh
		Versions     []string     `json:"supportedVersions"`
		Capabilities capabilities `json:"capabilities"`
		Instructions string       `json:"instructions"`
	}{modernEra.stamp(), modernEra.fresh(), s.opts.Behave.Versions, offers(), instructions}
}
