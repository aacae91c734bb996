package signin_test

import (
	"bytes"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// request is one HTTP request that came to a server, and what was answered.
type request struct {
	Time   time.Time
	Method string
	Host   string
	Path   string
	Query  string // raw
	Header http.Header
	Body   []byte
	Status int // 0 while unanswered, and for good if the connection was dropped
	Answer answer
}

type answer struct {
	Header http.Header
	Body   []byte
}

// form is the body of a form, or the query of another request.
func (r request) form() url.Values {
	text := r.Query
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		text = string(r.Body)
	}
	values, _ := url.ParseQuery(text)
	return values
}

// recorder is the public address of a server: it keeps all that comes, in order of arrival, and all that is answered.
type recorder struct {
	origin string // as in "http://127.0.0.1:PORT"

	mu     sync.Mutex
	serve  http.Handler
	wedge  wedge
	listed []*request
}

// wedge comes between a client and the server; next is the server.
type wedge func(w http.ResponseWriter, r *http.Request, next http.Handler)

// record opens an address; what is behind it is set later, for servers that have to know their address first.
func record(t *testing.T) *recorder {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &recorder{origin: "http://" + l.Addr().String()}
	server := &http.Server{Handler: r, ReadHeaderTimeout: 10 * time.Second}
	served := make(chan struct{})
	go func() { defer close(served); _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close(); <-served })
	return r
}

// behind says who answers.
func (r *recorder) behind(h http.Handler) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.serve = h
}

// intercept puts something between the clients and the server, until the next intercept; nil takes it away.
func (r *recorder) intercept(w wedge) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.wedge = w
}

// requests are all that came so far.
func (r *recorder) requests() []request {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := make([]request, len(r.listed))
	for i, one := range r.listed {
		out[i] = *one
	}
	return out
}

// to are those that came to a path, with this method.
func (r *recorder) to(method, path string) (out []request) {
	for _, one := range r.requests() {
		if one.Method == method && one.Path == path {
			out = append(out, one)
		}
	}
	return out
}

// forget drops what came so far.
func (r *recorder) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.listed = nil
}

func (r *recorder) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	body, err := io.ReadAll(q.Body)
	entry := &request{
		Time: time.Now(), Method: q.Method, Host: q.Host, Path: q.URL.Path, Query: q.URL.RawQuery,
		Header: q.Header.Clone(), Body: body,
	}
	r.mu.Lock()
	r.listed = append(r.listed, entry)
	serve, wedge := r.serve, r.wedge
	r.mu.Unlock()
	if err != nil || serve == nil {
		drop()
	}
	q.Body = io.NopCloser(bytes.NewReader(body))
	kept := &keeping{ResponseWriter: w, r: r, entry: entry}
	if wedge != nil {
		wedge(kept, q, serve)
	} else {
		serve.ServeHTTP(kept, q)
	}
	kept.begin(http.StatusOK)
}

// drop closes the connection without another byte.
func drop() { panic(http.ErrAbortHandler) }

// keeping is a ResponseWriter that keeps what goes out.
type keeping struct {
	http.ResponseWriter
	r     *recorder
	entry *request
}

func (k *keeping) begin(status int) {
	k.r.mu.Lock()
	defer k.r.mu.Unlock()
	if k.entry.Status == 0 && status >= 200 {
		k.entry.Status, k.entry.Answer.Header = status, k.Header().Clone()
	}
}

func (k *keeping) WriteHeader(status int) {
	k.begin(status)
	k.ResponseWriter.WriteHeader(status)
}

func (k *keeping) Write(b []byte) (int, error) {
	k.begin(http.StatusOK)
	k.r.mu.Lock()
	k.entry.Answer.Body = append(k.entry.Answer.Body, b...)
	k.r.mu.Unlock()
	return k.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach Flush.
func (k *keeping) Unwrap() http.ResponseWriter { return k.ResponseWriter }

// direct has a connection for each request: Node closes one that is idle for five seconds, and a POST that meets
// that is lost.
var direct = &http.Transport{DisableCompression: true, DisableKeepAlives: true}

// passOn hands requests on to a server that takes the recorder's address for its own.
func passOn(t *testing.T, origin string) http.Handler {
	t.Helper()
	to, err := url.Parse(origin)
	if err != nil {
		t.Fatal(err)
	}
	return &httputil.ReverseProxy{
		FlushInterval: -1,
		Transport:     direct,
		Rewrite: func(p *httputil.ProxyRequest) {
			p.Out.URL.Scheme, p.Out.URL.Host = to.Scheme, to.Host
			p.Out.Host = p.In.Host
		},
		ErrorLog:     log.New(io.Discard, "", 0),
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) { drop() },
	}
}
