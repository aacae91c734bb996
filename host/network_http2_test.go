package host

import (
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
	"golang.org/x/net/http2"
)

// TestHTTP2 has eight answers stream at once over one connection: each waits for all to have begun.
func TestHTTP2(t *testing.T) {
	a := newAuthority(t)
	var began sync.WaitGroup
	var ports sync.Map
	began.Add(8)
	server := tlsServer(t, &tls.Config{Certificates: []tls.Certificate{a.valid(t)}}, true, func(w http.ResponseWriter, r *http.Request) {
		ports.Store(r.RemoteAddr, r.Proto)
		if r.URL.Path == "/" {
			return
		}
		_, _ = fmt.Fprintf(w, "data: %s\n\n", r.URL.Path)
		w.(http.Flusher).Flush()
		began.Done()
		began.Wait()
		_, _ = io.WriteString(w, "data: end\n\n")
	})
	p := perform(t, Options{CAFiles: []string{a.file}})
	p.post(server.URL + "/").works(t)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			got := p.post(fmt.Sprintf("%s/%d", server.URL, i))
			if got.works(t); string(got.body) != fmt.Sprintf("data: /%d\n\ndata: end\n\n", i) {
				t.Errorf("%d: %q", i, got.body)
			}
		})
	}
	all.Wait()
	n := 0
	ports.Range(func(_, proto any) bool {
		if n++; proto != "HTTP/2.0" {
			t.Errorf("it speaks %s", proto)
		}
		return true
	})
	if n != 1 {
		t.Errorf("%d connections", n)
	}
}

// TestNoHTTP2WithoutTLS: a server that would speak it is not asked to.
func TestNoHTTP2WithoutTLS(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor != 1 || r.Header.Get("Upgrade") != "" {
			t.Errorf("%s with %v", r.Proto, r.Header)
		}
	}))
	server.Config.Protocols = new(http.Protocols)
	server.Config.Protocols.SetHTTP1(true)
	server.Config.Protocols.SetUnencryptedHTTP2(true)
	server.Start()
	t.Cleanup(server.Close)
	perform(t, Options{}).post(server.URL).works(t)
}

// framed is an HTTP/2 server by hand: each request is counted and answered with one frame.
func framed(t testing.TB, a *authority, answer func(f *http2.Framer, stream uint32)) (url string, requests *atomic.Int32) {
	t.Helper()
	requests = new(atomic.Int32)
	config := &tls.Config{Certificates: []tls.Certificate{a.valid(t)}, NextProtos: []string{"h2"}}
	address := listen(t, func(c *net.TCPConn) {
		conn := tls.Server(c, config)
		if _, err := io.ReadFull(conn, make([]byte, len(http2.ClientPreface))); err != nil {
			return
		}
		f := http2.NewFramer(conn, conn)
		_ = f.WriteSettings()
		for {
			frame, err := f.ReadFrame()
			if err != nil {
				return
			}
			if frame.Header().Type == http2.FrameData && frame.Header().Flags.Has(http2.FlagDataEndStream) {
				requests.Add(1)
				answer(f, frame.Header().StreamID)
			}
		}
	})
	return "https://" + address, requests
}

// TestHTTP2Unprocessed: where the server says that it will not act on the request, nothing was sent; where it says
// nothing of the kind, it may have run. No POST is sent again.
func TestHTTP2Unprocessed(t *testing.T) {
	a := newAuthority(t)
	for _, c := range []struct {
		name   string
		answer func(f *http2.Framer, stream uint32)
		sent   bool
	}{
		{"GOAWAY below the stream", func(f *http2.Framer, _ uint32) { _ = f.WriteGoAway(0, http2.ErrCodeNo, nil) }, false},
		{"GOAWAY with an error below the stream", func(f *http2.Framer, _ uint32) { _ = f.WriteGoAway(0, http2.ErrCodeEnhanceYourCalm, nil) }, false},
		{"REFUSED_STREAM", func(f *http2.Framer, stream uint32) { _ = f.WriteRSTStream(stream, http2.ErrCodeRefusedStream) }, false},
		{"CANCEL", func(f *http2.Framer, stream uint32) { _ = f.WriteRSTStream(stream, http2.ErrCodeCancel) }, true},
		{"INTERNAL_ERROR", func(f *http2.Framer, stream uint32) { _ = f.WriteRSTStream(stream, http2.ErrCodeInternal) }, true},
		{"GOAWAY that covers the stream, and the end", func(f *http2.Framer, stream uint32) {
			_ = f.WriteGoAway(stream, http2.ErrCodeNo, nil)
			_ = f.WriteRawFrame(http2.FrameData, 0, 0, nil) // a protocol error of ours: net/http ends the connection
		}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			url, requests := framed(t, a, c.answer)
			perform(t, Options{CAFiles: []string{a.file}}).post(url).want(t, msg.FailReset, c.sent)
			if n := requests.Load(); n != 1 {
				t.Errorf("%d requests arrived", n)
			}
		})
	}
}
