//go:build unix

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// isHAR says that a text is an archive with so many entries.
func isHAR(t *testing.T, text string, least int) {
	t.Helper()
	var har struct {
		Log struct{ Entries []json.RawMessage }
	}
	if err := json.Unmarshal([]byte(text), &har); err != nil || len(har.Log.Entries) < least {
		t.Errorf("%v: no HAR of %d entries: %s", err, least, text)
	}
	if strings.Contains(text, goodKey) {
		t.Errorf("the key is in it: %s", text)
	}
}

// TestHAR: the archive is written however a command ends, for the person alone, and follows no link.
func TestHAR(t *testing.T) {
	t.Parallel()
	s := start(t)
	p := at(t, acme(s.URL("/modern")), "ACME_KEY="+goodKey)
	file := filepath.Join(p.dir, "run.har")
	read := func(least int) {
		t.Helper()
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		isHAR(t, string(text), least)
		if info, err := os.Lstat(file); err != nil || info.Mode() != 0o600 {
			t.Errorf("%v, %v", info.Mode(), err)
		}
		if left, _ := filepath.Glob(filepath.Join(p.dir, ".headfast-*")); len(left) > 0 {
			t.Errorf("%q are left", left)
		}
	}
	if err := os.WriteFile(file, []byte("what was there"), 0o644); err != nil {
		t.Fatal(err)
	}
	p.run("tools", "acme", "--har", file).want(0, "HAR   "+file)
	read(2)
	p.until([]string{"subscriptions/acknowledged"}, "watch", "acme", "--har", file).want(0)
	read(2)
	at(t, acme(s.URL("/status/401")), "ACME_KEY="+goodKey).run("tools", "acme", "--har", file).want(5, "HF101")
	read(1)

	other := filepath.Join(p.dir, "other")
	if err := os.WriteFile(other, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(p.dir, "link.har")
	if err := os.Symlink(other, link); err != nil {
		t.Fatal(err)
	}
	p.run("tools", "acme", "--har", link).want(2, "is a symbolic link")
	p.run("tools", "acme", "--har", p.dir).want(2, "is a folder")
	p.run("tools", "acme", "--har", filepath.Join(p.dir, "no", "a.har")).want(2, "There is no folder")
	p.run("tools", "acme", "--har", "-", "--json").want(2, "both write to standard output")
	if text, err := os.ReadFile(other); err != nil || len(text) > 0 {
		t.Errorf("the link was followed: %s, %v", text, err)
	}

	o := p.run("tools", "acme", "--har", "-").want(0)
	isHAR(t, o.out, 2)
	if !strings.Contains(o.err, "Gives the text back") {
		t.Errorf("the result is not on stderr: %s", o.err)
	}
}

// TestCurl: the commands are on stderr in order, or in the document, also where the command fails.
func TestCurl(t *testing.T) {
	t.Parallel()
	s := start(t)
	p := at(t, acme(s.URL("/modern")), "ACME_KEY="+goodKey)
	o := p.run("call", "acme", "echo", "text=a", "--curl").want(0)
	before, after, ok := strings.Cut(o.err, "POST tools/list,")
	if !ok || !strings.Contains(before, "POST server/discover,") || !strings.Contains(after, "POST tools/call,") || !strings.Contains(after, "$ACME_KEY") || o.out != "a\n" {
		t.Errorf("%s\n%s", o.out, o.err)
	}
	for _, path := range []string{"/modern", "/status/401"} {
		var d struct{ Curl []string }
		o := at(t, acme(s.URL(path)), "ACME_KEY="+goodKey).run("tools", "acme", "--json", "--curl")
		if err := json.Unmarshal([]byte(o.out), &d); err != nil || len(d.Curl) == 0 || !strings.Contains(d.Curl[0], "\ncurl ") {
			t.Errorf("%v %s", err, o.out)
		}
	}
	p.until([]string{`{"method":"notifications/subscriptions/acknowledged"`}, "watch", "acme", "--json", "--curl").want(0, "POST subscriptions/listen,")
}
