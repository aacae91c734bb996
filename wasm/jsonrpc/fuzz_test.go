package jsonrpc

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"github.com/tidwall/gjson"

	"github.com/headfast/headfast/wasm/jsontext"
)

// FuzzParse holds Parse and ParseBatch to each other, to two other readers
// (encoding/json and gjson) and to what the builders write.
func FuzzParse(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		before := bytes.Clone(data)
		m, err := Parse(data)
		checkBatch(t, data, m, err)
		if err != nil {
			checkError(t, data, err)
		} else {
			checkMessage(t, data, &m)
			checkRebuilt(t, &m)
		}
		if !bytes.Equal(before, data) {
			t.Fatal("the input was changed")
		}
	})
}

func checkError(t *testing.T, data []byte, err error) {
	t.Helper()
	var p *ParseError
	if !errors.As(err, &p) || p.Offset < 0 || p.Offset > len(data) || p.Reason == "" {
		t.Fatalf("%q: %#v", data, err)
	}
	if fault := jsontext.Valid(data); fault != nil && (p.Offset != fault.Offset || p.Reason != string(fault.Reason)) {
		t.Fatalf("%q: %v, want %v", data, err, fault)
	}
}

// checkBatch: one message reads the same through ParseBatch, as itself and inside
// brackets.
func checkBatch(t *testing.T, data []byte, m Message, err error) {
	t.Helper()
	batch, batchErr := ParseBatch(data)
	if err == nil && (batchErr != nil || len(batch) != 1 || show(batch[0]) != show(m)) {
		t.Fatalf("%q: %v, but as a batch: %v, %v", data, m, batch, batchErr)
	}
	if batchErr != nil {
		checkError(t, data, batchErr)
	} else if len(batch) == 0 || len(batch) > MaxBatch {
		t.Fatalf("%q: %d messages", data, len(batch))
	}
	if err != nil {
		return
	}
	// Brackets add one level, so only the deepest text may fail.
	inside, insideErr := ParseBatch([]byte("[" + string(data) + ",\n" + string(data) + "]"))
	var p *ParseError
	if errors.As(insideErr, &p) && p.Reason == string(jsontext.TooDeep) {
		return
	}
	if insideErr != nil || len(inside) != 2 || show(inside[0]) != show(m) || show(inside[1]) != show(m) {
		t.Fatalf("%q: in brackets: %v, %v", data, inside, insideErr)
	}
}

// checkMessage compares each member with what encoding/json's map, which matches
// keys exactly, and gjson find under the same key.
func checkMessage(t *testing.T, data []byte, m *Message) {
	t.Helper()
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		t.Fatalf("%q: %v", data, err)
	}
	byGJSON := map[string]string{}
	gjson.ParseBytes(data).ForEach(func(key, value gjson.Result) bool {
		byGJSON[key.String()] = value.Raw
		return true
	})
	for key, got := range map[string][]byte{"id": m.ID, "params": m.Params, "result": m.Result} {
		want, ok := members[key]
		if key == "params" && m.Kind != Request && m.Kind != Notification {
			continue // an answer has none, whatever it carries
		}
		if ok != (got != nil) || !bytes.Equal(got, want) || string(got) != byGJSON[key] {
			t.Fatalf("%q: %s is %q, encoding/json %q, gjson %q", data, key, got, want, byGJSON[key])
		}
	}
	checkKind(t, data, m, members)
}

func checkKind(t *testing.T, data []byte, m *Message, members map[string]json.RawMessage) {
	t.Helper()
	has := func(key string) bool { _, ok := members[key]; return ok }
	want := ErrorResponse
	switch {
	case has("method") && has("id"):
		want = Request
	case has("method"):
		want = Notification
	case has("result"):
		want = Response
	}
	var method string
	if has("method") && (json.Unmarshal(members["method"], &method) != nil || method != m.Method) {
		t.Fatalf("%q: method %q, want %q", data, m.Method, method)
	}
	if m.Kind != want || has("result") && has("error") || string(members["jsonrpc"]) == "" {
		t.Fatalf("%q: %s", data, show(*m))
	}
	if m.Kind != ErrorResponse {
		return
	}
	var fault map[string]json.RawMessage
	var code int64
	var message string
	if json.Unmarshal(members["error"], &fault) != nil || json.Unmarshal(fault["code"], &code) != nil || code != m.Code {
		t.Fatalf("%q: %s", data, show(*m))
	}
	if raw, ok := fault["message"]; ok && json.Unmarshal(raw, &message) != nil || message != m.ErrorMessage {
		t.Fatalf("%q: %s", data, show(*m))
	}
	if !bytes.Equal(fault["data"], m.ErrorData) {
		t.Fatalf("%q: %s", data, show(*m))
	}
}

// checkRebuilt: what the builders write of a message reads as that message.
func checkRebuilt(t *testing.T, m *Message) {
	t.Helper()
	want := *m
	var text []byte
	switch m.Kind {
	case Request:
		text = AppendRequest(nil, m.StringID(), m.Method, m.Params)
		want.ID = jsontext.AppendString(nil, m.StringID()) // always a string
	case Notification:
		text = AppendNotification(nil, m.Method, m.Params)
	case Response:
		text = AppendResult(nil, m.ID, m.Result)
	case ErrorResponse:
		text = AppendError(nil, m.ID, m.Code, m.ErrorMessage)
		want.ErrorData = nil
		if m.ID == nil {
			want.ID = []byte("null")
		}
	}
	got, err := Parse(text)
	if err != nil || show(got) != show(want) || got.StringID() != m.StringID() {
		t.Fatalf("%s: %s (%v), want %s", text, show(got), err, show(want))
	}
}
