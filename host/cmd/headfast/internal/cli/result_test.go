package cli

import (
	"encoding/json"
	"testing"

	"github.com/headfast/headfast/host"
)

func TestResultScreen(t *testing.T) {
	for _, c := range []struct{ content, structured, want string }{
		{`[{"type":"text","text":"a\n\tb"}]`, `{"x":1}`, "a\n\tb\n"},
		{`[]`, `{"x":[1]}`, "{\n  \"x\": [\n    1\n  ]\n}\n"},
		{`[]`, ``, ""},
		{`[{"type":"image","mimeType":"image/png","data":"AAAAAAAA"}]`, ``, "[image, image/png, 6 bytes]\n"},
		{`[{"type":"audio","data":"AAA="}]`, ``, "[audio, no MIME type, 2 bytes]\n"},
		{`[{"type":"resource","resource":{"uri":"file:///a","mimeType":"text/plain","text":"abc"}}]`, ``, "[resource, file:///a, text/plain, 3 bytes]\n"},
		{`[{"type":"resource_link","name":"n","uri":"file:///a","size":2500}]`, ``, "[resource link, n, file:///a, no MIME type, 2.5 kB]\n"},
		{`[{"type":"hologram"}]`, ``, "[a block of the unknown type hologram, 19 bytes]\n"},
		{`[{"type":"image","mimeType":"a\u001b[2J","data":""}]`, ``, "[image, a␛[2J, 0 bytes]\n"},
		{`[{}]`, ``, "[a block without a type]\n"},
		{`[]`, `{"x":"` + "\u202e" + `"}`, "{\n  \"x\": \"<U+202E>\"\n}\n"},
	} {
		r := &host.CallResult{StructuredContent: json.RawMessage(c.structured)}
		if err := json.Unmarshal([]byte(c.content), &r.Content); err != nil {
			t.Fatal(err)
		}
		if got := resultScreen(r); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.content, c.structured, got, c.want)
		}
	}
}

func TestToolRow(t *testing.T) {
	for _, c := range []struct {
		raw  string
		want row
	}{
		{`{"name":"a","description":"One. Two.","inputSchema":{"properties":{"x":{},"y":{}},"required":["y"]},"annotations":{"readOnlyHint":true}}`, row{"a", "x y*", "One.", "read-only"}},
		{`{"name":"a","description":"One\nTwo","inputSchema":{},"annotations":{"destructiveHint":true}}`, row{"a", "-", "One", "destructive"}},
		{`{"name":"a\u001b","title":"T","inputSchema":{}}`, row{"a␛", "-", "T", ""}},
	} {
		var tool host.Tool
		if err := json.Unmarshal([]byte(c.raw), &tool); err != nil {
			t.Fatal(err)
		}
		if got := toolRow(tool); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.raw, got, c.want)
		}
	}
}
