package host

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
)

// folders compress as the codings that a server may use unasked.
var folders = map[string]func(io.Writer) interface {
	io.WriteCloser
	Flush() error
}{
	"gzip": func(w io.Writer) interface {
		io.WriteCloser
		Flush() error
	} {
		return gzip.NewWriter(w)
	},
	"deflate": func(w io.Writer) interface {
		io.WriteCloser
		Flush() error
	} {
		return zlib.NewWriter(w)
	},
}

func folded(coding string, text []byte) []byte {
	var b bytes.Buffer
	w := folders[coding](&b)
	_, _ = w.Write(text)
	_ = w.Close()
	return b.Bytes()
}

// coded serves one body as it is, with a Content-Encoding.
func coded(t testing.TB, coding string, body []byte) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if got := r.Header.Values("Accept-Encoding"); len(got) != 1 || got[0] != "identity" {
			t.Errorf("Accept-Encoding: %q", got)
		}
		w.Header().Set("Content-Encoding", coding)
		_, _ = w.Write(body)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestUnfolded(t *testing.T) {
	text := []byte(strings.Repeat("héllo ", 1000))
	for coding := range folders {
		got := perform(t, Options{}).post(coded(t, coding, folded(coding, text)))
		if got.works(t); !bytes.Equal(got.body, text) {
			t.Errorf("%s: %d bytes", coding, len(got.body))
		}
		perform(t, Options{}).post(coded(t, coding, nil)).works(t)
		for _, n := range []int{1, 20} {
			perform(t, Options{}).post(coded(t, coding, folded(coding, text)[:n])).want(t, msg.FailReset, true, "in the middle of its answer")
		}
		perform(t, Options{}).post(coded(t, coding, []byte("not compressed at all"))).want(t, msg.FailReset, true)
	}
	got := perform(t, Options{}).post(coded(t, "identity", text))
	if got.works(t); !bytes.Equal(got.body, text) {
		t.Errorf("identity: %d bytes", len(got.body))
	}
}

// TestUnfoldedBounds: a bomb is stopped at its ratio, what folds badly at its size, and what is folded twice at once.
func TestUnfoldedBounds(t *testing.T) {
	for coding := range folders {
		bomb := folded(coding, make([]byte, 16<<20))
		got := perform(t, Options{}).post(coded(t, coding, bomb))
		got.want(t, msg.FailLimit, true, "of compressed content unfold to more than")
		if most := max(ratioFrom, maxRatio*len(bomb)); len(got.body) > most {
			t.Errorf("%s: %d bytes came through, %d are allowed", coding, len(got.body), most)
		}
		fair := bytes.Repeat([]byte(noise(64<<10)), 20)
		got = perform(t, Options{}).post(coded(t, coding, folded(coding, fair)))
		if got.works(t); !bytes.Equal(got.body, fair) {
			t.Errorf("%s: %d of %d bytes of fair content", coding, len(got.body), len(fair))
		}
	}
	// All but the last thousand bytes of the most content has gone through.
	nearly := &unfolding{folded: &counter{n: maxUnfolded}, from: strings.NewReader(noise(2000)), n: maxUnfolded - 1000}
	var over *overBound
	if _, err := io.ReadAll(nearly); !errors.As(err, &over) || over.kind != msg.FailLimit {
		t.Errorf("after %d bytes: %v", nearly.n, err)
	}
	twice := folded("gzip", folded("gzip", []byte("{}")))
	perform(t, Options{}).post(coded(t, "gzip, gzip", twice)).want(t, msg.FailLimit, true, "more than once")
	perform(t, Options{}).post(coded(t, "br", []byte("x"))).want(t, msg.FailUnsupported, true, "compressed with br,", "not asked for")
}

// TestUnfoldedQuotesNothing: what stands for a coding may be the key that was sent, and a part of it would not be known
// as such any more.
func TestUnfoldedQuotesNothing(t *testing.T) {
	for _, coding := range []string{fakeKey, "br-" + fakeKey, fakeKey + ",gzip", "constructor"} {
		got := perform(t, Options{}).post(coded(t, coding, []byte("x")))
		if got.failure == nil || strings.Contains(got.failure.Detail, coding[:4]) {
			t.Errorf("%s: %+v", coding, got.failure)
		}
	}
	perform(t, Options{}).post(coded(t, fakeKey, nil)).want(t, msg.FailUnsupported, true, "in a way that is not known")
}

// TestUnfoldedStream: an event that the server flushes comes before the next one.
func TestUnfoldedStream(t *testing.T) {
	for coding, fold := range folders {
		read := make(chan bool, 1)
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", coding)
			out := fold(w)
			_, _ = io.WriteString(out, "data: 1\n\n")
			_ = out.Flush()
			w.(http.Flusher).Flush()
			within(t, "the first event", read)
			_, _ = io.WriteString(out, "data: 2\n\n")
			_ = out.Close()
		}))
		t.Cleanup(s.Close)
		response, err := (&http.Client{Transport: perform(t, Options{}).c.options.Transport}).Get(s.URL)
		if err != nil {
			t.Fatal(err)
		}
		body, err := unfolded(codingOf(response.Header), response.Body)
		if err != nil {
			t.Fatal(err)
		}
		first := make([]byte, 9)
		if _, err := io.ReadFull(body, first); err != nil {
			t.Fatal(err)
		}
		read <- true
		if rest, err := io.ReadAll(body); err != nil || string(first)+string(rest) != "data: 1\n\ndata: 2\n\n" {
			t.Errorf("%s: %q, %v", coding, rest, err)
		}
		_ = response.Body.Close()
	}
}
