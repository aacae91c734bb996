package sse

import (
	"errors"
	"strings"
	"testing"
)

// everyCut runs a stream whole, byte by byte, in threes with empty chunks between,
// and cut in two at every position, and reports where the outcome differs.
func everyCut(t *testing.T, limits Limits, stream string) outcome {
	t.Helper()
	data := []byte(stream)
	want := run(limits, data)
	if got := run(limits, split(data, 1)...); got != want {
		t.Errorf("%q byte by byte: %+v, whole: %+v", stream, got, want)
	}
	var threes [][]byte
	for _, piece := range split(data, 3) {
		threes = append(threes, piece, nil)
	}
	if got := run(limits, threes...); got != want {
		t.Errorf("%q in threes: %+v, whole: %+v", stream, got, want)
	}
	for i := range len(data) + 1 {
		if got := run(limits, data[:i], data[i:]); got != want {
			t.Errorf("%q cut at %d: %+v, whole: %+v", stream, i, got, want)
		}
	}
	return want
}

type is struct{ kind, data, id string }

// The names are those of the files in web-platform-tests' eventsource directory
// with the same meaning; the rest are ours.
var cases = []struct {
	name, stream string
	events       []is
	lastID       string
	retry        string
}{
	{"format-field-data", "data:\n\ndata\ndata\n\ndata:test\n\n", []is{{}, {data: "\n"}, {data: "test"}}, "", ""},
	{"event-data", "data:msg\ndata:msg\n\n:\nfalsefield:msg\n\nfalsefield:msg\nData:data\n\ndata\n\ndata:end\n\n", []is{{data: "msg\nmsg"}, {}, {data: "end"}}, "", ""},
	{"format-comments", "data:1\r:\x00\n:\r\ndata:2\n:" + strings.Repeat("x", 200) + "\rdata:3\n:data:fail\r:" + strings.Repeat("x", 200) + "\ndata:4\n\n", []is{{data: "1\n2\n3\n4"}}, "", ""},
	{"format-null-character", "data:\x00\n\n\n\n", []is{{data: "\x00"}}, "", ""},
	{"format-field-retry", "retry:3000\ndata:x\n\n", []is{{data: "x"}}, "", "3000"},
	{"format-field-retry-bogus", "retry:3000\nretry:1000x\ndata:x\n\n", []is{{data: "x"}}, "", "3000"},
	{"format-field-retry-empty", "retry\ndata:test\n\n", []is{{data: "test"}}, "", ""},
	{"format-utf-8", "data:ok…\n\n", []is{{data: "ok…"}}, "", ""},
	{"format-bom", "\ufeffdata:1\n\n\ufeffdata:2\n\ndata:3\n\n", []is{{data: "1"}, {data: "3"}}, "", ""},
	{"format-bom-2", "\ufeff\ufeffdata:1\n\ndata:2\n\ndata:3\n\n", []is{{data: "2"}, {data: "3"}}, "", ""},
	{"format-data-before-final-empty-line", "retry:1000\ndata:test1\n\nid:test\ndata:test2", []is{{data: "test1"}}, "", "1000"},
	{"format-data-before-final-empty-line", "data:test1\n\nid:test\ndata:test2\n", []is{{data: "test1"}}, "", ""},
	{"format-field-event", "event:test\ndata:x\n\ndata:x\n\n", []is{{kind: "test", data: "x"}, {data: "x"}}, "", ""},
	{"format-field-event-empty", "event: \ndata:data\n\n", []is{{data: "data"}}, "", ""},
	{"format-field-id", "id:1\ndata:a\n\ndata:b\n\n", []is{{data: "a", id: "1"}, {data: "b", id: "1"}}, "1", ""},
	{"format-field-id-2", "id: …\ndata:a\n\nid:2\ndata:b\n\nid:\ndata:c\n\ndata:d\n\n", []is{{data: "a", id: "…"}, {data: "b", id: "2"}, {data: "c"}, {data: "d"}}, "", ""},
	{"format-field-id-3", "id:1\ndata:a\n\nid\ndata:b\n\n", []is{{data: "a", id: "1"}, {data: "b"}}, "", ""},
	{"format-field-id-null", "id:x\nid: \x00hi\ndata:a\n\nid:y\x00\ndata:b\n\n", []is{{data: "a", id: "x"}, {data: "b", id: "x"}}, "x", ""},
	{"format-field-parsing", "data:\x00\ndata:  2\rData:1\ndata\x00:2\ndata:1\r\x00data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n data:32\ndata:4\n\n", []is{{data: "\x00\n 2\n1\n3\n\n4"}}, "", ""},
	{"format-field-unknown", "data:test\n data\ndata\nfoobar:xxx\njustsometext\n:thisisacommentyay\ndata:test\n\n", []is{{data: "test\n\ntest"}}, "", ""},
	{"format-leading-space", "data:\ttest\rdata: \ndata:test\n\n", []is{{data: "\ttest\n\ntest"}}, "", ""},
	{"format-newlines", "data:test\r\ndata\ndata:test\r\n\r", []is{{data: "test\n\ntest"}}, "", ""},

	{"empty stream", "", nil, "", ""},
	{"only blank lines", "\n\r\r\n\n", nil, "", ""},
	{"only a byte order mark", "\ufeff", nil, "", ""},
	{"half a byte order mark", "\xef\xbbdata:1\n\ndata:2\n\n", []is{{data: "2"}}, "", ""},
	{"byte order mark, then a blank line", "\ufeff\ndata:1\n\n", []is{{data: "1"}}, "", ""},
	{"byte order mark in data", "data:\ufeff1\n\n", []is{{data: "\ufeff1"}}, "", ""},
	{"CR only", "event:a\rdata:1\r\rdata:2\r\r", []is{{kind: "a", data: "1"}, {data: "2"}}, "", ""},
	{"CRLF only", "event:a\r\ndata:1\r\n\r\ndata:2\r\n\r\n", []is{{kind: "a", data: "1"}, {data: "2"}}, "", ""},
	{"CRLF, then LF", "data:1\r\n\ndata:2\n\r\n", []is{{data: "1"}, {data: "2"}}, "", ""},
	{"LF CR is two ends", "data:1\n\rdata:2\n\r", []is{{data: "1"}, {data: "2"}}, "", ""},
	{"no other line ends", "data:a\u2028\u0085\v\fb\n\n", []is{{data: "a\u2028\u0085\v\fb"}}, "", ""},
	{"type without data", "event:a\n\ndata:1\n\n", []is{{data: "1"}}, "", ""},
	{"id without data", "id:1\n\ndata:1\n\n", []is{{data: "1", id: "1"}}, "1", ""},
	{"last type counts", "event:a\nevent:b\ndata\nevent\n\nevent:message\ndata\n\n", []is{{}, {kind: "message"}}, "", ""},
	{"colons in data", "data: {\"a\":\"b: c\"}\n\n", []is{{data: `{"a":"b: c"}`}}, "", ""},
	{"space before colon", "data :x\n\n", nil, "", ""},
	{"retry forms", "retry:\nretry: 5\nretry:  6\nretry:-7\nretry:+8\nretry:1e3\nretry:９\n", nil, "", "5"},
	{"retry counts at once", "retry:0007\n", nil, "", "7"},
	{"retry at int64", "retry:9223372036854775807\n", nil, "", "9223372036854775807"},
	{"retry just over int64", "retry:9223372036854775808\n", nil, "", "9223372036854775807"},
	{"retry far over int64", "retry:99999999999999999999999999\n", nil, "", "9223372036854775807"},
	{"retry needs its line end", "retry:5", nil, "", ""},
	{"invalid UTF-8", "data:a\xffb\xe2\x82c\xf0\x9f\x98\n\n", []is{{data: "a\ufffdb\ufffdc\ufffd"}}, "", ""},
	{"invalid UTF-8 in lines", "data:\xc3\ndata:\xa9\n\n", []is{{data: "\ufffd\n\ufffd"}}, "", ""},
	{"surrogates and overlong", "data:\xed\xa0\x80\xc0\xaf\xf4\x90\n\n", []is{{data: "\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd"}}, "", ""},
	{"invalid UTF-8 in type and id", "event:\xff\nid:\xe2\x82\ndata:x\n\n", []is{{kind: "\ufffd", data: "x", id: "\ufffd"}}, "\ufffd", ""},
	{"invalid UTF-8 in a name", "data\xff:x\n\xffdata:y\n\n", nil, "", ""},
	{"MCP", "event: message\r\nid: 7_1\r\ndata: {\"jsonrpc\":\"2.0\"}\r\n\r\n: ping - 2026\r\n\r\n", []is{{"message", `{"jsonrpc":"2.0"}`, "7_1"}}, "7_1", ""},
	{"MCP priming event", "id: 1\ndata:\nretry: 500\n\n", []is{{id: "1"}}, "1", "500"},
}

