package demo

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"
)

// bodyLimit bounds what one request may carry; more is answered 413.
const bodyLimit = 64 << 20

// Request is one HTTP request that arrived.
type Request struct {
	Time   time.Time
	Remote string // the peer's address
	Method string
	Path   string // without the query
	Query  string // raw
	Header http.Header
	Body   []byte
	Status int // 0 while unanswered, and for good if the connection was dropped before any header
}

// book keeps what arrived, in order of arrival.
type book struct {
	log  *log
	mu   sync.Mutex
	list []*Request
}

func (b *book) all() []Request {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := make([]Request, len(b.list))
	for i, r := range b.list {
		out[i] = *r
	}
	return out
}

func (b *book) open(r *http.Request) *Request {
	entry := &Request{
		Time: time.Now(), Remote: r.RemoteAddr, Method: r.Method,
		Path: r.URL.Path, Query: r.URL.RawQuery, Header: r.Header.Clone(),
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.list = append(b.list, entry)
	return entry
}

func (b *book) set(change func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	change()
}

// recording books each request as it arrives, reads its body, and books and
// logs its status just before the client can see it.
func (b *book) recording(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		entry := b.open(r)
		a := &answer{ResponseWriter: w, seen: func(status int) {
			b.set(func() { entry.Status = status })
			b.log.line(r, status)
		}}
		defer a.end()
		body, err := io.ReadAll(http.MaxBytesReader(a, r.Body, bodyLimit))
		b.set(func() { entry.Body = slices.Clone(body) })
		if large := new(http.MaxBytesError); errors.As(err, &large) {
			http.Error(a, err.Error(), http.StatusRequestEntityTooLarge)
			return
		} else if err != nil {
			drop()
		}
		r.Body = kept{bytes.NewReader(body), body}
		next.ServeHTTP(a, r)
		a.settle()
	})
}

// kept is a request body that was read already; bodyOf gives it whole.
type kept struct {
	io.Reader
	raw []byte
}

func (kept) Close() error { return nil }

func bodyOf(r *http.Request) []byte { return r.Body.(kept).raw }

// answer is a ResponseWriter that tells once which status went out.
type answer struct {
	http.ResponseWriter
	seen func(status int)
	told bool
}

func (a *answer) tell(status int) {
	if !a.told {
		a.told = true
		a.seen(status)
	}
}

func (a *answer) WriteHeader(status int) {
	a.tell(status)
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(b []byte) (int, error) {
	a.tell(http.StatusOK)
	return a.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach Flush.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// settle is for a handler that wrote nothing: net/http will say 200.
func (a *answer) settle() { a.tell(http.StatusOK) }

// end is for a handler that dropped the connection: no status ever went out.
func (a *answer) end() { a.tell(0) }
