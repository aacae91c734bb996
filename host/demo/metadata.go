package demo

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

const metaPrefix = "io.modelcontextprotocol/"

// checkMetadata validates the mirrored headers and the required _meta fields of
// a 2026-07-28 request (Streamable HTTP, "Request Metadata"; Overview, "_meta").
// Everything it refuses is status 400: HeaderMismatch, an unsupported version,
// or -32602 for a missing field.
func (s *Server) checkMetadata(h http.Header, m message) *refusal {
	version, inBody := text(m.params, "_meta", metaPrefix+"protocolVersion")
	stated := h.Get("Mcp-Protocol-Version")
	switch {
	case stated == "":
		return s.mismatch(m, "MCP-Protocol-Version header is missing")
	case inBody && stated != version:
		return s.mismatch(m, differ("MCP-Protocol-Version", stated, version))
	case !slices.Contains(s.opts.Behave.Versions, stated):
		return s.unsupported(stated)
	case !inBody:
		return missingMeta("protocolVersion")
	case h.Get("Mcp-Method") != m.method:
		return s.mismatch(m, differ("Mcp-Method", h.Get("Mcp-Method"), m.method))
	case dig(m.params, "_meta", metaPrefix+"clientCapabilities") == nil:
		return missingMeta("clientCapabilities")
	}
	if bad := s.checkName(h, m); bad != nil {
		return bad
	}
	return s.checkParams(h, m)
}

func missingMeta(name string) *refusal {
	return refuse(http.StatusBadRequest, codeInvalidParams, "Invalid params: _meta lacks "+metaPrefix+name)
}

// checkName compares Mcp-Name, where the method has one, with the body.
func (s *Server) checkName(h http.Header, m message) *refusal {
	key := map[string]string{"tools/call": "name", "prompts/get": "name", "resources/read": "uri"}[m.method]
	if key == "" {
		return nil
	}
	name, _ := text(m.params, key)
	return s.checkMirror(h, m, "Mcp-Name", name)
}

// checkParams compares the Mcp-Param-* headers of the one parameter that is
// annotated with x-mcp-header: region of echo. No value, no header.
func (s *Server) checkParams(h http.Header, m message) *refusal {
	if name, _ := text(m.params, "name"); m.method != "tools/call" || name != "echo" {
		return nil
	}
	region, given := text(m.params, "arguments", "region")
	if _, sent := h["Mcp-Param-Region"]; !given && !sent {
		return nil
	}
	return s.checkMirror(h, m, "Mcp-Param-Region", region)
}

func (s *Server) checkMirror(h http.Header, m message, header, value string) *refusal {
	sent, ok := decodeHeader(h.Get(header))
	switch _, present := h[header]; {
	case !present:
		return s.mismatch(m, header+" header is missing")
	case !ok:
		return s.mismatch(m, header+" header value has invalid characters")
	case sent != value:
		return s.mismatch(m, differ(header, sent, value))
	}
	return nil
}

func differ(header, sent, want string) string {
	return fmt.Sprintf("%s header value '%s' does not match body value '%s'", header, sent, want)
}

// decodeHeader undoes "Value Encoding": =?base64?...?= or visible ASCII.
func decodeHeader(v string) (string, bool) {
	inner, prefixed := strings.CutPrefix(v, "=?base64?")
	inner, suffixed := strings.CutSuffix(inner, "?=")
	if prefixed && suffixed {
		raw, err := base64.StdEncoding.DecodeString(inner)
		return string(raw), err == nil
	}
	invalid := func(r rune) bool { return r != '\t' && (r < ' ' || r > '~') }
	return v, !strings.ContainsFunc(v, invalid)
}

type versionData struct {
	Supported []string `json:"supported"`
	Requested string   `json:"requested,omitempty"`
}

// mismatch is HeaderMismatch (-32020). For an initialize it also names what is
// supported, since an older client may show nothing else ("Versioning").
func (s *Server) mismatch(m message, why string) *refusal {
	bad := refuse(http.StatusBadRequest, codeHeaderMismatch, "Header mismatch: "+why)
	if m.method == "initialize" {
		bad.Message += "; this server speaks only " + strings.Join(s.opts.Behave.Versions, ", ")
		bad.Data = versionData{Supported: s.opts.Behave.Versions}
	}
	return bad
}

// unsupported is UnsupportedProtocolVersionError (-32022).
func (s *Server) unsupported(version string) *refusal {
	bad := refuse(http.StatusBadRequest, codeUnsupported, "Unsupported protocol version")
	bad.Data = versionData{s.opts.Behave.Versions, version}
	return bad
}
