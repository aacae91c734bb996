package host

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
)

// TestSent: whether the server may have seen the request, by where the exchange broke. All sockets are real.
func TestSent(t *testing.T) {
	reset := func(c *net.TCPConn) { _ = c.SetLinger(0) }
	afterHead := func(c *net.TCPConn) {
		_, _ = http.ReadRequest(bufio.NewReaderSize(c, 1024))
		reset(c)
	}
	post := func(n int) msg.HTTP { return msg.HTTP{ID: 1, Method: "POST", Body: bytes.Repeat([]byte("x"), n)} }
	for _, c := range []struct {
		name, scheme string
		serve        func(*net.TCPConn)
		request      msg.HTTP
		kind         string
		sent         bool
	}{
		{"refused", "http", nil, post(10), msg.FailRefused, false},
		{"reset after the request", "http", func(c *net.TCPConn) { _, _ = c.Read(make([]byte, 1)); reset(c) }, post(10), msg.FailReset, true},
		{"reset in the middle of the body", "http", afterHead, post(64 << 20), msg.FailReset, true},
		{"closed without an answer", "http", func(c *net.TCPConn) { _, _ = http.ReadRequest(bufio.NewReader(c)) }, post(10), msg.FailReset, true},
		{"an answer that is none", "http", func(c *net.TCPConn) {
			_, _ = http.ReadRequest(bufio.NewReader(c))
			_, _ = io.WriteString(c, "220 mail.example ESMTP\r\n")
		}, post(10), msg.FailReset, true},
		{"reset in the handshake", "https", reset, post(10), msg.FailConnect, false},
		{"closed in the handshake", "https", func(c *net.TCPConn) { _, _ = c.Read(make([]byte, 1000)) }, post(10), msg.FailConnect, false},
		{"no TLS", "https", func(c *net.TCPConn) {
			_, _ = io.WriteString(c, "220 mail.example ESMTP\r\n")
			_, _ = io.Copy(io.Discard, c)
		}, post(10), msg.FailTLS, false},
		{"plain HTTP", "https", func(c *net.TCPConn) {
			_, _ = io.WriteString(c, "HTTP/1.1 400 Bad Request\r\n\r\n")
			_, _ = io.Copy(io.Discard, c)
		}, post(10), msg.FailPlain, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			address := closedPort(t)
			if c.serve != nil {
				address = listen(t, c.serve)
			}
			c.request.URL = c.scheme + "://" + address
			perform(t, Options{}).send(t.Context(), c.request).want(t, c.kind, c.sent)
		})
	}
}

// TestSentTimeouts: nobody greets, in the handshake and before it.
func TestSentTimeouts(t *testing.T) {
	address := listen(t, func(c *net.TCPConn) { _, _ = io.Copy(io.Discard, c) })
	p := perform(t, Options{})
	p.network().open.common.TLSHandshakeTimeout = 20 * time.Millisecond
	p.post("https://"+address).want(t, msg.FailTimeout, false, "TLS handshake timeout")
	p = perform(t, Options{})
	p.network().open.common.DialContext = (&net.Dialer{Timeout: time.Nanosecond}).DialContext
	p.post("http://"+address).want(t, msg.FailTimeout, false, "timeout")
}

// TestSentAborted: an abort while the connection is made, and one after the request.
func TestSentAborted(t *testing.T) {
	for scheme, sent := range map[string]bool{"https://": false, "http://": true} {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		address := listen(t, func(c *net.TCPConn) {
			_, _ = c.Read(make([]byte, 1))
			cancel()
			_, _ = io.Copy(io.Discard, c)
		})
		perform(t, Options{}).send(ctx, msg.HTTP{ID: 1, Method: "POST", URL: scheme + address, Body: []byte("{}")}).want(t, msg.FailAborted, sent)
	}
}

// TestSentOnIdleConnection: the server ended a connection that was kept; if not a byte was written, nothing was sent.
func TestSentOnIdleConnection(t *testing.T) {
	client, server := net.Pipe()
	conn := &metered{Conn: client}
	_, p := follow(t.Context())
	p.steps.stage, p.meter = stageConnected, conn
	p.wrote() // net/http calls it when the header section is in its buffer
	if p.seen().sent {
		t.Error("nothing was written")
	}
	_ = server.Close()
	if _, err := conn.Write([]byte("POST /")); err == nil || p.seen().sent {
		t.Error("nothing went through")
	}
	client, server = net.Pipe()
	conn.Conn = client
	go func() { _, _ = server.Read(make([]byte, 1)); _ = server.Close() }()
	if _, err := conn.Write([]byte("POST /")); err == nil || !p.seen().sent {
		t.Error("one byte went through")
	}
}

// TestPostIsNotRepeated: net/http sends some requests again by itself, over a new connection when one that was kept
// breaks. A POST is never one of them, whatever its headers say.
func TestPostIsNotRepeated(t *testing.T) {
	for _, header := range []string{"X-A", "Idempotency-Key", "X-Idempotency-Key"} {
		var posts atomic.Int32
		address := listen(t, func(c *net.TCPConn) {
			for r := bufio.NewReader(c); ; {
				request, err := http.ReadRequest(r)
				if err != nil {
					return
				}
				_, _ = io.Copy(io.Discard, request.Body)
				if posts.Add(1) > 1 {
					return
				}
				_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
			}
		})
		p := perform(t, Options{})
		post := msg.HTTP{ID: 1, Method: "POST", URL: "http://" + address, Body: []byte("{}"), Headers: []msg.Header{{Name: header, Value: "1"}}}
		p.send(t.Context(), post).works(t)
		p.send(t.Context(), post).want(t, msg.FailReset, true, "without an answer")
		if n := posts.Load(); n != 2 {
			t.Errorf("%s: %d requests arrived, 2 were sent", header, n)
		}
	}
}

// TestDetailHasNoURL: a URL may hold a key, so no detail repeats one.
func TestDetailHasNoURL(t *testing.T) {
	for _, url := range []string{"http://" + closedPort(t) + "/?key=" + fakeKey, "http://server.of.nobody.invalid/" + fakeKey, "http://[::1" + fakeKey, "ftp://x/" + fakeKey} {
		got := perform(t, Options{}).post(url)
		if got.failure == nil || strings.Contains(got.failure.Detail, fakeKey) {
			t.Errorf("%s: %+v", url, got.failure)
		}
	}
}
