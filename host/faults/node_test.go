package faults

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// nodeDriver is jsbridge/ts/dist/node.js in a process of its own, behind runner.mjs.
type nodeDriver struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	stderr bytes.Buffer
	gone   chan error

	mu      sync.Mutex
	last    int
	waiting map[int]chan []byte
}

// order is a line for runner.mjs.
type order struct {
	N         int    `json:"n"`
	Do        string `json:"do"`
	Session   int    `json:"session"`
	Config    string `json:"config,omitempty"`
	Nonce     string `json:"nonce,omitempty"`
	TimeoutMS int64  `json:"timeoutMs,omitempty"`
	AfterMS   int64  `json:"afterMs,omitempty"`
	Progress  bool   `json:"progress,omitempty"`
	Pad       int    `json:"pad,omitempty"`
}

// lent is one Node for all the tests that do not look at its memory; TestMain closes it.
var lent struct {
	sync.Mutex
	d *nodeDriver
}

func lendNode(t testing.TB) driver {
	t.Helper()
	lent.Lock()
	defer lent.Unlock()
	if lent.d == nil {
		lent.d = startNode(t)
	}
	return lent.d
}

// closeLent says what the lent one leaves behind.
func closeLent() error {
	if lent.d == nil {
		return nil
	}
	return lent.d.close()
}

func openNode(t testing.TB) driver {
	t.Helper()
	d := startNode(t)
	t.Cleanup(func() { _ = d.cmd.Process.Kill() })
	return d
}

func startNode(t testing.TB) *nodeDriver {
	t.Helper()
	dist, err := filepath.Abs("../../jsbridge/ts/dist")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dist, "node.js")); err != nil {
		t.Fatalf("the npm package is not built: run ./build.sh, or npm run build in jsbridge/ts\n%v", err)
	}
	d := &nodeDriver{cmd: exec.Command("node", "runner.mjs", dist), waiting: map[int]chan []byte{}, gone: make(chan error, 1)}
	d.cmd.Stderr = &d.stderr
	out, err := d.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if d.in, err = d.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go d.read(out)
	return d
}

func (d *nodeDriver) read(out io.Reader) {
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := bytes.Clone(lines.Bytes())
		var n struct{ N int }
		if err := json.Unmarshal(line, &n); err != nil {
			panic(fmt.Sprintf("runner.mjs writes %q", line))
		}
		d.mu.Lock()
		answer := d.waiting[n.N]
		delete(d.waiting, n.N)
		d.mu.Unlock()
		if answer != nil {
			answer <- line
		}
	}
	err := d.cmd.Wait()
	d.mu.Lock()
	for _, answer := range d.waiting {
		close(answer)
	}
	d.waiting = nil
	d.mu.Unlock()
	d.gone <- err
}

// ask has an order carried out.
func (d *nodeDriver) ask(o order, into any) error {
	answer := make(chan []byte, 1)
	d.mu.Lock()
	if d.waiting == nil {
		d.mu.Unlock()
		return errors.New("node is gone")
	}
	d.last++
	o.N = d.last
	d.waiting[o.N] = answer
	line, _ := json.Marshal(o)
	_, err := d.in.Write(append(line, '\n'))
	d.mu.Unlock()
	if err != nil {
		return err
	}
	text, ok := <-answer
	if !ok {
		return fmt.Errorf("node has ended: %s", d.stderr.String())
	}
	return json.Unmarshal(text, into)
}

// outcome has an order carried out that ends in an outcome.
func (d *nodeDriver) outcome(o order) outcome {
	begin := time.Now()
	var got outcome
	if err := d.ask(o, &got); err != nil {
		got = outcome{Kind: "broken", Message: err.Error()}
	}
	got.took = time.Since(begin)
	return got
}

func (d *nodeDriver) name() string { return "node" }

func (d *nodeDriver) memory() int {
	var m struct{ Memory int }
	if err := d.ask(order{Do: "memory"}, &m); err != nil {
		panic(err)
	}
	return m.Memory
}

// close has the core closed; the process then ends by itself unless something is left.
func (d *nodeDriver) close() error {
	_ = d.in.Close()
	select {
	case err := <-d.gone:
		if err != nil || d.stderr.Len() > 0 {
			return fmt.Errorf("node: %v\n%s", err, d.stderr.String())
		}
		return nil
	case <-time.After(12 * time.Second):
		_ = d.cmd.Process.Kill()
		return errors.New("its process does not end")
	}
}

type nodeSession struct {
	d  *nodeDriver
	id int
}

func (d *nodeDriver) connect(e entry, timeout time.Duration) (session, outcome) {
	d.mu.Lock()
	d.last++
	s := &nodeSession{d, d.last}
	d.mu.Unlock()
	return s, d.outcome(order{Do: "connect", Session: s.id, Config: e.config(), TimeoutMS: timeout.Milliseconds()})
}

func (s *nodeSession) call(nonce string, o options) outcome {
	return s.d.outcome(order{Do: "call", Session: s.id, Nonce: nonce, TimeoutMS: o.bound().Milliseconds(), AfterMS: o.after.Milliseconds(), Progress: o.progress, Pad: o.pad})
}

func (s *nodeSession) list(timeout time.Duration) outcome {
	return s.d.outcome(order{Do: "list", Session: s.id, TimeoutMS: timeout.Milliseconds()})
}

func (s *nodeSession) listen() { s.d.outcome(order{Do: "listen", Session: s.id}) }

func (s *nodeSession) heard() (h heard) {
	if err := s.d.ask(order{Do: "heard", Session: s.id}, &h); err != nil {
		panic(err)
	}
	return h
}

func (s *nodeSession) close() outcome { return s.d.outcome(order{Do: "close", Session: s.id}) }
