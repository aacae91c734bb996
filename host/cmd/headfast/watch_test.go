package main

import (
	"strings"
	"testing"
)

// TestWatchEnded: a subscription that the server ends is asked for again, and what ends always is an error.
func TestWatchEnded(t *testing.T) {
	t.Parallel()
	p := at(t, process(t, "ending"))
	o := p.run("watch", "acme", "--tools").want(7, "acme ended the subscription", "HF114")
	if n := strings.Count(o.out, "listening again in 1 s"); n != 3 || strings.Count(o.out, "acknowledged") != 4 {
		t.Errorf("%s", o.out)
	}
	o = p.run("watch", "acme", "--tools", "--json").want(7)
	lines := strings.Split(strings.TrimSpace(o.out), "\n")
	if strings.Count(o.out, `{"ended":"the server ended the subscription"}`+"\n") != 3 || !strings.Contains(lines[len(lines)-1], `"code":"HF114"`) {
		t.Errorf("%s", o.out)
	}
}

// TestWatchUntold: what the server does not agree to tell is said, and nobody waits for what never comes.
func TestWatchUntold(t *testing.T) {
	t.Parallel()
	p := at(t, process(t, "deaf"))
	p.run("watch", "acme", "--uri", "file:///x").want(7, "acme will not tell about: file:///x\n", "HF114", "nothing of what was asked for")
	d := p.run("watch", "acme", "--uri", "file:///x", "--json").want(7)
	if !strings.Contains(d.out, `"code":"HF114"`) || d.err != "" {
		t.Errorf("%s, %s", d.out, d.err)
	}
	p.run("watch", "acme", "--prompts", "--uri", "a:b", "--uri", "c:d").want(7, "will not tell about: the list of prompts, a:b, c:d\n")
}
