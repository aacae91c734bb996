package demo

import (
	"bytes"
	"encoding/json"
	"net/http"
)

// JSON-RPC codes: the standard's, MCP's of 2026-07-28 ("Error Codes"), and the
// one that the SDKs' servers use for a request that is bad as HTTP.
const (
	codeParse          = -32700
	codeInvalidRequest = -32600
	codeUnknownMethod  = -32601
	codeInvalidParams  = -32602
	codeInternal       = -32603
	codeServer         = -32000
	codeNoSession      = -32001
	codeHeaderMismatch = -32020
	codeUnsupported    = -32022
)

// message is an incoming JSON-RPC message. Keys match exactly, unlike those of
// a struct of encoding/json; of a key given twice the last one counts.
type message struct {
	id     json.RawMessage // nil for a notification
	method string          // "" for a response
	params json.RawMessage
	result json.RawMessage // a response's; nil for an error
}

func (m message) isRequest() bool { return m.method != "" && m.id != nil }

// dig gives the value at a path of keys, nil if there is none or it is null.
func dig(raw json.RawMessage, path ...string) json.RawMessage {
	for _, key := range path {
		var fields map[string]json.RawMessage
		if json.Unmarshal(raw, &fields) != nil {
			return nil
		}
		raw = fields[key]
	}
	if string(raw) == "null" {
		return nil
	}
	return raw
}

// text gives the string at a path of keys; ok is false if there is none.
func text(raw json.RawMessage, path ...string) (value string, ok bool) {
	at := dig(raw, path...)
	return value, at != nil && json.Unmarshal(at, &value) == nil
}

// parse reads one message; a batch is refused, as every revision but
// 2025-03-26 does.
func parse(body []byte) (message, *refusal) {
	if !json.Valid(body) {
		return message{}, refuse(http.StatusBadRequest, codeParse, "Parse error")
	}
	version, _ := text(body, "jsonrpc")
	method, _ := text(body, "method")
	m := message{id: dig(body, "id"), method: method, params: dig(body, "params"), result: dig(body, "result")}
	answer := m.result != nil || dig(body, "error") != nil
	if version != "2.0" || m.method == "" && !answer || m.id != nil && !validID(m.id) {
		return m, refuse(http.StatusBadRequest, codeInvalidRequest, "Invalid Request")
	}
	return m, nil
}

// validID: a string or a number.
func validID(id json.RawMessage) bool { return bytes.IndexByte([]byte(`"-0123456789`), id[0]) >= 0 }

// refusal is a JSON-RPC error and the HTTP status to send it with.
type refusal struct {
	status  int
	Code    int    `json:"code"`
	Message string `json:"message"`
	Data    any    `json:"data,omitempty"`
}

func refuse(status, code int, text string) *refusal {
	return &refusal{status: status, Code: code, Message: text}
}

// write answers an HTTP request with the error; id is nil for one without.
func (f refusal) write(w http.ResponseWriter, id json.RawMessage) {
	writeJSON(w, f.status, failure(id, &f))
}

func failure(id json.RawMessage, f *refusal) []byte {
	return encode(struct {
		JSONRPC string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Error   *refusal        `json:"error"`
	}{"2.0", id, f})
}

func success(id json.RawMessage, result any) []byte {
	return encode(struct {
		JSONRPC string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Result  any             `json:"result"`
	}{"2.0", id, result})
}

func notification(method string, params any) []byte {
	return encode(struct {
		JSONRPC string `json:"jsonrpc"`
		Method  string `json:"method"`
		Params  any    `json:"params,omitempty"`
	}{"2.0", method, params})
}

// encode writes compact JSON without escaping HTML, as Python's servers do. Its
// values are this package's own, so a failure is a mistake of this package.
func encode(v any) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err)
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

func writeJSON(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(body)
}
