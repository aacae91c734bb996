package jsonrpc

import "testing"

func TestAppend(t *testing.T) {
	for _, c := range []struct {
		got  []byte
		want string
		read string
	}{
		{AppendRequest([]byte("x"), "1", "tools/list", nil), `x{"jsonrpc":"2.0","id":"1","method":"tools/list"}`, `request "1" tools/list -`},
		{AppendRequest(nil, "a\"\n", "é\\", []byte(`{ "a" : 1 }`)), `{"jsonrpc":"2.0","id":"a\"\n","method":"é\\","params":{ "a" : 1 }}`, `request "a\"\n" é\ { "a" : 1 }`},
		{AppendNotification([]byte("x"), "notifications/initialized", nil), `x{"jsonrpc":"2.0","method":"notifications/initialized"}`, `notification notifications/initialized -`},
		{AppendNotification(nil, "n", []byte(`{}`)), `{"jsonrpc":"2.0","method":"n","params":{}}`, `notification n {}`},
		{AppendResult([]byte("x"), []byte(`7`), []byte(`{"a":1}`)), `x{"jsonrpc":"2.0","id":7,"result":{"a":1}}`, `response 7 {"a":1}`},
		{AppendResult(nil, []byte(`"\u0037"`), []byte(`{}`)), `{"jsonrpc":"2.0","id":"\u0037","result":{}}`, `response "\u0037" {}`},
		{AppendError([]byte("x"), []byte(`"7"`), -32601, "no \"x\""), `x{"jsonrpc":"2.0","id":"7","error":{"code":-32601,"message":"no \"x\""}}`, `error "7" {"code":-32601,"message":"no \"x\""} -`},
		{AppendError(nil, nil, -32700, ""), `{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":""}}`, `error null {"code":-32700,"message":""} -`},
	} {
		if string(c.got) != c.want {
			t.Errorf("got %s, want %s", c.got, c.want)
		}
		text := c.got
		if text[0] == 'x' {
			text = text[1:]
		}
		m, err := Parse(text)
		if err != nil || show(m) != c.read {
			t.Errorf("%s: reads as %s (%v), want %s", text, show(m), err, c.read)
		}
	}
}
