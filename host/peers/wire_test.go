package peers

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// wire is a TCP proxy before a server. It keeps what clients sent, and can cut a connection off in the middle of an
// answer.
type wire struct {
	listener net.Listener
	target   string

	mu    sync.Mutex
	links []*link
	// calling is the one with the last call.
	calling *link
	// cut is a text in an answer, after which its connection ends; it is done once.
	cut string
}

const toolsCall = `"method":"tools/call"`

// link is one connection.
type link struct {
	near, far net.Conn
	sent, got bytes.Buffer
	// from is where an answer begins that may be cut.
	from int
	// left says that the client closed it, over that the server did.
	left, over bool
}

// throughWire gives the URL of a wire before the server.
func throughWire(t *testing.T, server string) (*wire, string) {
	t.Helper()
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{listener: l, target: "localhost:" + u.Port()}
	go w.accept()
	t.Cleanup(w.close)
	u.Host = l.Addr().String()
	return w, u.String()
}

func (w *wire) accept() {
	for {
		near, err := w.listener.Accept()
		if err != nil {
			return
		}
		go w.carry(near)
	}
}

func (w *wire) carry(near net.Conn) {
	defer near.Close()
	far, err := net.DialTimeout("tcp", w.target, 5*time.Second)
	if err != nil {
		return
	}
	defer far.Close()
	l := &link{near: near, far: far}
	w.mu.Lock()
	w.links = append(w.links, l)
	w.mu.Unlock()
	go func() {
		_, _ = io.Copy(far, io.TeeReader(near, keeper{w, &l.sent}))
		w.mu.Lock()
		l.left = !l.over
		w.mu.Unlock()
		far.Close()
	}()
	_, _ = io.Copy(near, io.TeeReader(far, keeper{w, &l.got}))
	w.mu.Lock()
	defer w.mu.Unlock()
	l.over = !l.left
}

// keeper writes under the wire's lock; what is read after a cut is an error, which ends the copying.
type keeper struct {
	w    *wire
	into *bytes.Buffer
}

func (k keeper) Write(p []byte) (int, error) {
	k.w.mu.Lock()
	defer k.w.mu.Unlock()
	k.into.Write(p)
	for _, l := range k.w.links {
		if k.into == &l.sent && bytes.Contains(p, []byte(toolsCall)) {
			k.w.calling = l
		}
		if k.into == &l.got && k.w.cut != "" && bytes.Contains(l.got.Bytes()[l.from:], []byte(k.w.cut)) {
			k.w.cut = ""
			_, _ = l.near.Write(p)
			l.near.Close()
			l.far.Close()
			return 0, io.ErrClosedPipe
		}
	}
	return len(p), nil
}

// cutAfter ends the next connection whose answer has this text.
func (w *wire) cutAfter(text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cut = text
	for _, l := range w.links {
		l.from = l.got.Len()
	}
}

// wasCut says whether that was done.
func (w *wire) wasCut() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.cut == ""
}

// count is how often clients sent a text, without regard to case.
func (w *wire) count(text string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := 0
	for _, l := range w.links {
		n += strings.Count(strings.ToLower(l.sent.String()), strings.ToLower(text))
	}
	return n
}

// hungUp says whether the client closed the connection of its last call.
func (w *wire) hungUp() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.calling != nil && w.calling.left
}

// text is all that went over it, for a test that fails.
func (w *wire) text() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all strings.Builder
	for i, l := range w.links {
		fmt.Fprintf(&all, "--- connection %d\n%s\n--- answers %d\n%s\n", i, l.sent.String(), i, l.got.String())
	}
	return all.String()
}

func (w *wire) close() {
	w.listener.Close()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, l := range w.links {
		l.near.Close()
		l.far.Close()
	}
}
