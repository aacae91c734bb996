package host

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/net/http/httpproxy"
)

// proxies finds the proxy for a URL; nil is none. net/http's own ProxyFromEnvironment reads the process's
// environment once for all Clients, and skips what it cannot parse: then requests would go where a company
// does not let them. Hence its rules (x/net/http/httpproxy is the same code), read for each Client, and an error.
type proxies func(*url.URL) (*url.URL, error)

// noProxy is the value of Options.Proxy that turns proxies off.
const noProxy = "none"

func newProxies(setting string, env func(string) (string, bool)) (proxies, error) {
	config := &httpproxy.Config{HTTPProxy: setting, HTTPSProxy: setting}
	switch setting {
	case noProxy:
		return func(*url.URL) (*url.URL, error) { return nil, nil }, nil
	case "":
		config = proxyEnvironment(env)
		for name, value := range map[string]string{"HTTPS_PROXY": config.HTTPSProxy, "HTTP_PROXY": config.HTTPProxy} {
			if err := checkProxy("the variable "+name, value); err != nil {
				return nil, err
			}
		}
	default:
		if err := checkProxy("Options.Proxy", setting); err != nil {
			return nil, err
		}
	}
	return config.ProxyFunc(), nil
}

// proxyEnvironment looks the variables up as curl and net/http do. Where REQUEST_METHOD is set the program
// is a CGI script and HTTP_PROXY is a header that a client made up: https://httpoxy.org.
func proxyEnvironment(env func(string) (string, bool)) *httpproxy.Config {
	get := func(name string) string {
		if value, _ := env(name); value != "" {
			return value
		}
		value, _ := env(strings.ToLower(name))
		return value
	}
	c := &httpproxy.Config{HTTPProxy: get("HTTP_PROXY"), HTTPSProxy: get("HTTPS_PROXY"), NoProxy: get("NO_PROXY")}
	if method, _ := env("REQUEST_METHOD"); method != "" {
		c.HTTPProxy, _ = env("http_proxy")
	}
	return c
}

// checkProxy demands a URL that net/http can use. Its text may hold a password, so no error repeats it.
func checkProxy(where, text string) error {
	if text == "" {
		return nil
	}
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" {
		return fmt.Errorf("headfast: %s is not the URL of a proxy, such as http://proxy.example:3128", where)
	}
	switch u.Scheme {
	case "http", "https", "socks5", "socks5h":
		return nil
	}
	return fmt.Errorf("headfast: %s names a proxy of a kind that is not supported: it must begin with http, https, socks5 or socks5h", where)
}

// forRequest is http.Transport's Proxy; it notes the proxy for the words of a failure.
func (p proxies) forRequest(r *http.Request) (*url.URL, error) {
	proxy, err := p(r.URL)
	if proxy != nil {
		progressOf(r.Context()).through(proxy)
	}
	return proxy, err
}

// proxyRefused is a proxy's answer to CONNECT that is not 200.
type proxyRefused struct{ status int }

func (e *proxyRefused) Error() string {
	if e.status == http.StatusProxyAuthRequired {
		return "it wants credentials of its own (407), or others than the proxy's URL has: http://user:password@host:port"
	}
	return fmt.Sprintf("it did not connect to the server: %d %s", e.status, http.StatusText(e.status))
}

// tunnelBegins is called before CONNECT is sent. The request's headers are not for the proxy: it gets none.
func tunnelBegins(ctx context.Context, _ *url.URL, _ string) (http.Header, error) {
	progressOf(ctx).reach(stageTunnel)
	return http.Header{"User-Agent": {userAgent}}, nil
}

// tunnelAnswered is called with the answer to CONNECT.
func tunnelAnswered(ctx context.Context, _ *url.URL, _ *http.Request, response *http.Response) error {
	if response.StatusCode != http.StatusOK {
		return &proxyRefused{response.StatusCode}
	}
	progressOf(ctx).reach(stageDial)
	return nil
}

// proxyTrouble says what went wrong with the proxy, by its host and port; "" where it was not the proxy.
func proxyTrouble(seen steps, err error) string {
	var refused *proxyRefused
	var op *net.OpError
	switch {
	case seen.proxy == "":
		return ""
	case errors.As(err, &refused):
		return "the proxy " + seen.proxy + ": " + refused.Error()
	case seen.stage == stageTunnel, errors.As(err, &op) && (op.Op == "proxyconnect" || strings.HasPrefix(op.Op, "socks")):
		return "the proxy " + seen.proxy + ": " + words(err)
	}
	return ""
}
