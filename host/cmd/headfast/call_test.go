package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCall(t *testing.T) {
	t.Parallel()
	s := start(t)
	p := at(t, acme(s.URL("/modern")), "ACME_KEY="+goodKey)
	if err := os.WriteFile(filepath.Join(p.dir, "args.json"), []byte(`{"text": "from a file"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	p.stdin = `{"text": "from stdin"}`
	for _, c := range []struct {
		args []string
		out  string
	}{
		{[]string{"echo", "text=hello"}, "hello\n"},
		{[]string{"echo", "text=007"}, "007\n"},
		{[]string{"echo", "text=true"}, "true\n"},
		{[]string{"add", "a=1", "b:=2.5"}, "3.5\n"},
		{[]string{"add", `{"a": 1, "b": 2}`}, "3\n"},
		{[]string{"echo", "@args.json"}, "from a file\n"},
		{[]string{"echo", "-"}, "from stdin\n"},
		{[]string{"progress", "n=3"}, "3 steps\n"},
	} {
		t.Run(strings.Join(c.args, " "), func(t *testing.T) {
			p := p
			p.t = t
			if o := p.run(append([]string{"call", "acme"}, c.args...)...).want(0, "ok "+c.args[0]); o.out != c.out {
				t.Errorf("%q, want %q", o.out, c.out)
			}
		})
	}
}

// TestPayloadIsByteExact: what the server sent is in --json as it was sent.
func TestPayloadIsByteExact(t *testing.T) {
	t.Parallel()
	p := at(t, bare(start(t).URL("/open")))
	o := p.run("call", "acme", "add", "a=1", "b=2", "--json").want(0)
	const result = `"result":{"resultType":"complete","_meta":{"io.modelcontextprotocol/serverInfo":{"name":"headfast-demo","version":"1"}},"content":[{"type":"text","text":"3"}],"structuredContent":{"sum":3}}`
	if !strings.Contains(o.out, result) {
		t.Errorf("no %s in %s", result, o.out)
	}
	o.document()
}

func TestToolFails(t *testing.T) {
	t.Parallel()
	p := at(t, bare(start(t).URL("/open")))
	o := p.run("call", "acme", "fail").want(7, "HF115")
	if o.out != "The tool failed, as it was asked to.\n" {
		t.Errorf("%q", o.out)
	}
	doc := p.run("call", "acme", "fail", "--json").want(7).document()
	if doc.Error == nil || doc.Error.Code != "HF115" || doc.Error.Exit != 7 || !strings.Contains(string(doc.Result), `"isError":true`) {
		t.Errorf("%+v", doc)
	}
	p.run("call", "acme", "boom").want(7, "HF114", "Boom")
}

// TestForeignTextIsMadeVisible: nothing that a server sends acts on a terminal.
func TestForeignTextIsMadeVisible(t *testing.T) {
	t.Parallel()
	p := at(t, bare(start(t).URL("/open")))
	o := p.run("call", "acme", "echo", `{"text": "a\u001b[31mb\u202ec\nd"}`).want(0)
	if o.out != "a␛[31mb<U+202E>c\nd\n" {
		t.Errorf("%q", o.out)
	}
}

func TestTrace(t *testing.T) {
	t.Parallel()
	s := start(t)
	p := at(t, acme(s.URL("/legacy")), "ACME_KEY="+goodKey)
	o := p.run("call", "acme", "echo", "text=hi", "--trace").want(0)
	for _, piece := range []string{
		"> #", "POST " + s.URL("/legacy") + "  initialize  rule configured-header  X-API-Key: ....7f3c, 27 characters, from ACME_KEY (.mcp.json:6)",
		" 200 POST " + s.URL("/legacy") + "  tools/call", " ms", "DELETE " + s.URL("/legacy"),
	} {
		if !strings.Contains(o.err, piece) {
			t.Errorf("no %q in\n%s", piece, o.err)
		}
	}
	if o.out != "hi\n" {
		t.Errorf("stdout %q", o.out)
	}
	p = at(t, acme(s.URL("/redirect/307/cross")), "ACME_KEY="+goodKey)
	p.run("tools", "--trace").want(4, "! blocked", s.ForeignURL(""), "rule egress")
	if n := len(s.Foreign()); n != 0 {
		t.Errorf("%d requests arrived at the other origin", n)
	}
}
