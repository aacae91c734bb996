package revision

import (
	"github.com/headfast/headfast/wasm/jsonrpc"
	"github.com/tidwall/gjson"
)

// Era is what an answer to a probe says about the server.
type Era uint8

const (
	// EraLegacy: no modern server answers like this; go on with initialize.
	EraLegacy Era = iota
	// EraModern: the server speaks Verdict.Version.
	EraModern
	// EraUnsupported: a modern server with no revision in common.
	EraUnsupported
	// EraBroken: a modern server that found the request wrong; another handshake would not help.
	EraBroken
)

// The error codes by which a modern server is recognised (2026-07-28, "Error Codes").
const (
	CodeHeaderMismatch     = -32020
	CodeMissingCapability  = -32021
	CodeUnsupportedVersion = -32022
	CodeMethodNotFound     = -32601
	CodeInvalidParams      = -32602
	CodeInternal           = -32603
)

// Verdict is the outcome of a probe.
type Verdict struct {
	Era     Era
	Version string
	// Supported is what the server says that it speaks.
	Supported []string
}

// Classify reads the answer to server/discover (2026-07-28, "Backward Compatibility"). m is nil where the
// answer is not a JSON-RPC message.
func Classify(m *jsonrpc.Message) Verdict {
	if m == nil {
		return Verdict{Era: EraLegacy}
	}
	switch m.Kind {
	case jsonrpc.Response:
		return choose(list(gjson.GetBytes(m.Result, "supportedVersions")), EraLegacy)
	case jsonrpc.ErrorResponse:
		switch m.Code {
		case CodeUnsupportedVersion:
			return choose(list(gjson.GetBytes(m.ErrorData, "supported")), EraUnsupported)
		case CodeHeaderMismatch, CodeMissingCapability:
			return Verdict{Era: EraBroken}
		}
	}
	return Verdict{Era: EraLegacy}
}

// choose picks a revision from the server's list; without a list the answer means otherwise.
func choose(supported []string, otherwise Era) Verdict {
	best := Best(supported)
	switch {
	case len(supported) == 0:
		return Verdict{Era: otherwise}
	case best == "":
		return Verdict{Era: EraUnsupported, Supported: supported}
	case !HasInitialize(best):
		return Verdict{Era: EraModern, Version: best, Supported: supported}
	}
	return Verdict{Era: EraLegacy, Supported: supported}
}

// list reads at most 64 strings of at most 64 bytes.
func list(v gjson.Result) []string {
	var out []string
	if !v.IsArray() {
		return nil
	}
	v.ForEach(func(_, el gjson.Result) bool {
		if el.Type == gjson.String && len(el.Str) <= 64 {
			out = append(out, el.Str)
		}
		return len(out) < 64
	})
	return out
}
