package jsonrpc

import (
	"errors"
	"runtime"
	"strings"
	"testing"

	"github.com/headfast/headfast/wasm/jsontext"
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

var accepted = []struct{ text, want string }{
	{`{"jsonrpc":"2.0","id":"1","method":"tools/list"}`, `request "1" tools/list -`},
	{`{"jsonrpc":"2.0","id":7,"method":"ping","params":{"a":[1, 2]}}`, `request 7 ping {"a":[1, 2]}`},
	{`{"params":[],"method":"x","id":-3,"jsonrpc":"2.0"}`, `request -3 x []`},
	{`{"jsonrpc":"2.0","method":"notifications/initialized"}`, `notification notifications/initialized -`},
	{`{"jsonrpc":"2.0","method":"n","params":null}`, `notification n null`},
	{`{"jsonrpc":"2.0","method":""}`, `notification  -`},
	{`{"jsonrpc":"2.0","id":"","result":null}`, `response "" null`},
	{`{"jsonrpc":"2.0","id":123456789012345678901234567890,"result":{}}`, `response 123456789012345678901234567890 {}`},
	{"\r\n {\t\"jsonrpc\" : \"2.0\" , \"id\" : 1 , \"result\" : { \"b\" : 1e2 } }\n", `response 1 { "b" : 1e2 }`},
	{`{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"no \"such\" method"}}`, `error 1 {"code":-32601,"message":"no \"such\" method"} -`},
	{`{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"","data":[{}]}}`, `error null {"code":-32700,"message":""} [{}]`},
	{`{"jsonrpc":"2.0","error":{"code":0}}`, `error - {"code":0,"message":""} -`},
	{`{"jsonrpc":"2.0","id":"a","error":{"data":null,"code":9223372036854775807,"extra":1}}`, `error "a" {"code":9223372036854775807,"message":""} null`},

	// keys are compared after unescaping, exactly
	{`{"j\u0073onrpc":"2\u002e0","\u0069d":1,"m\u0065thod":"a\u0062"}`, `request 1 ab -`},
	{`{"jsonrpc":"2.0","id":1,"result":1,"Result":2}`, `response 1 1`},
	{`{"jsonrpc":"2.0","id":1,"result":1,"re\u017fult":2,"reſult":3}`, `response 1 1`},
	{`{"jsonrpc":"2.0","id":1,"result":1,"method\u0000":"x","ID":2,"id ":3,"JSONRPC":"1.0","":4}`, `response 1 1`},
	{`{"jsonrpc":"2.0","method":"x","Id":1,"i\u0064\u0000":2}`, `notification x -`},
	{`{"jsonrpc":"2.0","method":"x","unknown":1,"unknown":2}`, `notification x -`},

	// what is inside a payload is not the envelope's business
	{`{"jsonrpc":"2.0","id":1,"result":{"id":2,"id":3,"error":{},"result":[]}}`, `response 1 {"id":2,"id":3,"error":{},"result":[]}`},
	{`{"jsonrpc":"2.0","id":1,"result":"\ud800"}`, `response 1 "\ud800"`},
}

var refused = []struct {
	text   string
	at     int
	reason string
}{
	{``, 0, string(jsontext.UnexpectedEnd)}, {`{`, 1, string(jsontext.UnexpectedEnd)}, {`Not Found`, 0, string(jsontext.UnexpectedCharacter)},
	{`{}{}`, 2, string(jsontext.TrailingData)}, {"\ufeff{}", 0, string(jsontext.ByteOrderMark)}, {`<html>`, 0, string(jsontext.UnexpectedCharacter)},
	{"{\"jsonrpc\":\"2.0\",\"method\":\"\xff\"}", 27, string(jsontext.InvalidUTF8)},
	{`{"jsonrpc":"2.0","id":1,"result":` + strings.Repeat("[", 512) + strings.Repeat("]", 512) + `}`, 33 + 511, string(jsontext.TooDeep)},

	{`[]`, 0, NotObject}, {` "x"`, 1, NotObject}, {`null`, 0, NotObject}, {`1`, 0, NotObject}, {`[{"jsonrpc":"2.0","method":"x"}]`, 0, NotObject},
	{`{"jsonrpc":"2.0","id":1,"id":1,"result":1}`, 24, DuplicateKey}, {`{"jsonrpc":"2.0","id":1,"\u0069d":1,"result":1}`, 24, DuplicateKey},
	{`{"jsonrpc":"2.0","jsonrpc":"2.0","method":"x"}`, 17, DuplicateKey}, {`{"jsonrpc":"2.0","method":"x","method":"y"}`, 30, DuplicateKey},
	{`{"jsonrpc":"2.0","method":"x","params":1,"params":2}`, 41, DuplicateKey}, {`{"jsonrpc":"2.0","id":1,"result":1,"result":1}`, 35, DuplicateKey},
	{`{"jsonrpc":"2.0","id":1,"error":{"code":1},"error":{"code":1}}`, 43, DuplicateKey},
	{`{"jsonrpc":"2.0","id":1,"error":{"code":1,"code":2}}`, 42, DuplicateKey}, {`{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"","message":""}}`, 55, DuplicateKey},
	{`{"jsonrpc":"2.0","id":1,"error": {"code":1,"data":1,"d\u0061ta":2}}`, 52, DuplicateKey},

	{`{}`, 0, BadVersion}, {` {"id":1,"result":1}`, 1, BadVersion}, {`{"jsonrpc":"1.0","method":"x"}`, 11, BadVersion}, {`{"jsonrpc":2.0,"method":"x"}`, 11, BadVersion},
	{`{"jsonrpc":null,"method":"x"}`, 11, BadVersion}, {`{"jsonrpc":"2.00","method":"x"}`, 11, BadVersion}, {`{"JSONRPC":"2.0","method":"x"}`, 0, BadVersion},
	{`{"detail":"Missing or invalid API key"}`, 0, BadVersion}, {`{"error":"invalid_token"}`, 0, BadVersion},

	{`{"jsonrpc":"2.0","method":1}`, 26, BadMethod}, {`{"jsonrpc":"2.0","method":null,"id":1,"result":1}`, 26, BadMethod}, {`{"jsonrpc":"2.0","method":["x"]}`, 26, BadMethod},
	{`{"jsonrpc":"2.0","id":1,"method":"x","result":1}`, 46, RequestAndAnswer}, {`{"jsonrpc":"2.0","method":"x","error":{"code":1}}`, 38, RequestAndAnswer},
	{`{"jsonrpc":"2.0","id":1,"result":1,"error":{"code":1}}`, 43, ResultAndError}, {`{"jsonrpc":"2.0","id":1,"result":null,"error":null}`, 46, ResultAndError},
	{`{"jsonrpc":"2.0"}`, 0, NoContent}, {`{"jsonrpc":"2.0","id":1}`, 0, NoContent}, {`{"jsonrpc":"2.0","id":1,"Result":1}`, 0, NoContent}, {`{"jsonrpc":"2.0","id":1,"re\u017fult":1}`, 0, NoContent},

	{`{"jsonrpc":"2.0","id":null,"method":"x"}`, 22, BadID}, {`{"jsonrpc":"2.0","id":1.5,"method":"x"}`, 22, BadID}, {`{"jsonrpc":"2.0","id":1.0,"result":1}`, 22, BadID},
	{`{"jsonrpc":"2.0","id":1e2,"result":1}`, 22, BadID}, {`{"jsonrpc":"2.0","id":1E+2,"error":{"code":1}}`, 22, BadID}, {`{"jsonrpc":"2.0","id":true,"result":1}`, 22, BadID},
	{`{"jsonrpc":"2.0","id":[1],"result":1}`, 22, BadID}, {`{"jsonrpc":"2.0","id":{},"error":{"code":1}}`, 22, BadID}, {`{"jsonrpc":"2.0","id":null,"result":1}`, 22, BadID},
	{`{"jsonrpc":"2.0","result":1}`, 0, MissingID},

	{`{"jsonrpc":"2.0","id":1,"error":null}`, 32, BadError}, {`{"jsonrpc":"2.0","id":1,"error":"x"}`, 32, BadError}, {`{"jsonrpc":"2.0","id":1,"error":[1]}`, 32, BadError},
	{`{"jsonrpc":"2.0","id":1,"error":{}}`, 32, BadErrorCode}, {`{"jsonrpc":"2.0","id":1,"error":{"Code":1}}`, 32, BadErrorCode}, {`{"jsonrpc":"2.0","id":1,"error":{"code":"1"}}`, 40, BadErrorCode},
	{`{"jsonrpc":"2.0","id":1,"error":{"code":1.5}}`, 40, BadErrorCode}, {`{"jsonrpc":"2.0","id":1,"error":{"code":9223372036854775808}}`, 40, BadErrorCode}, {`{"jsonrpc":"2.0","id":1,"error":{"code":null}}`, 40, BadErrorCode},
	{`{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":null}}`, 52, BadErrorMessage}, {`{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":{}}}`, 52, BadErrorMessage},
}

func TestParseAccepts(t *testing.T) {
	for _, c := range accepted {
		m, err := Parse([]byte(c.text))
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
		} else if got := show(m); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, c := range refused {
		m, err := Parse([]byte(c.text))
		var p *ParseError
		if !errors.As(err, &p) {
			t.Errorf("%s: %v %v", c.text, m, err)
			continue
		}
		if p.Offset != c.at || p.Reason != c.reason {
			t.Errorf("%s: %v, want %q at %d", c.text, p, c.reason, c.at)
		}
		if show(m) != "none" {
			t.Errorf("%s: a message beside the error: %s", c.text, show(m))
		}
	}
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

func TestLargeResponseIsNotCopied(t *testing.T) {
	data := []byte(`{"jsonrpc":"2.0","id":1,"result":"` + strings.Repeat("text", 5<<20) + `"}`)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	m, err := Parse(data)
	runtime.ReadMemStats(&after)
	if err != nil || len(m.Result) != 20<<20+2 {
		t.Fatal(len(m.Result), err)
	}
	if n := after.TotalAlloc - before.TotalAlloc; n > 4096 {
		t.Errorf("%d bytes allocated for a 20 MB response", n)
	}
}
