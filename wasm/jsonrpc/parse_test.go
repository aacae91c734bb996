package jsonrpc

import (
	"runtime"
	"strings"
	"testing"
)

// show writes a message as one line; an absent member is "-".
func show(m Message) string {
	raw := func(b []byte) string {
		if b == nil {
			return "-"
		}
		return string(b)
	}
	switch m.Kind {
	case Request:
		return "request " + raw(m.ID) + " " + m.Method + " " + raw(m.Params)
	case Notification:
		return "notification " + m.Method + " " + raw(m.Params)
	case Response:
		return "response " + raw(m.ID) + " " + raw(m.Result)
	case ErrorResponse:
		code := string(AppendError(nil, []byte("0"), m.Code, m.ErrorMessage)[len(`{"jsonrpc":"2.0","id":0,"error":`):])
		return "error " + raw(m.ID) + " " + strings.TrimSuffix(code, "}") + " " + raw(m.ErrorData)
	}
	return "none"
}

func TestStringID(t *testing.T) {
	for id, want := range map[string]string{
		`"7"`: "7", `7`: "7", `-7`: "-7", `"a\u0062\n"`: "ab\n", `""`: "", `12345678901234567890`: "12345678901234567890", `"\ud800"`: "\ufffd",
	} {
		m, err := Parse([]byte(`{"jsonrpc":"2.0","id":` + id + `,"result":1}`))
		if err != nil || m.StringID() != want {
			t.Errorf("%s: %q %v, want %q", id, m.StringID(), err, want)
		}
	}
	null, err := Parse([]byte(`{"jsonrpc":"2.0","id":null,"error":{"code":1}}`))
	if err != nil || null.StringID() != "" || (&Message{}).StringID() != "" {
		t.Errorf("%q %v", null.StringID(), err)
	}
}

func TestParseErrorText(t *testing.T) {
	_, err := Parse([]byte(`{"jsonrpc":"2.0","id":1,"result":"secret","error":"secret"}`))
	if got, want := err.Error(), "JSON-RPC: both result and error at byte 50"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// The payload is part of the input, at its place, and closed to appending.
func TestPayloadIsSubslice(t *testing.T) {
	data := []byte(`{"jsonrpc":"2.0","id":1,"result":{"a":1},"x":2}`)
	before := string(data)
	m, err := Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	if &m.Result[0] != &data[33] || cap(m.Result) != len(m.Result) || &m.ID[0] != &data[22] {
		t.Error("copied or open")
	}
	_ = append(m.Result, "XXXX"...)
	if string(data) != before {
		t.Errorf("%s", data)
	}
}

// The runtime itself may allocate between two readings, so the least of a few counts.
func TestLargeResponseIsNotCopied(t *testing.T) {
	data := []byte(`{"jsonrpc":"2.0","id":1,"result":"` + strings.Repeat("text", 5<<20) + `"}`)
	least := ^uint64(0)
	for range 5 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		m, err := Parse(data)
		runtime.ReadMemStats(&after)
		if err != nil || len(m.Result) != 20<<20+2 {
			t.Fatal(len(m.Result), err)
		}
		least = min(least, after.TotalAlloc-before.TotalAlloc)
	}
	if least > 4096 {
		t.Errorf("%d bytes allocated for a 20 MB response", least)
	}
}
