package host

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"
)

// logged is what a program's log was told.
type logged struct {
	mu   sync.Mutex
	text []byte
}

func (l *logged) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text = append(l.text, b...)
	return len(b), nil
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.text)
}

// echoing answers each connection's first request, and then says its key without being asked: at once, in the segment
// of the answer, or when later returns. closed gets a value when the client has hung up.
func echoing(t testing.TB, answer string, config *tls.Config, later func()) (address string, closed chan bool) {
	closed = make(chan bool, 8)
	return listen(t, func(c *net.TCPConn) {
		defer func() { closed <- true }()
		var conn net.Conn = c
		if config != nil {
			conn = tls.Server(c, config)
		}
		r, err := http.ReadRequest(bufio.NewReader(conn))
		if err != nil {
			return
		}
		_, _ = io.Copy(io.Discard, io.LimitReader(r.Body, r.ContentLength))
		key := r.Header.Get("X-API-Key")
		if later == nil {
			_, _ = io.WriteString(conn, answer+key)
		} else {
			_, _ = io.WriteString(conn, answer)
			later()
			_, _ = io.WriteString(conn, key)
		}
		_ = c.SetReadDeadline(time.Now().Add(bound))
		_, _ = io.Copy(io.Discard, conn)
	}), closed
}

// TestSurplusIsNotLogged: what a server says after its answer may be the key, and net/http would print it, whether the
// program has set its log before, after the client was made, or while the connection is idle.
func TestSurplusIsNotLogged(t *testing.T) {
	defer log.SetOutput(log.Writer())
	a := newAuthority(t)
	schemes := map[string]*tls.Config{"http": nil, "https": {Certificates: []tls.Certificate{a.valid(t)}}}
	answers := map[string]string{
		"no content": "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
		"content":    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
		"chunks":     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
	}
	for scheme, config := range schemes {
		for kind, answer := range answers {
			for _, set := range []string{"before", "after", "idle"} {
				for _, later := range []bool{false, true} {
					t.Run(fmt.Sprint(scheme, " ", kind, " set ", set, " later ", later), func(t *testing.T) {
						surplus(t, a.file, scheme, config, answer, set, later)
					})
				}
			}
		}
	}
}

func surplus(t *testing.T, ca, scheme string, config *tls.Config, answer, set string, later bool) {
	var out logged
	idle := make(chan bool)
	var wait func()
	if later {
		wait = func() { <-idle }
	}
	address, closed := echoing(t, answer, config, wait)
	if set == "before" {
		log.SetOutput(&out)
	}
	p := perform(t, Options{CAFiles: []string{ca}})
	if set == "after" {
		log.SetOutput(&out)
	}
	p.post(scheme + "://" + address).works(t)
	time.Sleep(20 * time.Millisecond) // until the connection is idle
	if set == "idle" {
		log.SetOutput(&out)
	}
	close(idle)
	within(t, "the client hangs up", closed)
	if told := out.String(); told != "" {
		t.Errorf("the log was told %s", told)
	}
	if log.Print("of the program"); out.String() == "" {
		t.Error("the program's own line is lost")
	}
}
