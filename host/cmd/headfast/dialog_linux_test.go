package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// conversation is a run at a terminal that a person answers.
type conversation struct {
	t    *testing.T
	tt   *terminal
	cmd  *exec.Cmd
	seen int
}

func (p place) converse(args ...string) *conversation {
	p.t.Helper()
	tt := newTerminal(p.t)
	p.input = tt.slave
	p.env = append(p.env, "NO_COLOR=1", "TERM=xterm")
	cmd := p.command(p.t.Context(), args...)
	cmd.Stdout, cmd.Stderr = tt.slave, tt.slave
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = cmd.Process.Kill() })
	return &conversation{t: p.t, tt: tt, cmd: cmd}
}

// on waits until each piece is on the screen, in this order, and then types.
func (c *conversation) on(types string, pieces ...string) *conversation {
	c.t.Helper()
	for _, piece := range pieces {
		at := -1
		for range 1000 {
			if at = strings.Index(c.text()[c.seen:], piece); at >= 0 {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		if at < 0 {
			c.t.Fatalf("no %q in %q, after %q", piece, c.text()[c.seen:], c.text()[:c.seen])
		}
		c.seen += at + len(piece)
	}
	if types != "" {
		if _, err := c.tt.master.WriteString(types); err != nil {
			c.t.Fatal(err)
		}
	}
	return c
}

func (c *conversation) text() string { return strings.ReplaceAll(c.tt.text(), "\r\n", "\n") }

// ends waits for the exit code.
func (c *conversation) ends(code int) string {
	c.t.Helper()
	_ = c.cmd.Wait()
	text := c.tt.all(c.t)
	if got := c.cmd.ProcessState.ExitCode(); got != code {
		c.t.Errorf("exit code %d, want %d\n%s", got, code, text)
	}
	outcome{c.t, text, "", 0}.noSecret()
	return text
}

// TestForm: every field is shown and checked, and nothing is sent before the person has seen it.
func TestForm(t *testing.T) {
	t.Parallel()
	for era := range eras {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			p := at(t, process(t, era), "ACME_KEY="+goodKey)
			c := p.converse("call", "acme", "book")
			c.on("A\n", "? acme asks for input", "--api-key [redacted]", "  | Who comes?\n  | Nobody else sees it.\n", ":decline", "1/5  Your name  name  required\n  | As on the␛[31m card\n    a text of at least 2 characters\n  name: ")
			c.on("\n", "! That does not fit: it wants a text of at least 2 characters.\n  name: ")
			c.on("Ann\n", "! It is required: a text of at least 2 characters.\n  name: ")
			c.on("11\n", "2/5  guests  optional\n    a whole number from 1 to 10\n  guests [2]: ")
			c.on("\n", "it wants a whole number from 1 to 10.\n  guests [2]: ")
			c.on("1\n", "3/5", "     1  Window  w\n     2  Garden  g\n  number or word [Garden]: ")
			c.on("2, CAKE\n", "4/5", "numbers or words [nothing]: ")
			c.on("maybe\n", "5/5", "yes or no [nothing]: ").on("n\n", "it wants true or false")
			c.on("e\n", "Your answer:", "    name    Ann\n    guests  2\n    table   Window\n    extras  wine, cake\n    vegan   no\nSend this to acme? [s]end, [e]dit, [d]ecline, [c]ancel: ")
			c.on("Bo\n", "name [Ann]: ").on("\n", "guests [2]: ").on("\n", "[Window]: ").on("none\n", "[wine, cake]: ").on(":skip\n", "[no]: ")
			c.on("x\n", "    name    Bo\n", "extras  none\n    vegan   nothing\n", "[c]ancel: ").on("s\n", "[c]ancel: ")
			text := c.ends(0)
			if !strings.Contains(text, `{"action":"accept","content":{"name":"Bo","guests":2,"table":"w","extras":[]}}`) {
				t.Errorf("%s", text)
			}
		})
	}
}

// TestFormEnds: the person can decline and cancel at every place, and Ctrl-C ends the call.
func TestFormEnds(t *testing.T) {
	t.Parallel()
	p := at(t, process(t, "modern"))
	p.converse("call", "acme", "book").on(":decline\n", "name: ").on("", "Declined.", `{"action":"decline"}`).ends(0)
	p.converse("call", "acme", "book").on(":cancel\n", "name: ").on("", "Closed", `{"action":"cancel"}`).ends(0)
	p.converse("call", "acme", "book").on("\x04", "name: ").on("", "Closed", `{"action":"cancel"}`).ends(0)
	p.converse("call", "acme", "empty").on("d\n", "no fields", "[s]end, [d]ecline, [c]ancel: ").on("", `{"action":"decline"}`).ends(0)
	p.converse("call", "acme", "empty").on("c\n", "[c]ancel: ").on("", `{"action":"cancel"}`).ends(0)
	p.converse("call", "acme", "odd").on("[]\n", "cannot be shown field by field", "one JSON object").on("{\"x\":{}}\n", "no JSON object").on("s\n", "Send this").
		on("", `{"action":"accept","content":{"x":{}}}`).ends(0)
	for era := range eras {
		c := at(t, process(t, era)).converse("call", "acme", "book").on("Ann\n", "name: ").on("", "guests [2]: ")
		_ = c.cmd.Process.Signal(os.Interrupt)
		c.on("", "Cancelled  HF302").ends(130)
	}
}

