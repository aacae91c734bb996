package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// browser is used if it is there.
const browser = "/usr/bin/chromium"

//go:embed page.html
var page []byte

// pageTimeout bounds a browser's start.
const pageTimeout = 30 * time.Second

// chromium has a page load the module, start it and post how long that took.
func (b *bench) chromium(ctx context.Context, m *module) error {
	if _, err := os.Stat(browser); err != nil {
		return nil
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	posted := make(chan steps, 1)
	server := &http.Server{Handler: pageHandler(posted)}
	go func() { _ = server.Serve(listener) }()
	defer server.Close()
	got, err := browse(ctx, b.program("chromium"), "http://"+listener.Addr().String()+"/", posted)
	if err == nil {
		m.Steps[inChromium] = got
	}
	return err
}

func pageHandler(posted chan<- steps) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(page) })
	mux.HandleFunc("GET /headfast.wasm", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, wasm) })
	mux.HandleFunc("GET /wasm_exec.js", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, wasmExec) })
	mux.HandleFunc("POST /took", func(_ http.ResponseWriter, r *http.Request) {
		var s steps
		if json.NewDecoder(r.Body).Decode(&s) == nil {
			posted <- s
		}
	})
	return mux
}

// browse opens a page in a browser of its own and waits for what it posts.
func browse(ctx context.Context, profile, url string, posted <-chan steps) (steps, error) {
	ctx, cancel := context.WithTimeout(ctx, pageTimeout)
	defer cancel()
	command := exec.CommandContext(ctx, browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
		"--user-data-dir="+profile, url)
	// A browser is many processes: they are a group, so that all of them end.
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
	if err := command.Start(); err != nil {
		return steps{}, err
	}
	defer func() { cancel(); _ = command.Wait() }()
	select {
	case s := <-posted:
		return s, nil
	case <-ctx.Done():
		return steps{}, errors.New("Chromium posts no time")
	}
}
