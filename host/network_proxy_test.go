package host

import (
	"crypto/tls"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
)

// proxyPassword is the proxy's; it must be nowhere but in Proxy-Authorization.
const proxyPassword = "fake-proxy-password-0000"

// testProxy is a proxy that wants a password and sends every server's requests to one address.
type testProxy struct {
	*httptest.Server
	to   string
	mu   sync.Mutex
	seen []*http.Request
}

func startProxy(t testing.TB, to string) *testProxy {
	t.Helper()
	p := &testProxy{to: to}
	p.Server = httptest.NewServer(p)
	t.Cleanup(p.Close)
	return p
}

// url has the password in it.
func (p *testProxy) url() string {
	return strings.Replace(p.URL, "http://", "http://someone:"+proxyPassword+"@", 1)
}

func (p *testProxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.seen = append(p.seen, r)
	p.mu.Unlock()
	if r.Header.Get("Proxy-Authorization") != "Basic "+base64.StdEncoding.EncodeToString([]byte("someone:"+proxyPassword)) {
		http.Error(w, "<html>who are you</html>", http.StatusProxyAuthRequired)
		return
	}
	if r.Method != http.MethodConnect {
		out, _ := http.NewRequest(r.Method, "http://"+p.to+r.URL.Path, r.Body)
		out.Header, out.Host = r.Header.Clone(), r.Host
		out.Header.Del("Proxy-Authorization")
		answer, err := http.DefaultTransport.RoundTrip(out)
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		defer answer.Body.Close()
		w.WriteHeader(answer.StatusCode)
		_, _ = io.Copy(w, answer.Body)
		return
	}
	p.tunnel(w)
}

func (p *testProxy) tunnel(w http.ResponseWriter) {
	server, err := net.Dial("tcp", p.to)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	client, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	_, _ = io.WriteString(client, "HTTP/1.1 200 Connection established\r\n\r\n")
	go func() { _, _ = io.Copy(server, client); _ = server.Close() }()
	go func() { _, _ = io.Copy(client, server); _ = client.Close() }()
}

// keyed answers requests that carry the configured header and no credential of the proxy's.
func keyed(t testing.TB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-API-Key") != fakeKey || r.Header.Get("Proxy-Authorization") != "" || r.Host != "mcp.acme.example" {
			t.Errorf("to %s: %v", r.Host, r.Header)
		}
	}
}

// TestProxyTunnel: a request to https goes through CONNECT, with the proxy's credentials and without the server's.
func TestProxyTunnel(t *testing.T) {
	a := newAuthority(t)
	for _, h2 := range []bool{false, true} {
		server := tlsServer(t, &tls.Config{Certificates: []tls.Certificate{a.valid(t)}}, h2, keyed(t))
		proxy := startProxy(t, server.Listener.Addr().String())
		for _, name := range []string{"HTTPS_PROXY", "https_proxy"} {
			p := perform(t, Options{CAFiles: []string{a.file}, Env: vars(map[string]string{name: proxy.url()})})
			p.post("https://mcp.acme.example/mcp").works(t)
		}
		if len(proxy.seen) != 2 {
			t.Fatalf("%d requests at the proxy", len(proxy.seen))
		}
		for _, r := range proxy.seen {
			if r.Method != http.MethodConnect || r.Host != "mcp.acme.example:443" || strings.Contains(fmt.Sprint(r.Header), fakeKey) {
				t.Errorf("the proxy was sent %s %s %v", r.Method, r.Host, r.Header)
			}
			for name := range r.Header {
				if name != "Proxy-Authorization" && name != "User-Agent" {
					t.Errorf("the proxy was sent %s", name)
				}
			}
		}
	}
}

// TestProxyPlain: a request to http goes to the proxy itself, with both credentials; the server gets its own only.
func TestProxyPlain(t *testing.T) {
	server := httptest.NewServer(keyed(t))
	t.Cleanup(server.Close)
	proxy := startProxy(t, server.Listener.Addr().String())
	for _, name := range []string{"HTTP_PROXY", "http_proxy"} {
		perform(t, Options{Env: vars(map[string]string{name: proxy.url()})}).post("http://mcp.acme.example/mcp").works(t)
	}
	perform(t, Options{Proxy: proxy.url()}).post("http://mcp.acme.example/mcp").works(t)
	if len(proxy.seen) != 3 {
		t.Errorf("%d requests at the proxy", len(proxy.seen))
	}
}

// TestProxyChoice: testdata/proxies.json has the cases for Node's driver too.
func TestProxyChoice(t *testing.T) {
	text, err := os.ReadFile("testdata/proxies.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Setting string
		Env     map[string]string
		URL     string
		Proxy   string
	}
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		choose, err := newProxies(c.Setting, vars(c.Env))
		if err != nil {
			t.Errorf("%+v: %v", c, err)
			continue
		}
		u, _ := url.Parse(c.URL)
		proxy, err := choose(u)
		got := ""
		if proxy != nil {
			got = proxy.Scheme + "://" + proxy.Host
		}
		if err != nil || got != c.Proxy {
			t.Errorf("%+v: got %q, %v", c, got, err)
		}
	}
}

