//go:build unix

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/headfast/headfast/host/demo"
)

// interrupted starts a run, waits until ready, sends the signals and demands exit code 130 within a second.
func (p place) interrupted(ready func() bool, signals []os.Signal, args ...string) outcome {
	p.t.Helper()
	cmd := p.command(p.t.Context(), args...)
	var out, talk bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &talk
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	eventually(p.t, "ready", ready)
	began := time.Now()
	for _, s := range signals {
		_ = cmd.Process.Signal(s)
		time.Sleep(20 * time.Millisecond)
	}
	_ = cmd.Wait()
	o := outcome{p.t, out.String(), talk.String(), cmd.ProcessState.ExitCode()}
	o.noSecret()
	if took := time.Since(began); took > hang {
		p.t.Errorf("it took %v", took)
	}
	return o.want(130)
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for range 1000 {
		if ok() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("never: " + what)
}

func TestInterrupt(t *testing.T) {
	t.Parallel()
	interrupt, terminate := []os.Signal{os.Interrupt}, []os.Signal{syscall.SIGTERM}
	t.Run("while connecting", func(t *testing.T) {
		t.Parallel()
		s := start(t)
		p := at(t, acme(s.URL("/hang")), "ACME_KEY="+goodKey)
		p.interrupted(func() bool { return len(s.Requests()) > 0 }, interrupt, "tools", "acme").want(130, "Cancelled", "HF302")
	})
	t.Run("while stdin is read", func(t *testing.T) {
		t.Parallel()
		p := at(t, bare("http://127.0.0.1:1/mcp"))
		input, writer, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		defer writer.Close()
		p.input = input
		began := time.Now()
		p.interrupted(func() bool { return time.Since(began) > 2*time.Second }, interrupt, "call", "acme", "echo", "-")
	})
	for name, path := range map[string]string{"a call": "/modern", "a call of a session": "/legacy"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t)
			p := at(t, acme(s.URL(path)), "ACME_KEY="+goodKey)
			calls := func() bool {
				return slices.ContainsFunc(s.Requests(), func(r demo.Request) bool { return strings.Contains(string(r.Body), `"slow"`) })
			}
			o := p.interrupted(calls, terminate, "call", "acme", "slow", "ms=60000", "--json")
			if doc := o.document(); doc.Error.Code != "HF302" || doc.Error.Exit != 130 || doc.Auth == nil {
				t.Errorf("%+v", doc)
			}
			eventually(t, "the server saw it", func() bool { return s.Cancelled() == 1 })
			deleted := func() bool {
				return slices.ContainsFunc(s.Requests(), func(r demo.Request) bool { return r.Method == "DELETE" })
			}
			if path == "/legacy" {
				eventually(t, "the session was deleted", deleted)
			} else if deleted() {
				t.Error("a session was deleted that there was not")
			}
		})
	}
}

// TestSecondInterrupt: a server that does not let go of its session holds nobody up.
func TestSecondInterrupt(t *testing.T) {
	t.Parallel()
	asked := make(chan struct{}, 8)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var m struct{ ID, Method string }
		_ = json.Unmarshal(body, &m)
		switch {
		case m.Method == "initialize":
			w.Header().Set("Mcp-Session-Id", "s")
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `{"jsonrpc":"2.0","id":"`+m.ID+`","result":{"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{"name":"n","version":"1"}}}`)
		case m.Method == "tools/list" || r.Method == "DELETE":
			asked <- struct{}{}
			<-r.Context().Done()
		case r.Method == "GET":
			w.WriteHeader(http.StatusMethodNotAllowed)
		case m.ID != "":
			w.WriteHeader(http.StatusBadRequest)
		default:
			w.WriteHeader(http.StatusAccepted)
		}
	}))
	t.Cleanup(s.Close)
	ready := func() bool { return len(asked) > 0 }
	at(t, bare(s.URL)).interrupted(ready, []os.Signal{os.Interrupt, os.Interrupt}, "tools")
}

func TestDemoServer(t *testing.T) {
	t.Parallel()
	p := at(t, "")
	cmd := p.command(t.Context(), "demo-server", "--port", "0", "--key", goodKey, "--json")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var talk bytes.Buffer
	cmd.Stderr = &talk
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	var doc struct{ URL, Header string }
	if err != nil || json.Unmarshal([]byte(line), &doc) != nil || doc.Header != "X-API-Key" {
		t.Fatalf("%q, %v", line, err)
	}
	at(t, acme(doc.URL+"/modern"), "ACME_KEY="+goodKey).run("tools", "acme").want(0, "echo")
	_ = cmd.Process.Signal(os.Interrupt)
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
	outcome{t, line, talk.String(), 0}.noSecret()
	if !strings.Contains(talk.String(), `"POST /modern HTTP/1.1" 200 OK; X-API-Key (ends in "7f3c")`) {
		t.Errorf("log: %s", talk.String())
	}
}

// TestFirstRun: the first run answers without waiting for a compiler, and has one run behind it.
func TestFirstRun(t *testing.T) {
	t.Parallel()
	p := at(t, bare(start(t).URL("/open")))
	own := t.TempDir()
	p.env = append(p.env, "XDG_CACHE_HOME="+own, "HOME="+own, "HEADFAST_NO_WARM=")
	p.run("version").want(0)
	p.run("servers", "-c", "missing").want(3)
	if has(own, "headfast") {
		t.Error("a run without a core has started to compile")
	}
	p.run("tools", "nobody").want(3)
	eventually(t, "compiled", func() bool { return has(own, ".compiled") && !has(own, "warm.lock") })
	if !has(own, "wazero-") {
		t.Error("no compiled code is in the cache")
	}
}

// has looks for a path below a folder.
func has(folder, piece string) (found bool) {
	_ = filepath.WalkDir(folder, func(path string, _ fs.DirEntry, _ error) error {
		found = found || strings.Contains(path, piece)
		return nil
	})
	return found
}
