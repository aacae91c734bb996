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
