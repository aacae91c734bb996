package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestRead: text is printed, what is binary is said to be, and --output has every byte.
func TestRead(t *testing.T) {
	t.Parallel()
	p := at(t, bare(overHTTP(t)))
	if o := p.run("read", "acme", "file:///notes.txt").want(0); o.out != "one␛[31m\ntwo\n" {
		t.Errorf("%q", o.out)
	}
	if o := p.run("read", "acme", "img://logo").want(0); o.out != "[binary, image/png, 4 bytes; --output FILE writes it]\n" {
		t.Errorf("%q", o.out)
	}
	if o := p.run("read", "acme", "img://logo", "-o", "-").want(0); o.out != "\x00\x01\x02\xff" {
		t.Errorf("%q", o.out)
	}
	p.run("read", "acme", "file:///notes.txt", "--output", "n.txt").want(0, "ok n.txt  12 bytes")
	if text, err := os.ReadFile(filepath.Join(p.dir, "n.txt")); err != nil || string(text) != "one\x1b[31m\ntwo" {
		t.Errorf("%q, %v", text, err)
	}
	p.run("read", "acme", "img://logo", "--output", "no/such/folder").want(2, "HF301")
	p.run("read", "acme", "img://logo", "--output", "-", "--json").want(2, "HF301", "stdout")
	if d := p.run("read", "acme", "img://logo", "--json").want(0).document(); string(d.Result) == "" {
		t.Errorf("%+v", d)
	}
}

func TestLists(t *testing.T) {
	t.Parallel()
	p := at(t, bare(overHTTP(t)))
	if d := p.run("resources", "--json").want(0).document(); len(d.Resources) != 2 {
		t.Errorf("%+v", d)
	}
	if d := p.run("resources", "--templates", "--json").want(0).document(); len(d.ResourceTemplates) != 1 {
		t.Errorf("%+v", d)
	}
	if d := p.run("prompts", "--json").want(0).document(); len(d.Prompts) != 2 {
		t.Errorf("%+v", d)
	}
	p.run("complete", "acme", "file:///{path}", "path", "no", "a=b").want(0, "nonn", "Bo")
}

// TestToolLeftOut: a tool whose calls could not be sent over HTTP is told of.
func TestToolLeftOut(t *testing.T) {
	t.Parallel()
	p := at(t, bare(overHTTP(t)))
	p.run("tools").want(0, `! The tool "bad" is left out  HF123`, "2 tools")
	if d := p.run("tools", "--json").want(0).document(); len(d.Warnings) != 1 || len(d.Tools) != 2 {
		t.Errorf("%+v", d)
	}
}

// TestNamesForTheShell: a shell completes names that the server is asked for; what fails is silent.
func TestNamesForTheShell(t *testing.T) {
	t.Parallel()
	p := at(t, process(t, "modern"))
	p.run("__complete", "call", "acme", "").want(0, "book\n", "page\n")
	p.run("__complete", "read", "acme", "").want(0, "file:///notes.txt\n")
	p.run("__complete", "prompt", "acme", "").want(0, "greet\n")
	p.run("__complete", "complete", "acme", "").want(0, "prompt:greet\n")
	p.run("__complete", "tools", "acme", "").want(0)
	p.run("__complete", "tools", "acme", "--log-level", "").want(0, "warning\n")
	silent := at(t, bare("http://127.0.0.1:1/mcp"))
	if o := silent.run("__complete", "call", "acme", "").want(0); o.out != ":4\n" {
		t.Errorf("%q, %q", o.out, o.err)
	}
	if o := silent.run("__complete", "call", "nobody", "").want(0); o.out != ":4\n" {
		t.Errorf("%q, %q", o.out, o.err)
	}
}
