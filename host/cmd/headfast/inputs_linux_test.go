package main

import (
	"os"
	"strings"
	"testing"
)

// TestInputAsked: an input is asked for at a terminal, typed without an echo, kept, listed without what it is, and asked
// for again once it is forgotten, or the server is moved.
func TestInputAsked(t *testing.T) {
	t.Parallel()
	s := start(t)
	p := atCRM(t, s.URL("/modern"))
	c := p.converse("tools", "crm", "-c", inputsPath)
	c.on("\n", "? crm needs the input crm-key  http://127.0.0.1:", "  | Key of the ␛[31mCRM\n", "Defined at .vscode/mcp.json:3.", "crm-key: ")
	c.on(goodKey+"\n", "! Type a value", "crm-key: ")
	c.on("moon\n", "? crm needs the input env", "     1  dev\n     2  prod\n", "env [dev]: ")
	c.on("2\n", "! Type the number of an option", "env [dev]: ").on("", "echo").ends(0)

	if text := p.converse("tools", "crm", "-c", inputsPath).on("", "echo").ends(0); strings.Contains(text, "needs the input") {
		t.Errorf("asked again: %s", text)
	}
	p.run("tools", "crm", "-c", inputsPath, "--no-input").want(0, "echo")
	for _, more := range []string{"--json", "--trace"} {
		p.run("tools", "crm", "-c", inputsPath, more).want(0, "echo")
	}
	p.run("explain", "crm", "-c", inputsPath, "--as", "all", "--json").want(0, "input:crm-key")
	p.run("explain", "crm", "-c", inputsPath).want(0, "....7f3c, 27 characters", "what was answered")
	p.run("tokens").want(0, "There is no sign-in")
	p.run("logout", "--all").want(0)
	list := p.keptInputs()
	if len(list) != 2 || list[0].When == "" || !strings.HasSuffix(list[0].File, "/.vscode/mcp.json") || !strings.HasPrefix(list[0].Origin, "http://127.0.0.1:") {
		t.Fatalf("%+v", list)
	}
	p.run("inputs", "list").want(0, "crm-key", "env", "2 answers in ")

	p.vsCode(strings.Replace(crm(s.URL("/modern")), "127.0.0.1", "localhost", 1))
	c = p.converse("tools", "crm", "-c", inputsPath)
	c.on("\x04", "needs the input crm-key  http://localhost:", "crm-key: ").on("", "The input crm-key was not given").ends(3)

	p.vsCode(crm(s.URL("/modern")))
	p.run("inputs", "forget", "crm-kye").want(2, "Did you mean crm-key?")
	p.run("inputs", "forget", "crm-key").want(0, "forgotten: crm-key")
	c = p.converse("tools", "crm", "-c", inputsPath).on(wrongKey+"\n", "needs the input crm-key", "crm-key: ")
	c.on("", "HF101", "headfast inputs forget crm-key").ends(5)
	p.run("inputs", "forget", "--all", "--json").want(0, `"forgotten":[`)
	if list := p.keptInputs(); len(list) != 0 {
		t.Errorf("%+v are left", list)
	}
}

// TestInputInterrupted: Ctrl-C ends the question and the run.
func TestInputInterrupted(t *testing.T) {
	t.Parallel()
	p := atCRM(t, "http://127.0.0.1:9/mcp")
	c := p.converse("tools", "crm", "-c", inputsPath).on("", "crm-key: ")
	_ = c.cmd.Process.Signal(os.Interrupt)
	c.on("", "Cancelled  HF302").ends(130)
}
