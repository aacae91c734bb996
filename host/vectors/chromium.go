package vectors

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// Chromium is the module in a page: the page asks this process for batches and posts the outputs back.
type Chromium struct {
	command *exec.Cmd
	profile string
	server  *http.Server
	batches chan [][]byte
	answers chan answer
	gone    chan struct{}
}

type answer struct {
	outputs [][]byte
	err     error
}

// pageTimeout bounds the page's start, in a machine's worst hour.
const pageTimeout = 60 * time.Second

// StartChromium serves the page from the files in dist and opens it in a headless browser.
func StartChromium(browser, page, module, goRuntime string) (*Chromium, error) {
	c := &Chromium{batches: make(chan [][]byte), answers: make(chan answer), gone: make(chan struct{})}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	c.server = &http.Server{Handler: c.handler(page, module, goRuntime)}
	go func() { _ = c.server.Serve(listener) }()
	if c.profile, err = os.MkdirTemp("", "headfast-chromium-"); err != nil {
		return nil, err
	}
	c.command = exec.Command(browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
		"--user-data-dir="+filepath.Join(c.profile, "profile"), "http://"+listener.Addr().String()+"/")
	if err := c.command.Start(); err != nil {
		return nil, err
	}
	go func() { _ = c.command.Wait(); close(c.gone) }()
	return c, nil
}

const html = `<!DOCTYPE html><meta charset="utf-8"><title>vectors</title><script src="/wasm_exec.js"></script><script type="module" src="/page.js"></script>`

func (c *Chromium) handler(page, module, goRuntime string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, html) })
	for path, file := range map[string]string{"/page.js": page, "/headfast.wasm": module, "/wasm_exec.js": goRuntime} {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, file) })
	}
	mux.HandleFunc("GET /next", c.next)
	mux.HandleFunc("POST /answer", c.answered)
	return mux
}

func (c *Chromium) next(w http.ResponseWriter, r *http.Request) {
	select {
	case batches, open := <-c.batches:
		if !open {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		_ = writeFrames(w, batches)
	case <-r.Context().Done():
	}
}

func (c *Chromium) answered(w http.ResponseWriter, r *http.Request) {
	var body bytes.Buffer
	_, err := body.ReadFrom(r.Body)
	a := answer{err: err}
	if err == nil {
		a.outputs, a.err = readAnswer(&body)
	}
	c.answers <- a
	w.WriteHeader(http.StatusNoContent)
}

// Name is how reports call the runner.
func (*Chromium) Name() string { return "Chromium" }

// Run steps a new instance in the page.
func (c *Chromium) Run(batches [][]byte) ([][]byte, error) {
	select {
	case c.batches <- batches:
	case <-c.gone:
		return nil, errors.New("the browser has ended")
	case <-time.After(pageTimeout):
		return nil, errors.New("the page does not ask for vectors")
	}
	select {
	case a := <-c.answers:
		return a.outputs, a.err
	case <-c.gone:
		return nil, errors.New("the browser has ended")
	case <-time.After(pageTimeout):
		return nil, errors.New("the page does not answer")
	}
}

// Close ends the browser that was started, and the page's server.
func (c *Chromium) Close() error {
	_ = c.command.Process.Kill()
	<-c.gone
	_ = c.server.Close()
	return removed(c.profile)
}

// removed removes the browser's folder: its helpers, which end after it, may write there for a moment longer.
func removed(folder string) error {
	for until := time.Now().Add(10 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if err := os.RemoveAll(folder); err == nil || time.Now().After(until) {
			return err
		}
	}
}
