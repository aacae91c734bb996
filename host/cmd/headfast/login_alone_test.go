package main

import (
	"bufio"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

// TestLoginTimeout: --timeout bounds what goes on without the person, and not the person.
func TestLoginTimeout(t *testing.T) {
	t.Parallel()
	s := newOAuth(t)
	p, _ := signedOut(t, s)
	p.run("login", "acme", "--timeout", "10s").want(0)
	s.breaks("/.well-known/oauth-authorization-server", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	began := time.Now()
	p.run("login", "acme", "--timeout", "500ms").want(4, "HF107", "did not get on in 500ms", "--timeout 2m")
	if took := time.Since(began); took > hang {
		t.Errorf("it took %v", took)
	}
	p.run("login", "--help").want(0, "bound what goes on without you")
}

// TestPersonIsNotTimed: whoever takes longer than --timeout has it anew when they are back.
func TestPersonIsNotTimed(t *testing.T) {
	t.Parallel()
	s := newOAuth(t)
	s.breaks("/authorize", func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(3 * time.Second)
		s.authorize(w, r)
	})
	p, _ := signedOut(t, s)
	p.run("login", "acme", "--timeout", "2s").want(0, "signed in at")
}

// TestNoTerminal: without a terminal no address is read, which is said; the browser may be on this machine.
func TestNoTerminal(t *testing.T) {
	t.Parallel()
	s := newOAuth(t)
	p, record := signedOut(t, s)
	cmd := p.command(t.Context(), "login", "acme", "--no-browser")
	talk, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said, page := "", ""
	for lines := bufio.NewScanner(talk); lines.Scan(); {
		said += lines.Text() + "\n"
		if at := strings.TrimSpace(lines.Text()); strings.HasPrefix(at, s.as.URL+"/authorize?") {
			page = at
		}
		if strings.Contains(said, "login NAME --device") && page != "" {
			r, err := http.Get(page)
			if err != nil {
				t.Fatal(err)
			}
			r.Body.Close()
			page = ""
		}
	}
	if err := cmd.Wait(); err != nil || !strings.Contains(said, "No address can be pasted here, for this is no terminal") {
		t.Errorf("%v\n%s", err, said)
	}
	if _, err := os.Stat(record); err == nil {
		t.Error("a browser was opened")
	}
}

// TestStranded: over SSH without a terminal there is no way back, and that is said before anything is sent.
func TestStranded(t *testing.T) {
	t.Parallel()
	s := newOAuth(t)
	s.agreed = true
	p, _ := signedOut(t, s, "BROWSER=", "SSH_CONNECTION=192.0.2.1 1 192.0.2.2 22")
	for _, args := range [][]string{{"login", "acme"}, {"login", "acme", "--no-browser"}} {
		p.run(args...).want(2, "HF301", "Nobody can sign in from here", "no terminal", "headfast login acme --device", "Nothing was sent")
	}
	s.mu.Lock()
	if len(s.seen) > 0 {
		t.Errorf("asked: %v", s.seen)
	}
	s.mu.Unlock()
	p.run("login", "acme", "--device").want(0, "WDJB-MJHT")
}