// TestFormRest: what --answer leaves open is asked for, and only that.
func TestFormRest(t *testing.T) {
	t.Parallel()
	p := at(t, process(t, "modern"))
	c := p.converse("call", "acme", "book", "--answer", "guests=4").on("Ann\n", "1/1  Your name").on("s\n", "guests  4\n", "[c]ancel: ")
	if text := c.ends(0); !strings.Contains(text, `"content":{"name":"Ann","guests":4,"table":"g"}`) || strings.Contains(text, "\n2/") {
		t.Errorf("%s", text)
	}
	c = p.converse("call", "acme", "book", "--answer", "guests=40").on("", "--answer: guests wants a whole number from 1 to 10", "1/5")
	_ = c.cmd.Process.Kill()
	if text := p.converse("call", "acme", "book", "--answer", "name=Ann").ends(0); strings.Contains(text, "Send this") {
		t.Errorf("%s", text)
	}
	if text := p.converse("call", "acme", "book", "--no-input").ends(0); !strings.Contains(text, "leave --no-input out") {
		t.Errorf("%s", text)
	}
}

// TestFormSecret: what is typed into a secret's field is not seen, and the echo is there again afterwards.
func TestFormSecret(t *testing.T) {
	t.Parallel()
	c := at(t, process(t, "modern")).converse("call", "acme", "secret", "--json")
	c.on("hunter2\n", "! This asks for a secret, which MCP forbids in a form.", "api_token: ").on("s\n", "api_token  not shown\n", "[c]ancel: ")
	text := c.ends(0)
	before, document, _ := strings.Cut(text, "\n{")
	if strings.Contains(before, "hunter2") || !strings.HasSuffix(before, "[c]ancel: s") || !strings.Contains(document, `"asked":[{"method":"elicitation/create","mode":"form","action":"accept"}]`) {
		t.Errorf("%s", text)
	}
}

// TestPage: the whole address and its host are shown, and only a yes opens it, as one argument.
func TestPage(t *testing.T) {
	t.Parallel()
	const address = "https://xn--pypal-4ve.example/sign?id=1&x=$(id)"
	for era := range eras {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			p := at(t, process(t, era))
			opened := p.browser()
			c := p.converse("call", "acme", "page")
			c.on("\n", "? acme asks you to open a page", "  | Sign the form\n", "  "+address+"\n  host  xn--pypal-4ve.example\n", "Punycode", "[y]es, [n]o, [c]ancel (no): ")
			c.on("", "Declined.", `{"action":"decline"}`).ends(0)
			p.converse("call", "acme", "page").on("c\n", "(no): ").on("", `{"action":"cancel"}`).ends(0)
			p.converse("call", "acme", "page", "--answer", "y=1").on("n\n", "(no): ").on("", `{"action":"decline"}`).ends(0)
			p.converse("call", "acme", "evil").on("", "not opened", `{"action":"decline"}`).ends(0)
			if _, err := os.Stat(opened); err == nil {
				t.Fatal("a page was opened without consent")
			}
			c = p.converse("call", "acme", "page").on("y\n", "(no): ")
			if era == "modern" {
				c.on("o\n", "Done there?").on("\n", "Done there?")
			}
			c.on("", `{"action":"accept"}`).ends(0)
			want := map[string]string{"modern": address + "|1\n" + address + "|1\n", "legacy": address + "|1\n"}[era]
			if text, err := os.ReadFile(opened); err != nil || string(text) != want {
				t.Errorf("opened %q, %v", text, err)
			}
		})
	}
}

// browser puts one into PATH that writes down what it is to open and how many arguments it got.
func (p *place) browser() (opened string) {
	p.t.Helper()
	dir := p.t.TempDir()
	opened = filepath.Join(dir, "opened")
	if err := os.WriteFile(filepath.Join(dir, "xdg-open"), []byte("#!/bin/sh\necho \"$1|$#\" >> "+opened+"\n"), 0o700); err != nil {
		p.t.Fatal(err)
	}
	p.env = append(p.env, "PATH="+dir+":"+os.Getenv("PATH"))
	return opened
}

// TestOtherHost: a page at another host than the server's is said to be.
func TestOtherHost(t *testing.T) {
	t.Parallel()
	p := at(t, bare(overHTTP(t)))
	p.converse("call", "acme", "page").on("n\n", "http://127.0.0.1:", "! This is another host than the server's own, 127.0.0.1.", "(no): ").ends(0)
}

// TestNothingBetween: what is traced and logged waits until the person has answered, and typing ahead agrees to nothing.
func TestNothingBetween(t *testing.T) {
	t.Parallel()
	p := at(t, process(t, "legacy"))
	c := p.converse("call", "acme", "empty", "--trace")
	if _, err := c.tt.master.WriteString("s\ns\n"); err != nil {
		t.Fatal(err)
	}
	c.on("", "[s]end, [d]ecline, [c]ancel: ")
	time.Sleep(200 * time.Millisecond)
	if text := c.text()[c.seen:]; text != "" {
		t.Errorf("after the question: %q", text)
	}
	c.on("d\n").on("", `{"action":"decline"}`).ends(0)
}

// TestReconnecting: a server that must be started again is said to be, where that takes long.
func TestReconnecting(t *testing.T) {
	t.Parallel()
	p := at(t, process(t, "flaky"), "ACME_KEY="+filepath.Join(t.TempDir(), "mark"))
	p.converse("tools", "acme").on("", "restarting acme… ", "ok acme").ends(0)
}
