package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAnswer: forms are filled in by --answer, without a terminal.
func TestAnswer(t *testing.T) {
	t.Parallel()
	for era := range eras {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			p := at(t, process(t, era))
			if err := os.WriteFile(filepath.Join(p.dir, "a.json"), []byte(`{"name": "Bo", "table": "w"}`), 0o600); err != nil {
				t.Fatal(err)
			}
			for _, c := range []struct {
				tool string
				args []string
				want string
			}{
				{"book", []string{"--answer", "name=007"}, `{"action":"accept","content":{"name":"007","guests":2,"table":"g"}}`},
				{"book", []string{"--answer", "name=Ann", "--answer", "guests=3", "--answer", "table=window", "--answer", "extras=cake, Wine", "--answer", "vegan=yes"},
					`{"action":"accept","content":{"name":"Ann","guests":3,"table":"w","extras":["cake","wine"],"vegan":true}}`},
				{"book", []string{"--answer", `{"name":"Ann","extras":["wine"]}`, "--answer", "vegan:=false"}, `{"action":"accept","content":{"name":"Ann","guests":2,"table":"g","extras":["wine"],"vegan":false}}`},
				{"book", []string{"--answer", "@a.json", "--answer", "name=Cy"}, `{"action":"accept","content":{"name":"Cy","guests":2,"table":"w"}}`},
				{"book", []string{"--answer", "name=Ann", "--no-input"}, `{"action":"accept","content":{"name":"Ann","guests":2,"table":"g"}}`},
				{"empty", []string{"--answer", "{}"}, `{"action":"accept","content":{}}`},
				{"odd", []string{"--answer", `x:={"y":1}`}, `{"action":"accept","content":{"x":{"y":1}}}`},
			} {
				o := p.run(append([]string{"call", "acme", c.tool}, c.args...)...).want(0, "answered by --answer")
				if o.out != c.want+"\n" {
					t.Errorf("%v: %s", c.args, o.out)
				}
			}
			p.run("read", "acme", "private:///", "--answer", "why=x").want(0, `{"why":"x"}`)
			d := p.run("prompt", "acme", "guarded", "--answer", "why=x", "--answer", "more=1", "--json").want(0).document()
			if len(d.Asked) != 1 || d.Asked[0].Method != "elicitation/create" || d.Asked[0].Mode != "form" || d.Asked[0].Action != "accept" || len(d.Warnings) != 1 {
				t.Errorf("%+v, %s", d.Asked, d.Warnings)
			}
		})
	}
}

// TestNotAnswered: what is missing is named, and nothing half is sent.
func TestNotAnswered(t *testing.T) {
	t.Parallel()
	for era := range eras {
		p := at(t, process(t, era))
		p.run("call", "acme", "book", "--answer", "guests=99").want(2, "HF121", "name (a text of at least 2 characters)", "guests wants a whole number from 1 to 10", "--answer name=…")
		d := p.run("call", "acme", "book", "--answer", "name=A", "--json").want(2).document()
		if d.Error.Code != "HF121" || len(d.Asked) != 1 || d.Asked[0].Action != "cancel" || d.Result != nil {
			t.Errorf("%s: %+v", era, d)
		}
	}
}

// TestMisspeltAnswer: answers of which none is for a field are no consent to the form's defaults.
func TestMisspeltAnswer(t *testing.T) {
	t.Parallel()
	for era := range eras {
		p := at(t, process(t, era))
		for _, tool := range []string{"book", "greeting"} {
			o := p.run("call", "acme", tool, "--answer", "nmae=Ann").want(2, "HF121", "Did you mean name?", "Its fields are name")
			if strings.Contains(o.out, "accept") {
				t.Errorf("%s: %s", era, o.out)
			}
			d := p.run("call", "acme", tool, "--answer", "nmae=Ann", "--json").want(2).document()
			if d.Error.Code != "HF121" || len(d.Asked) != 1 || d.Asked[0].Action != "cancel" || d.Result != nil {
				t.Errorf("%s: %+v", era, d)
			}
		}
		p.run("call", "acme", "empty", "--answer", "x=1").want(2, "HF121", "It has no fields", "--answer '{…}'")
		p.run("call", "acme", "greeting", "--answer", "{}").want(0, "sent name=you (default)")
		p.run("call", "acme", "book", "--answer", "name=Ann").want(0, "sent name=Ann, guests=2 (default), table=Garden (default)")
		o := p.run("call", "acme", "secret", "--answer", "api_token=s3cr3t").want(0, "api_token (not shown)")
		if strings.Contains(o.err, "s3cr3t") {
			t.Errorf("%s: %s", era, o.err)
		}
	}
}

// TestDeclined: nobody is there to be asked.
func TestDeclined(t *testing.T) {
	t.Parallel()
	for era := range eras {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			p := at(t, process(t, era))
			for _, c := range []struct {
				args   []string
				pieces []string
			}{
				{[]string{"book"}, []string{`"Who comes? Nobody else sees it."`, "--answer name=…", "at a terminal"}},
				{[]string{"book", "--no-input"}, []string{"--no-input"}},
				{[]string{"page"}, []string{"https://xn--pypal-4ve.example/sign?id=1", "at a terminal"}},
				{[]string{"page", "--answer", "page=yes"}, []string{"https://xn--pypal-4ve.example/"}},
				{[]string{"evil"}, []string{"file:///etc/passwd", "not opened"}},
				{[]string{"secret"}, []string{"--answer api_token=…"}},
			} {
				o := p.run(append([]string{"call", "acme"}, c.args...)...).want(0, append(c.pieces, "it was declined  HF121")...)
				if o.out != `{"action":"decline"}`+"\n" {
					t.Errorf("%v: %q", c.args, o.out)
				}
			}
			o := p.run("call", "acme", "page", "--json").want(0)
			if d := o.document(); o.err != "" || len(d.Asked) != 1 || d.Asked[0].Mode != "url" || d.Asked[0].Action != "decline" || len(d.Warnings) != 1 || strings.Contains(string(o.out), "content\":{\"") {
				t.Errorf("%+v, %s", d.Asked, o.err)
			}
		})
	}
}
