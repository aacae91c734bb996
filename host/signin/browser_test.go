package signin_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// browser does what walk does, in a real Chromium. Each is a context of its own, without cookies. As browsers do, it
// may ask a client's listener for /favicon.ico too.
func browser(t *testing.T, address string, who ...person) landing {
	t.Helper()
	line, err := pages.visit(t, map[string]any{"address": address, "person": anybody(who)})
	if err != nil {
		t.Fatal(err)
	}
	var v struct {
		URL        string
		Redirected bool
		Status     int
		Headers    []struct{ Name, Value string }
		Body       string
		Pages      []string
		Broken     string
	}
	if err := json.Unmarshal(line, &v); err != nil {
		t.Fatalf("%v\n%s", err, line)
	}
	if v.Broken != "" {
		t.Fatalf("the browser broke: %s", v.Broken)
	}
	u, err := url.Parse(v.URL)
	if err != nil {
		t.Fatal(err)
	}
	l := landing{URL: u, Redirected: v.Redirected, Status: v.Status, Header: http.Header{}, Body: v.Body, Pages: v.Pages}
	for _, h := range v.Headers {
		l.Header.Add(h.Name, h.Value)
	}
	return l
}

// onePage is one Chromium for all tests, behind npm/browser.mjs.
type onePage struct {
	mu  sync.Mutex
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

var pages onePage

func (b *onePage) visit(t *testing.T, errand any) ([]byte, error) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.open(t); err != nil {
		return nil, err
	}
	if err := json.NewEncoder(b.in).Encode(errand); err != nil {
		return nil, err
	}
	line, err := b.out.ReadBytes('\n')
	if err != nil {
		return nil, fmt.Errorf("Chromium did not answer: %w", err)
	}
	return line, nil
}

func (b *onePage) open(t *testing.T) error {
	t.Helper()
	if b.cmd != nil {
		return nil
	}
	cmd := exec.Command(need(t, node), filepath.Join(need(t, npm), "browser.mjs"))
	cmd.Env = append(os.Environ(), "CHROMIUM="+need(t, chromium), "TMPDIR="+folder)
	cmd.Stderr, cmd.SysProcAttr = os.Stderr, endWithParent()
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := launch(cmd); err != nil {
		return err
	}
	b.cmd, b.in, b.out = cmd, in, bufio.NewReader(out)
	return nil
}

// close lets the browser end: its input is over.
func (b *onePage) close() {
	if b.cmd != nil {
		b.in.Close()
		_ = b.cmd.Wait()
		killGroup(b.cmd.Process.Pid)
	}
}
