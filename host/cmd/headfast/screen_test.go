package main

import (
	"strings"
	"testing"
)

func TestCompletion(t *testing.T) {
	t.Parallel()
	p := at(t, bare("http://127.0.0.1:1/mcp"))
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		if o := p.run("completion", shell).want(0); len(o.out) < 1000 {
			t.Errorf("%s: %d bytes", shell, len(o.out))
		}
	}
	p.run("__complete", "tools", "").want(0, "acme\n")
}

func TestColour(t *testing.T) {
	t.Parallel()
	p := at(t, bare("http://127.0.0.1:1/mcp"))
	for _, c := range []struct {
		env  []string
		want bool
	}{{nil, false}, {[]string{"CLICOLOR_FORCE=1"}, true}, {[]string{"CLICOLOR_FORCE=1", "NO_COLOR=1"}, false}} {
		q := p
		q.env = append(q.env[:len(q.env):len(q.env)], c.env...)
		o := q.run("tools").want(4)
		if got := strings.Contains(o.err, "\x1b["); got != c.want {
			t.Errorf("%v: %q", c.env, o.err)
		}
	}
}

func TestHelp(t *testing.T) {
	t.Parallel()
	p := at(t, "")
	for _, args := range [][]string{nil, {"--help"}, {"help"}} {
		p.run(args...).want(0, "headfast call acme echo text=hello", "130  interrupted", "fingerprint")
	}
	p.run("help", "codes").want(0, "HF101    5  the server refused the configured header", "HF900    1")
	p.run("help", "json").want(0, "byte for byte")
	p.run("demo-server", "--help").want(0, "/mcp  ", "/gzip-bomb?mb=N")
	p.run("version").want(0, "headfast ")
	if o := p.run("--help"); strings.Contains(o.out, "warm") {
		t.Error("warm is not hidden")
	}
}
