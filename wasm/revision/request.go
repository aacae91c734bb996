package revision

import (
	"bytes"
	"encoding/base64"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsontext"
)

// Client is who we say we are: the Implementation object as JSON, written once.
type Client string

// NewClient writes the Implementation object; title may be empty.
func NewClient(name, title, version string) Client {
	dst := jsontext.AppendString([]byte(`{"name":`), name)
	if title != "" {
		dst = jsontext.AppendString(append(dst, `,"title":`...), title)
	}
	dst = jsontext.AppendString(append(dst, `,"version":`...), version)
	return Client(append(dst, '}'))
}

// Meta is what goes into params._meta.
type Meta struct {
	// Version is set for a modern request: then version, clientInfo and clientCapabilities are written
	// (2026-07-28, "Per-request protocol fields").
	Version string
	Client  Client
	// Capabilities is the ClientCapabilities object; empty is {}.
	Capabilities []byte
	// LogLevel opts in to notifications/message.
	LogLevel string
	// ProgressToken opts in to notifications/progress.
	ProgressToken string
}

// AppendParams appends params with our _meta merged in; every other member stays as it is, byte by byte.
// params is a valid JSON object or empty. Members of a _meta that the caller gave are kept, ours win.
func (m Meta) AppendParams(dst, params []byte) []byte {
	if m.Version == "" && m.ProgressToken == "" {
		return append(dst, params...)
	}
	dst = append(dst, `{"_meta":{`...)
	dst = m.appendFields(dst)
	if inner, ok := withoutMeta(params); ok {
		return append(append(dst, "},"...), inner...)
	}
	var rest []byte
	if len(params) > 0 {
		jsontext.Members(params, func(key string, _ int, value []byte, _ int) bool {
			if key == "_meta" {
				dst = appendForeign(dst, value)
			} else {
				rest = appendMember(append(rest, ','), key, value)
			}
			return true
		})
	}
	dst = append(dst, '}')
	return append(append(dst, rest...), '}')
}

// withoutMeta is the usual case: params with members and surely without a _meta, as what follows our own. An
// escape in a key could hide one, so a backslash is not the usual case.
func withoutMeta(params []byte) (inner []byte, ok bool) {
	if len(params) == 0 {
		return nil, false
	}
	inner = bytes.TrimLeft(params[1:], " \t\r\n")
	if inner[0] == '}' || bytes.Contains(params, []byte("_meta")) || bytes.IndexByte(params, '\\') >= 0 {
		return nil, false
	}
	return inner, true
}

func (m Meta) appendFields(dst []byte) []byte {
	comma := false
	if m.Version != "" {
		dst = append(dst, `"io.modelcontextprotocol/protocolVersion":`...)
		dst = jsontext.AppendString(dst, m.Version)
		dst = append(dst, `,"io.modelcontextprotocol/clientInfo":`...)
		dst = append(dst, m.Client...)
		dst = append(dst, `,"io.modelcontextprotocol/clientCapabilities":`...)
		dst = AppendCapabilities(dst, m.Capabilities)
		if m.LogLevel != "" {
			dst = jsontext.AppendString(append(dst, `,"io.modelcontextprotocol/logLevel":`...), m.LogLevel)
		}
		comma = true
	}
	if m.ProgressToken != "" {
		if comma {
			dst = append(dst, ',')
		}
		dst = append(dst, `"progressToken":`...)
		dst = jsontext.AppendString(dst, m.ProgressToken)
	}
	return dst
}

// AppendCapabilities appends a ClientCapabilities object.
func AppendCapabilities(dst, object []byte) []byte {
	if len(object) == 0 {
		return append(dst, "{}"...)
	}
	return append(dst, object...)
}

// ours are the _meta keys that the caller cannot set.
var ours = []string{"io.modelcontextprotocol/protocolVersion", "io.modelcontextprotocol/clientInfo",
	"io.modelcontextprotocol/clientCapabilities", "progressToken"}

// appendForeign appends the caller's own _meta members behind ours.
func appendForeign(dst, meta []byte) []byte {
	if len(meta) == 0 || meta[0] != '{' {
		return dst
	}
	jsontext.Members(meta, func(key string, _ int, value []byte, _ int) bool {
		for _, o := range ours {
			if key == o {
				return true
			}
		}
		dst = appendMember(append(dst, ','), key, value)
		return true
	})
	return dst
}

func appendMember(dst []byte, key string, value []byte) []byte {
	dst = jsontext.AppendString(dst, key)
	return append(append(dst, ':'), value...)
}

// nameField is the params member that Mcp-Name mirrors, by method.
func nameField(method string) string {
	switch method {
	case "tools/call", "prompts/get":
		return "name"
	case "resources/read":
		return "uri"
	case "tasks/get", "tasks/update", "tasks/cancel": // Tasks extension, "Streamable HTTP: Routing Headers"
		return "taskId"
	}
	return ""
}

// usualHeaders is room for what a request has, so that adding to them allocates once.
const usualHeaders = 10

// AppendHeaders appends the headers that a revision wants on a request (2026-07-28, "Request Metadata";
// 2025-06-18, "Protocol Version Header").
func (w *Wire) AppendHeaders(dst []msg.Header, method string, params []byte) []msg.Header {
	if dst == nil {
		dst = make([]msg.Header, 0, usualHeaders)
	}
	if w.VersionHeader {
		dst = append(dst, msg.Header{Name: "MCP-Protocol-Version", Value: w.Version})
	}
	if !w.Mirrors {
		return dst
	}
	dst = append(dst, msg.Header{Name: "Mcp-Method", Value: HeaderValue(method)})
	if field := nameField(method); field != "" {
		if name, found := stringMember(params, field); found {
			dst = append(dst, msg.Header{Name: "Mcp-Name", Value: HeaderValue(name)})
		}
	}
	return dst
}

func stringMember(params []byte, name string) (s string, ok bool) {
	if len(params) == 0 {
		return "", false
	}
	jsontext.Members(params, func(key string, _ int, value []byte, _ int) bool {
		if key == name && value[0] == '"' {
			s, ok = jsontext.Unquote(value)
		}
		return true
	})
	return s, ok
}

// HeaderValue is 2026-07-28, "Value Encoding": plain where it is visible ASCII without outer white space,
// else in the base64 sentinel.
func HeaderValue(s string) string {
	plain := s == strings.Trim(s, " \t") && !(strings.HasPrefix(s, "=?base64?") && strings.HasSuffix(s, "?="))
	for i := 0; plain && i < len(s); i++ {
		plain = s[i] >= ' ' && s[i] <= '~' || s[i] == '\t'
	}
	if plain {
		return s
	}
	return "=?base64?" + base64.StdEncoding.EncodeToString([]byte(s)) + "?="
}
