package faults

import (
	"bytes"
	"log"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

// heardLog takes what is printed by package log's standard logger, as net/http does where a server sends more than
// was asked for.
type heardLog struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (h *heardLog) Write(b []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.text.Write(b)
}

func (h *heardLog) String() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.text.String()
}

// TestQuiet has a server send a second response that nobody asked for, with the configured key in it. A library prints
// nothing to its program's standard error, and least of all a secret (I6, SECRET-1).
func TestQuiet(t *testing.T) {
	printed := &heardLog{}
	log.SetOutput(printed)
	defer log.SetOutput(os.Stderr)
	d := openGo(t)
	s, p := reach(t, d, "modern")
	s.plan("twice", func(x *exchange) {
		x.put(reply(200, "application/json", x.success()), reply(200, "text/plain", "your key is "+s.key))
	})
	once(t, s, "twice", p.call("twice", options{}))
	time.Sleep(100 * time.Millisecond)
	p.close()
	finish(t, d)
	if text := printed.String(); strings.Contains(text, s.key) {
		t.Errorf("the key is printed: %s", text)
	} else if text != "" {
		t.Errorf("the host prints %s", text)
	}
}