// TestProxyUnusable: what is no proxy's URL is an error that names the variable, not its value.
func TestProxyUnusable(t *testing.T) {
	for _, value := range []string{"http://someone:" + proxyPassword + "@pro xy", "ftp://someone:" + proxyPassword + "@proxy", "http://" + proxyPassword + "@"} {
		for name, o := range map[string]Options{
			"HTTPS_PROXY":   {Env: vars(map[string]string{"HTTPS_PROXY": value})},
			"HTTP_PROXY":    {Env: vars(map[string]string{"http_proxy": value})},
			"Options.Proxy": {Proxy: value},
		} {
			_, wrong := opened(o)
			if wrong == nil || !strings.Contains(wrong.Error(), name) || strings.Contains(wrong.Error(), proxyPassword) {
				t.Errorf("%s: %v", name, wrong)
			}
		}
	}
}

// TestProxyFailures: every failure of a proxy says that it is the proxy, which one, and no password; the server
// has seen nothing.
func TestProxyFailures(t *testing.T) {
	strict := startProxy(t, closedPort(t))
	open := strict.url()
	silent := "http://x:" + proxyPassword + "@" + listen(t, func(c *net.TCPConn) { _, _ = c.Read(make([]byte, 1)) })
	refused := "http://x:" + proxyPassword + "@" + closedPort(t)
	for _, c := range []struct{ name, proxy, url, says string }{
		{"wrong password", strings.Replace(open, "someone", "else", 1), "https://mcp.acme.example/", "credentials of its own (407)"},
		{"wrong password, plain", strings.Replace(open, "someone", "else", 1), "http://mcp.acme.example/", "credentials of its own (407)"},
		{"no way to the server", open, "https://mcp.acme.example/", "502 Bad Gateway"},
		{"nobody there", refused, "https://mcp.acme.example/", "connection refused"},
		{"nobody there, plain", refused, "http://mcp.acme.example/", "connection refused"},
		{"hangs up", silent, "https://mcp.acme.example/", ""},
		{"no TLS", strings.Replace(open, "http://", "https://", 1), "https://mcp.acme.example/", ""},
		{"no SOCKS", strings.Replace(silent, "http://", "socks5://", 1), "https://mcp.acme.example/", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			u, _ := url.Parse(c.proxy)
			got := perform(t, Options{Proxy: c.proxy}).post(c.url)
			got.want(t, msg.FailProxy, false, "the proxy "+u.Host+": ", c.says)
			if strings.Contains(got.failure.Detail, proxyPassword) {
				t.Errorf("%q has the password", got.failure.Detail)
			}
		})
	}
}

// TestProxyOfTheProcess: the variables are the process's, as they are when the Client is opened. Env is for a
// configuration, and may answer any name with a key.
func TestProxyOfTheProcess(t *testing.T) {
	for _, name := range []string{"http_proxy", "https_proxy", "NO_PROXY", "no_proxy", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"} {
		t.Setenv(name, "")
	}
	t.Setenv("HTTPS_PROXY", "http://"+closedPort(t))
	o := Options{Env: func(string) (string, bool) { return fakeKey, true }}.filled()
	p := perform(t, Options{Transport: o.Transport})
	p.post("https://mcp.acme.example/").want(t, msg.FailProxy, false, "the proxy 127.0.0.1:")
}

// TestUnusableOptions: nothing goes anywhere where the options or the variables cannot be used.
func TestUnusableOptions(t *testing.T) {
	server := httptest.NewServer(unwanted(t))
	t.Cleanup(server.Close)
	t.Setenv("HTTPS_PROXY", "ftp://proxy.example")
	o := Options{}.filled()
	perform(t, Options{Transport: o.Transport}).post(server.URL).want(t, msg.FailConnect, false, "HTTPS_PROXY")
}

// TestProxyOfAClient is a refusing proxy under a whole client: no password in its error or its trace.
func TestProxyOfAClient(t *testing.T) {
	proxy := startProxy(t, closedPort(t))
	var traces []string
	c := client(t, Options{Proxy: strings.Replace(proxy.url(), "someone", "else", 1), Trace: func(l Trace) { traces = append(traces, fmt.Sprintf("%+v", l)) }})
	_, err := load(t, c, map[string]string{"it": "https://mcp.acme.example/mcp"}).Connect(t.Context(), "it")
	if err == nil || !strings.Contains(err.Error(), "the proxy "+proxy.Listener.Addr().String()) {
		t.Errorf("got %v", err)
	}
	if said := fmt.Sprint(err, traces); strings.Contains(said, proxyPassword) || len(traces) == 0 {
		t.Errorf("got %s", said)
	}
}
