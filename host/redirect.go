package host

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// RedirectRequest is a redirect to be received at the end of a sign-in.
type RedirectRequest struct {
	// Server is the entry's name: who is signed in to must be shown.
	Server string
	// URI is the redirect URI that the configuration wants; empty is the receiver's own choice.
	URI string
	// Path is what the URI's path must be where the receiver chooses.
	Path string
	// Arrived hands over the whole URL of a request that came, and gives the HTTP status to answer it with: 200 for the
	// redirect that was awaited, 400 for one that was not, 409 for one that came again. Whoever came, the page must be
	// the same for the same status, with nothing of the request in it.
	Arrived func(url string) (status int)
}

// Redirect receives redirects: it says under which URI, and stops when ctx ends; then it calls no Arrived any more.
type Redirect func(ctx context.Context, r RedirectRequest) (uri string, err error)

// Loopback receives redirects on this machine (RFC 8252 section 7.3): at the wanted URI, else at a free port of
// 127.0.0.1. Where the URI says localhost, ::1 is listened on too. Nobody else's requests are taken: the path and the
// Host must be exactly those of the URI.
func Loopback(ctx context.Context, r RedirectRequest) (string, error) {
	u, err := loopbackURI(r)
	if err != nil {
		return "", err
	}
	listeners, err := listenLoopback(ctx, u)
	if err != nil {
		return "", err
	}
	if u.Port() != "" { // a URI is compared as a text (RFC 9700 section 2.1), so one without a port stays so
		_, port, _ := net.SplitHostPort(listeners[0].Addr().String())
		u.Host = net.JoinHostPort(u.Hostname(), port)
	}
	server := &http.Server{Handler: &callback{request: r, uri: u}, ReadHeaderTimeout: 5 * time.Second, MaxHeaderBytes: 64 << 10}
	for _, l := range listeners {
		go func() { _ = server.Serve(l) }()
	}
	context.AfterFunc(ctx, func() {
		// The page that says "done" is still on its way.
		end, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if server.Shutdown(end) != nil {
			_ = server.Close()
		}
	})
	return u.String(), nil
}

// loopbackURI is where to listen; port 0 where it is free to choose.
func loopbackURI(r RedirectRequest) (*url.URL, error) {
	if r.URI == "" {
		return &url.URL{Scheme: "http", Host: "127.0.0.1:0", Path: r.Path}, nil
	}
	u, err := url.Parse(r.URI)
	if err != nil || u.Scheme != "http" || !slices.Contains([]string{"127.0.0.1", "::1", "localhost"}, u.Hostname()) {
		return nil, errors.New("only http on 127.0.0.1, [::1] or localhost is received here")
	}
	return u, nil
}

// portOf is a loopback URI's port: 80 where it says none (RFC 9110 section 4.2.1).
func portOf(u *url.URL) string {
	if port := u.Port(); port != "" {
		return port
	}
	return "80"
}

// listenLoopback listens on the addresses that the URI's host may mean, on one port.
func listenLoopback(ctx context.Context, u *url.URL) ([]net.Listener, error) {
	hosts := []string{u.Hostname()}
	if u.Hostname() == "localhost" {
		hosts = []string{"127.0.0.1", "::1"}
	}
	var config net.ListenConfig
	first, err := config.Listen(ctx, "tcp", net.JoinHostPort(hosts[0], portOf(u)))
	if err != nil {
		return nil, errors.New("port " + portOf(u) + " of this machine cannot be listened on: " + bare(err))
	}
	all := []net.Listener{first}
	if len(hosts) == 1 {
		return all, nil
	}
	_, port, _ := net.SplitHostPort(first.Addr().String())
	second, err := config.Listen(ctx, "tcp", net.JoinHostPort(hosts[1], port))
	switch {
	case err == nil:
		all = append(all, second)
	case inUse(err): // a browser may go there first, and somebody else listens
		_ = first.Close()
		return nil, errors.New("port " + port + " of ::1 is another program's")
	}
	return all, nil
}

func bare(err error) string {
	var op *net.OpError
	if errors.As(err, &op) {
		err = op.Err
	}
	return err.Error()
}

func inUse(err error) bool { return strings.Contains(err.Error(), "in use") }

// callback answers the requests that come.
type callback struct {
	request RedirectRequest
	uri     *url.URL
}

func (c *callback) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !c.means(r.Host) || r.URL.Path != c.uri.Path {
		page(w, http.StatusNotFound, "")
		return
	}
	if r.Method != http.MethodGet {
		w.Header().Set("Allow", http.MethodGet)
		page(w, http.StatusMethodNotAllowed, "")
		return
	}
	arrived := *c.uri
	arrived.RawQuery = r.URL.RawQuery
	page(w, c.request.Arrived(arrived.String()), c.request.Server)
}

// means says that a Host header is the URI's authority; a browser leaves port 80 out (RFC 9110 sections 4.2.1 and 7.2).
func (c *callback) means(host string) bool {
	u := &url.URL{Host: host}
	return u.Hostname() == c.uri.Hostname() && portOf(u) == portOf(c.uri)
}
