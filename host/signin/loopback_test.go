package signin_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/headfast/headfast/host"
)

// visited is what a listener of Headfast's answered.
type visited struct {
	status int
	header http.Header
	body   string
}

// visit asks a listener as anybody on this machine may: address is where to connect, hostname what Host says.
func visit(t *testing.T, method, address, hostname string) visited {
	t.Helper()
	r, err := http.NewRequest(method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if hostname != "" {
		r.Host = hostname
	}
	answer, err := direct.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return visited{answer.StatusCode, answer.Header, string(body)}
}

// pending is a sign-in under way, whose page nobody has answered yet.
type pending struct {
	*fast
	page     host.Page
	redirect *url.URL
	state    string
	done     chan error
	cancel   context.CancelFunc
}

// begins has somebody log in, up to the page.
func begins(t *testing.T, mcp *protectedServer, oauth map[string]any) *pending {
	t.Helper()
	shown := make(chan host.Page, 1)
	p := &pending{done: make(chan error, 1)}
	p.fast = headfast(t, mcp.URL, entry{OAuth: oauth, Open: func(_ context.Context, page host.Page) error { shown <- page; return nil }})
	var ctx context.Context
	ctx, p.cancel = context.WithCancel(p.ctx)
	t.Cleanup(p.cancel)
	go func() { p.done <- p.noted(p.config.Login(ctx, "s", "")) }()
	select {
	case p.page = <-shown:
	case err := <-p.done:
		t.Fatalf("no page: %v", err)
	}
	u, err := url.Parse(p.page.URL)
	if err != nil {
		t.Fatal(err)
	}
	p.state = u.Query().Get("state")
	if p.redirect, err = url.Parse(u.Query().Get("redirect_uri")); err != nil {
		t.Fatal(err)
	}
	return p
}

// with is the redirect with a query.
func (p *pending) with(query string) string { return p.redirect.String() + "?" + query }

// stillPending fails where the sign-in has ended.
func (p *pending) stillPending(after string) {
	p.t.Helper()
	select {
	case err := <-p.done:
		p.t.Fatalf("after %s the sign-in ended: %v", after, err)
	case <-time.After(20 * time.Millisecond):
	}
}

// unheard fails while somebody listens.
func unheard(t *testing.T, address string) {
	t.Helper()
	for end := time.Now().Add(3 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		c, err := net.Dial("tcp", address)
		if err != nil {
			return
		}
		c.Close()
		if time.Now().After(end) {
			t.Errorf("somebody listens at %s", address)
			return
		}
	}
}

// TestLoopback: what is not the answer to this sign-in changes nothing, whatever it looks like; then the genuine one
// ends it, once.
func TestLoopback(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	mcp := startProtected(t, Protected{AS: as})
	p, other := begins(t, mcp, nil), begins(t, startProtected(t, Protected{AS: startOIDC(t, OIDC{})}), nil)
	iss := "&iss=" + url.QueryEscape(as.Issuer)
	wrong := map[string]visited{}
	for _, one := range []struct {
		name, method, address, host string
		status                      int
	}{
		{"no state", "GET", p.with("code=x" + iss), "", 400},
		{"a wrong state", "GET", p.with("code=x&state=" + strings.Repeat("a", 43) + iss), "", 400},
		{"a shorter state", "GET", p.with("code=x&state=" + p.state[1:] + iss), "", 400},
		{"two states", "GET", p.with("code=x&state=" + p.state + "&state=" + p.state + iss), "", 400},
		{"a right and a wrong state", "GET", p.with("code=x&state=" + p.state + "&state=b" + iss), "", 400},
		{"two codes", "GET", p.with("code=x&code=y&state=" + p.state + iss), "", 400},
		{"nothing", "GET", p.redirect.String(), "", 400},
		{"an error without state", "GET", p.with("error=access_denied" + iss), "", 400},
		{"another's state", "GET", p.with("code=x&state=" + other.state + iss), "", 400},
		{"a script", "GET", p.with("error=%3Cscript%3Ealert(1)%3C%2Fscript%3E&error_description=%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&state=%3Cb%3E"), "", 400},
		{"a query that is none", "GET", p.with("%zz=%&;;&=&code"), "", 400},
		{"POST", "POST", p.with("code=x&state=" + p.state + iss), "", 405},
		{"HEAD", "HEAD", p.with("code=x&state=" + p.state + iss), "", 405},
		{"OPTIONS", "OPTIONS", p.with("code=x&state=" + p.state + iss), "", 405},
		{"the root", "GET", p.redirect.Scheme + "://" + p.redirect.Host + "/?code=x&state=" + p.state, "", 404},
		{"below the path", "GET", p.redirect.String() + "/x?code=x&state=" + p.state, "", 404},
		{"another server's path", "GET", p.redirect.Scheme + "://" + p.redirect.Host + other.redirect.Path + "?code=x&state=" + p.state + iss, "", 404},
		{"the path with dots", "GET", p.redirect.Scheme + "://" + p.redirect.Host + "/a/.." + p.redirect.Path + "?code=x&state=" + p.state, "", 404},
		{"favicon", "GET", p.redirect.Scheme + "://" + p.redirect.Host + "/favicon.ico", "", 404},
		{"another host", "GET", p.with("code=x&state=" + p.state + iss), "evil.example", 404},
		{"another host with the port", "GET", p.with("code=x&state=" + p.state + iss), "evil.example:" + p.redirect.Port(), 404},
		{"localhost", "GET", p.with("code=x&state=" + p.state + iss), "localhost:" + p.redirect.Port(), 404},
		{"no port", "GET", p.with("code=x&state=" + p.state + iss), "127.0.0.1", 404},
		{"a dot", "GET", p.with("code=x&state=" + p.state + iss), "127.0.0.1.:" + p.redirect.Port(), 404},
	} {
		got := visit(t, one.method, one.address, one.host)
		if got.status != one.status {
			t.Errorf("%s: status %d, want %d", one.name, got.status, one.status)
		}
		safe(t, one.name, got)
		wrong[one.name] = got
		p.stillPending(one.name)
	}
	for name, got := range wrong {
		if got.status == 400 && got.body != wrong["nothing"].body {
			t.Errorf("%s: the page is another", name)
		}
	}
	at := walk(t, p.page.URL)
	if err := <-p.done; err != nil || at.Status != 200 {
		t.Fatalf("the genuine answer: %v, status %d\n%s", err, at.Status, p.told())
	}
	safe(t, "the genuine answer", visited{at.Status, at.Header, at.Body})
	if n := len(as.grants("authorization_code")); n != 1 {
		t.Errorf("%d codes were given for tokens", n)
	}
	p.echoes(p.session())
	unheard(t, p.redirect.Host)
	other.cancel()
	wantCode(t, <-other.done, "HF302")
	unheard(t, other.redirect.Host)
}

// safe are the fields that every page has.
func safe(t *testing.T, name string, v visited) {
	t.Helper()
	for field, want := range map[string]string{"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
		"Cache-Control": "no-store", "Content-Type": "text/html; charset=utf-8"} {
		if got := v.header.Get(field); !strings.Contains(got, want) {
			t.Errorf("%s: %s is %q", name, field, got)
		}
	}
	if strings.Contains(v.body, "alert(") || strings.Contains(v.body, "code=") {
		t.Errorf("%s: the page has something of the request", name)
	}
}

// TestLoopbackReplay: the genuine answer comes twice: the second is told that it is over, and no second code is used.
func TestLoopbackReplay(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	p := begins(t, startProtected(t, Protected{AS: as}), nil)
	as.intercept(slow(isPath(path(as.Meta.Token)), time.Second))
	at := walk(t, p.page.URL, person{Stays: true})
	if first := visit(t, "GET", at.URL.String(), ""); first.status != 200 {
		t.Errorf("the first: %d", first.status)
	}
	if status := p.page.Redirected(at.URL.String()); status != 409 {
		t.Errorf("the second, by hand: %d", status)
	}
	c, err := net.Dial("tcp", p.redirect.Host)
	if err == nil { // the page that says "done" may still be on its way, and then so is this one
		c.Close()
	}
	if err := <-p.done; err != nil {
		t.Error(err)
	}
	if status := p.page.Redirected(at.URL.String()); status != 409 {
		t.Errorf("afterwards: %d", status)
	}
	if n := len(as.grants("authorization_code")); n != 1 {
		t.Errorf("%d codes were given for tokens", n)
	}
}

// TestLoopbackByHand: the redirect is copied from the browser's address line.
func TestLoopbackByHand(t *testing.T) {
	t.Parallel()
	p := begins(t, startProtected(t, Protected{AS: startOIDC(t, OIDC{})}), nil)
	if status := p.page.Redirected("http://127.0.0.1/?code=x&state=y"); status != 400 {
		t.Errorf("a wrong one: %d", status)
	}
	at := walk(t, p.page.URL, person{Stays: true})
	if status := p.page.Redirected(at.URL.String()); status != 200 {
		t.Errorf("the genuine one: %d", status)
	}
	if err := <-p.done; err != nil {
		t.Error(err)
	}
}

// TestLoopbackAddresses: only this machine is listened on, and for localhost on both families.
func TestLoopbackAddresses(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	mcp := startProtected(t, Protected{AS: as})
	p := begins(t, mcp, map[string]any{"clientId": "public", "redirectUri": "http://localhost:0/callback"})
	for _, ip := range []string{"127.0.0.1", "::1"} {
		got := visit(t, "GET", "http://"+net.JoinHostPort(ip, p.redirect.Port())+"/callback", "localhost:"+p.redirect.Port())
		if got.status != 400 {
			t.Errorf("%s: %d", ip, got.status)
		}
	}
	p.cancel()
	<-p.done
	p = begins(t, mcp, nil)
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range addresses {
		if ip, _, err := net.ParseCIDR(a.String()); err == nil && !ip.Equal(net.IPv4(127, 0, 0, 1)) {
			if c, err := net.DialTimeout("tcp", net.JoinHostPort(ip.String(), p.redirect.Port()), time.Second); err == nil {
				c.Close()
				t.Errorf("it listens on %s", ip)
			}
		}
	}
	if err := p.client.Close(context.Background()); err != nil {
		t.Error(err)
	}
	<-p.done
	unheard(t, p.redirect.Host)
}

// TestLoopbackTaken: a port that is another program's is told, and never used; nobody is sent away.
func TestLoopbackTaken(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	as := startOIDC(t, OIDC{})
	mcp := startProtected(t, Protected{AS: as})
	_, port, _ := net.SplitHostPort(taken.Addr().String())
	f := headfast(t, mcp.URL, entry{OAuth: map[string]any{"clientId": "public", "redirectUri": "http://127.0.0.1:" + port + "/callback"}})
	e := wantCode(t, f.noted(f.config.Login(f.ctx, "s", "")), "HF130")
	if !strings.Contains(e.Body, "port "+port) || !strings.Contains(e.Body, "in use") || len(f.opened()) > 0 {
		t.Errorf("%v; %d pages", e, len(f.opened()))
	}
	six, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		t.Fatal(err)
	}
	defer six.Close()
	_, port, _ = net.SplitHostPort(six.Addr().String())
	f = headfast(t, mcp.URL, entry{OAuth: map[string]any{"clientId": "public", "redirectUri": "http://localhost:" + port + "/callback"}})
	e = wantCode(t, f.noted(f.config.Login(f.ctx, "s", "")), "HF130")
	if !strings.Contains(e.Body, port) || len(f.opened()) > 0 {
		t.Errorf("%v; %d pages", e, len(f.opened()))
	}
	unheard(t, "127.0.0.1:"+port)
}
