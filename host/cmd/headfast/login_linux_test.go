package main

import (
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"syscall"
	"testing"
)

// page is the address of the sign-in on the screen.
func (c *conversation) page() *url.URL {
	c.t.Helper()
	for line := range strings.SplitSeq(c.text(), "\n") {
		if line = strings.TrimSpace(line); strings.Contains(line, "/authorize?") && strings.HasPrefix(line, "http") {
			u, err := url.Parse(line)
			if err != nil {
				c.t.Fatal(err)
			}
			return u
		}
	}
	c.t.Fatalf("no page in %s", c.text())
	return nil
}

// ending is where a browser is sent at the end of the page; it does not go there.
func (c *conversation) ending(page string) string {
	c.t.Helper()
	stay := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, err := stay.Get(page)
	if err != nil {
		c.t.Fatal(err)
	}
	r.Body.Close()
	return r.Header.Get("Location")
}

// TestPasteBack: without a browser the page's address is printed, and what it ended at is pasted. A wrong one is told,
// and asked for again.
func TestPasteBack(t *testing.T) {
	t.Parallel()
	s := newOAuth(t)
	p, record := signedOut(t, s)
	c := p.converse("login", "acme", "--no-browser").on("hello\n", "asks you to sign in", "Waiting for you to sign in at", "Address: ")
	u := c.page()
	end := c.ending(u.String())
	c.on(u.String()+"\n", "! That is no address of a page. It begins with "+u.Query().Get("redirect_uri"), "Address: ")
	c.on(u.Query().Get("redirect_uri")+"?code=x\n", "! That is a page of the sign-in itself.", "Address: ")
	c.on(strings.Replace(end, "state=", "state=x", 1)+"\n", "! That is not all of it", "Address: ")
	c.on("\n", "! That is the answer to another sign-in", "Address: ").on(end+"\n", "Address: ")
	text := c.on("", "ok acme", "Kept in the folder").pasted(0)
	s.kept(t, text)
	if _, err := os.Stat(record); err == nil {
		t.Error("a browser was opened")
	}
	p.run("tools", "acme").want(0, "echo")
}

// pasted is ends where the person has pasted a code, which the terminal shows.
func (c *conversation) pasted(code int) string {
	c.t.Helper()
	_ = c.cmd.Wait()
	text := c.tt.all(c.t)
	if got := c.cmd.ProcessState.ExitCode(); got != code {
		c.t.Errorf("exit code %d, want %d\n%s", got, code, text)
	}
	return text
}

// TestPasteOrListen: the browser may come by itself while an address is asked for. Over SSH none is opened.
func TestPasteOrListen(t *testing.T) {
	t.Parallel()
	s := newOAuth(t)
	p, _ := signedOut(t, s, "BROWSER=", "SSH_CONNECTION=192.0.2.1 1 192.0.2.2 22")
	c := p.converse("call", "acme", "echo", "text=hello").on("", "asks you to sign in", "Address: ")
	r, err := http.Get(c.page().String())
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(r.Body)
	r.Body.Close()
	if r.StatusCode != 200 || !strings.Contains(string(body), "Back to Headfast") {
		t.Errorf("%d %s", r.StatusCode, body)
	}
	c.on("", "hello").ends(0)
}

// TestNoBrowserThere: what cannot be opened is told, and an address is asked for.
func TestNoBrowserThere(t *testing.T) {
	t.Parallel()
	s := newOAuth(t)
	p, _ := signedOut(t, s, "BROWSER=no-such-browser-here")
	c := p.converse("login", "acme").on("", "No browser could be started: BROWSER: ", "Address: ")
	c.on("\x04", "").on("", "the browser may still come by itself")
	if _, err := http.Get(c.page().String()); err != nil {
		t.Fatal(err)
	}
	c.on("", "ok acme").ends(0)
}

// TestDeviceInterrupted: who is awaited on another device can be given up too.
func TestDeviceInterrupted(t *testing.T) {
	t.Parallel()
	s := newOAuth(t)
	p, _ := signedOut(t, s)
	c := p.converse("login", "acme", "--device").on("", "Code   WDJB-MJHT", "Waiting for you", "signing in to acme… ")
	_ = c.cmd.Process.Signal(os.Interrupt)
	c.on("", "Cancelled  HF302").ends(130)
}

// TestLoginInterrupted: Ctrl-C gives up, and nobody listens any more.
func TestLoginInterrupted(t *testing.T) {
	t.Parallel()
	for name, args := range map[string][]string{"login": {"login", "acme"}, "tools": {"tools", "acme"}, "pasting": {"login", "acme", "--no-browser"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newOAuth(t)
			p, _ := signedOut(t, s, browserStays+"=1")
			c := p.converse(args...).on("", "Waiting for you to sign in at", "Ctrl-C to give up")
			u := c.page()
			back, err := url.Parse(u.Query().Get("redirect_uri"))
			if err != nil {
				t.Fatal(err)
			}
			_ = c.cmd.Process.Signal(os.Interrupt)
			text := c.on("", "Cancelled  HF302").ends(130)
			if conn, err := net.Dial("tcp", back.Host); err == nil {
				conn.Close()
				t.Error("it listens on")
			}
			s.kept(t, text)
		})
	}
}

// TestControlC: the terminal shows ^C where the cursor is, and what is said of it begins in a line of its own.
func TestControlC(t *testing.T) {
	t.Parallel()
	p, _ := signedOut(t, newOAuth(t), browserStays+"=1")
	tt := newTerminal(t)
	p.input = tt.slave
	p.env = append(p.env, "NO_COLOR=1", "TERM=xterm")
	cmd := p.command(t.Context(), "login", "acme")
	cmd.Stdout, cmd.Stderr = tt.slave, tt.slave
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c := &conversation{t: t, tt: tt, cmd: cmd}
	text := c.on("\x03", "Ctrl-C to give up\n").on("", "^C", "Cancelled  HF302").ends(130)
	if !strings.Contains(text, "\nx Cancelled") {
		t.Errorf("%q", text)
	}
}
