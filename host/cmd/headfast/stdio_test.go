package main

import (
	"fmt"
	"strings"
	"testing"
)

var eras = map[string]string{"modern": "2026-07-28", "legacy": "2025-11-25"}

// TestStdio: a server that is a process, in every command.
func TestStdio(t *testing.T) {
	t.Parallel()
	for era, revision := range eras {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			p := at(t, process(t, era), "ACME_KEY="+goodKey)
			p.run("tools", "acme").want(0, "ok acme  peer 1, MCP "+revision+", over stdio", "book", "Call one: headfast call acme book")
			p.run("servers").want(0, "acme  stdio")
			p.run("resources", "acme").want(0, "file:///notes.txt  text/plain, 1.2 kB  notes: What is to do.\n", "headfast read acme file:///notes.txt")
			p.run("resources", "--templates").want(0, "file:///{path}    Any file\n", "1 resource template.")
			p.run("prompts").want(0, "greet    who* how  Says hello.\n", "headfast prompt acme greet who=…")
			if o := p.run("prompt", "acme", "greet", "who=Ann", "how=!").want(0); o.out != "user:\nHello, Ann!\nassistant:\n[image, image/png, 3 bytes]\n" {
				t.Errorf("%q", o.out)
			}
			if o := p.run("complete", "acme", "prompt:greet", "who", "A").want(0, "2 values of 7."); o.out != "Ann␛[2J\nBo\n" {
				t.Errorf("%q", o.out)
			}
			p.run("ping").want(0, " ms  MCP "+revision)
			if d := p.run("ping", "--json").want(0).document(); d.Ping == nil || d.Ping.Transport != "stdio" || d.Ping.Revision != revision || (d.Ping.Method == "ping") != (era == "legacy") {
				t.Errorf("%+v", d.Ping)
			}
			p.run("call", "acme", "bok", "x=1").want(7, "Did you mean book or bad?")
			p.run("prompt", "acme", "gret").want(7, "Did you mean greet?")
			p.run("read", "acme", "file:///note.txt").want(7, "Did you mean file:///notes.txt?")
		})
	}
}

// TestStdioSecrets: what a process is started with is told without its secrets, and it gets them.
func TestStdioSecrets(t *testing.T) {
	t.Parallel()
	p := at(t, process(t, "modern"), "ACME_KEY="+goodKey)
	o := p.run("explain", "acme").want(0, "starts a process", "--api-key [redacted]", "${ACME_DIR", "PEER_KEY  from ACME_KEY, environment", "Nothing was started")
	if strings.Contains(o.out+o.err, "POST") || strings.Contains(o.out, "literal-secret-value") {
		t.Errorf("%s", o.out)
	}
	d := p.run("explain", "acme", "--json").want(0).document()
	if d.URL != "" || !strings.Contains(d.Command, "--api-key [redacted]") || len(d.Env) != 2 || d.Env[1].Name != "PEER_KEY" || d.Env[1].Variable[0] != "ACME_KEY" {
		t.Errorf("%+v", d)
	}
	// What a tool returns is handed on; nothing else has the key, and the process has no more of our environment.
	cmd := p.command(t.Context(), "call", "acme", "spy")
	if out, err := cmd.Output(); err != nil || string(out) != goodKey+" \n" {
		t.Errorf("%s, %v", out, err)
	}
	p = at(t, strings.Replace(process(t, "modern"), "${ACME_KEY:-none}", "${ACME_KEY}", 1))
	p.run("tools", "acme").want(3, "HF102", "ACME_KEY is not set")
}

// TestStdioSays: what a process writes for people is shown with --trace, and at its end.
func TestStdioSays(t *testing.T) {
	t.Parallel()
	p := at(t, process(t, "modern"))
	if o := p.run("call", "acme", "stderr").want(0); strings.Contains(o.err, "for people") {
		t.Errorf("%s", o.err)
	}
	o := p.run("call", "acme", "stderr", "--trace").want(0, "acme: a line", "for people\n", "> #", "tools/call", "started: ", "[redacted]")
	if o.out != "said\n" || strings.Contains(o.err, "\x1b") {
		t.Errorf("%q, %q", o.out, o.err)
	}
	p.run("call", "acme", "exit").want(4, "HF122", "exit status 3", "cannot go on", "--trace")
}

func TestLogLevel(t *testing.T) {
	t.Parallel()
	for era := range eras {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			p := at(t, process(t, era))
			for _, args := range [][]string{{"--log-level", "info"}, {"--log-level", "info", "--json"}} {
				o := p.run(append([]string{"call", "acme", "log"}, args...)...).want(0, "acme/db warning  odd␛[31m\n")
				if strings.Contains(o.out, "odd") {
					t.Errorf("%s", o.out)
				}
			}
			if o := p.run("call", "acme", "log").want(0); strings.Contains(o.err, "odd") {
				t.Errorf("%s", o.err)
			}
		})
	}
}

func TestRoots(t *testing.T) {
	t.Parallel()
	p := at(t, process(t, "legacy"))
	p.run("call", "acme", "roots").want(0, "Method not found")
	p.run("call", "acme", "roots", "--root", ".", "--root", "/").want(0, `{"uri":"file://`+p.dir+`"`, `{"uri":"file:///"`)
}

func TestRevision(t *testing.T) {
	t.Parallel()
	s := start(t)
	p := at(t, acme(s.URL("/legacy")), "ACME_KEY="+goodKey)
	p.run("tools").want(0, "MCP 2025-11-25")
	p.run("tools", "--revision", "2025-06-18").want(0, "MCP 2025-06-18")
}

// TestDemoStdio: the demo server as a process that a configuration starts, and ended by its input or by Ctrl-C.
func TestDemoStdio(t *testing.T) {
	t.Parallel()
	p := at(t, fmt.Sprintf(`{"mcpServers":{"demo":{"command":%q,"args":["demo-server","--stdio"]}}}`, binary))
	p.run("tools", "demo").want(0, "ok demo", "over stdio", "echo ")
	p.run("ping", "demo", "--revision", "2025-06-18").want(0, "MCP 2025-06-18")
	p.run("demo-server", "--stdio", "--port", "1").want(2, "stdio", "port")
	p.run("demo-server", "--stdio").want(0)
}