func TestCases(t *testing.T) {
	for _, c := range cases {
		want := outcome{lastID: c.lastID, retry: c.retry}
		for _, e := range c.events {
			want.events += showEvent(e.kind, e.data, e.id)
		}
		if got := everyCut(t, Limits{}, c.stream); got != want {
			t.Errorf("%s %q:\n got %+v\nwant %+v", c.name, c.stream, got, want)
		}
		if got := reference([]byte(c.stream)); got != want {
			t.Errorf("%s %q: the reference reads %+v, want %+v", c.name, c.stream, got, want)
		}
	}
}

// An event comes with the byte that completes it, not with the one after.
func TestDispatchesAtOnce(t *testing.T) {
	for _, stream := range []string{"data:1\n\n", "data:1\r\r", "data:1\r\n\r"} {
		n := len(stream) - 1
		if got := run(Limits{}, []byte(stream[:n])); got.events != "" {
			t.Errorf("%q: early: %s", stream, got.events)
		}
		if got := run(Limits{}, []byte(stream[:n]), []byte(stream[n:])); got.events != showEvent("", "1", "") {
			t.Errorf("%q: %s", stream, got.events)
		}
	}
}

func TestErrorOfYieldEndsTheStream(t *testing.T) {
	stop := errors.New("stop")
	var p Parser
	n := 0
	yield := func(Event) error { n++; return stop }
	for range 2 {
		if err := p.Feed([]byte("data:1\n\ndata:2\n\n"), yield); err != stop {
			t.Errorf("%v", err)
		}
	}
	if n != 1 {
		t.Errorf("%d events, want 1", n)
	}
}
