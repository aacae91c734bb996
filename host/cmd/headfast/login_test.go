package main

import (
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// signedOut is a place with a store of its own, and a browser.
func signedOut(t *testing.T, s *oauthServer, env ...string) (p place, record string) {
	t.Helper()
	p = at(t, signing(s))
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	record = filepath.Join(t.TempDir(), "browser")
	p.env = append(p.env, "HEADFAST_STORE="+t.TempDir(), "BROWSER="+self, browserRecord+"="+record)
	p.env = append(p.env, env...)
	return p, record
}

// inOrder checks what stderr tells, in this order.
func (o outcome) inOrder(pieces ...string) {
	o.t.Helper()
	at := 0
	for _, piece := range pieces {
		i := strings.Index(o.err[at:], piece)
		if i < 0 {
			o.t.Errorf("no %q where it should be in\n%s", piece, o.err)
			return
		}
		at += i + len(piece)
	}
}

// TestLogin goes the whole way: sign in, use it, list it, sign out. Nothing secret is printed by any of it.
func TestLogin(t *testing.T) {
	t.Parallel()
	s := newOAuth(t)
	p, record := signedOut(t, s)
	p.run("tokens").want(0, "There is no sign-in in the folder ", "headfast login NAME")
	p.run("tools", "acme").want(6, "HF104", "headfast login acme")
	p.run("tools", "acme", "--json").want(6)
	p.run("explain", "acme").want(0, "no sign-in is kept", "headfast login acme")

	o := p.run("login", "acme", "--trace").want(0, "asks you to sign in at "+strings.TrimPrefix(s.as.URL, "http://"), s.as.URL+"/authorize?",
		"Waiting for you to sign in at", "signed in at "+s.as.URL, "scope   tools", "Bearer ....0001, expires in 60 min, renews by itself", "Kept in the folder ")
	s.kept(t, o.out+o.err)
	o.inOrder("* Asks the server without a token, to hear what it wants.\n> #", "POST "+s.mcp.URL+"/mcp  server/discover  rule sign-in\n", "401",
		"* Asks the server who signs people in for it (its protected-resource metadata).\n", "* The server says that "+s.as.URL+" signs people in for it",
		"* Asks the authorization server for the addresses of its pages", "* Registers this program as a client there.\n",
		"* Sends you to "+s.as.URL+"/authorize to sign in", "* You have signed in, and came back with a code that is good once.\n",
		"* Gives the code for a token, with the proof that the sign-in began here (PKCE).\n> #",
		`* The token is there, for "tools", good for 3600 s, and can be renewed without you; it is kept, and sent to `+s.mcp.URL+" only.\n")
	text, err := os.ReadFile(record)
	if lines := strings.Split(string(text), "\n"); err != nil || len(lines) != 2 || !strings.HasPrefix(lines[0], s.as.URL+"/authorize?response_type=code&") {
		t.Errorf("the browser got %q, %v", text, err)
	}
	p.run("tools", "acme").want(0, "echo", "signed in at "+s.as.URL)
	p.run("tools", "acme", "--trace").want(0, "Authorization: Bearer ....0001, 29 characters, from the token of "+s.as.URL)
	p.run("explain", "acme").want(0, "Bearer ....0001", "renews by itself", `the client "a-client"`)

	doc := p.run("tokens", "--json").want(0).document()
	if len(doc.Accounts) != 1 || doc.Accounts[0].URL != s.mcp.URL+"/mcp" || doc.Accounts[0].Issuer != s.as.URL || doc.Accounts[0].Client != "a-client" ||
		doc.Accounts[0].Fingerprint != "....0001" || !doc.Accounts[0].Renews || doc.Accounts[0].ExpiresIn < 3000 {
		t.Errorf("%+v", doc.Accounts)
	}
	p.run("tokens").want(0, s.mcp.URL+"/mcp", "issuer  "+s.as.URL, "client  a-client", "1 sign-in in the folder ")

	p.run("logout", "acme").want(0, "ok given back and forgotten: "+s.mcp.URL+"/mcp")
	if got := s.at("/revoke"); len(got) != 1 || got[0].Get("token") != "canary-refresh-0123456789" {
		t.Errorf("given back: %v", got)
	}
	p.run("logout", "acme").want(0, "There was no sign-in to acme.")
	p.run("tools", "acme").want(6)
}

// TestLogoutKinds: one by its key, and all.
func TestLogoutKinds(t *testing.T) {
	t.Parallel()
	s := newOAuth(t)
	p, _ := signedOut(t, s)
	p.run("login", "acme").want(0)
	doc := p.run("login", "acme", "--profile", "work", "--json").want(0).document()
	if len(doc.Accounts) != 1 || doc.Accounts[0].Profile != "work" || doc.Server != "acme" {
		t.Fatalf("%+v", doc)
	}
	key := doc.Accounts[0].Key
	p.run("tools", "acme", "--profile", "work").want(0, "echo")
	p.run("tools", "acme", "--profile", "other").want(6, "headfast login acme --profile other")
	p.run("logout", "acme", "--profile", "other").want(0, "There was no sign-in", "Another profile")
	if o := p.run("__complete", "logout", "--key", ""); !strings.Contains(o.out, key) {
		t.Errorf("%s", o.out)
	}
	p.run("logout", "--key", key[1:]).want(2, "Did you mean "+key)
	if doc := p.run("logout", "--key", key, "--json").want(0).document(); !slices.Equal(doc.Forgotten, []string{key}) || len(s.at("/revoke")) != 0 {
		t.Errorf("%+v", doc)
	}
	p.run("logout", "acme", "--all").want(2, "four different things")
	p.run("login", "acme", "--profile", "work").want(0)
	p.run("logout", "--all").want(0, "profile work", "ok given back and forgotten: ")
	if got := s.at("/revoke"); len(got) != 2 {
		t.Errorf("given back: %v", got)
	}
	p.run("logout", "--all").want(0, "There is no sign-in")
	if err := os.Remove(filepath.Join(p.dir, ".mcp.json")); err != nil {
		t.Fatal(err)
	}
	p.run("logout", "--all").want(0, "There is no sign-in")
	p.run("logout", "acme").want(3, "HF200")
}

// TestNotGivenBack: what the authorization server was not told is not said to be given back.
func TestNotGivenBack(t *testing.T) {
	t.Parallel()
	const told = "ok forgotten here, and the authorization server was not told: "
	s := newOAuth(t)
	p, _ := signedOut(t, s)
	p.run("login", "acme").want(0)
	s.breaks("/revoke", page(503, "text/plain", "busy"))
	p.run("logout", "acme").want(0, "! The token could not be given back", "503", told)
	p.run("login", "acme").want(0)
	p.run("logout", "--all").want(0, "! The token could not be given back", told)
	s.breaks("/.well-known/oauth-authorization-server", func(w http.ResponseWriter, _ *http.Request) {
		m := s.metadata()
		delete(m, "revocation_endpoint")
		reply(w, 200, m)
	})
	p.run("login", "acme").want(0)
	p.run("logout", "acme").want(0, "! The token could not be given back", s.as.URL+" has named no address for that", told)
	key := p.run("login", "acme", "--json").want(0).document().Accounts[0].Key
	p.run("logout", "--key", key).want(0, told)
}

// TestDevice: the code is shown, no browser is opened, and the sign-in is the one that the other commands use.
func TestDevice(t *testing.T) {
	t.Parallel()
	s := newOAuth(t)
	s.agreed = true
	p, record := signedOut(t, s)
	p.run("login", "acme", "--device").want(0, "Go to  "+s.as.URL+"/type", "Code   WDJB-MJHT", "Waiting for you")
	if _, err := os.Stat(record); err == nil {
		t.Error("a browser was opened")
	}
	p.run("tools", "acme").want(0, "echo")
}

// TestSignInByCommands: where a person is there, or --sign-in says so, a command has the person sign in; else it says how.
func TestSignInByCommands(t *testing.T) {
	t.Parallel()
	s := newOAuth(t)
	p, _ := signedOut(t, s)
	for _, args := range [][]string{{"tools", "acme"}, {"call", "acme", "echo", "text=x"}, {"tools", "acme", "--no-input"}, {"watch", "acme"}, {"ping", "acme"}} {
		if o := p.run(args...).want(6, "HF104", "headfast login acme"); strings.Contains(o.err, "/authorize") {
			t.Errorf("%s", o.err)
		}
	}
	p.run("tools", "acme", "--sign-in", "--no-input").want(2, "contradict")
	p.run("call", "acme", "echo", "text=hello", "--sign-in").want(0, "/authorize?", "hello")
	p.run("call", "acme", "echo", "text=hello").want(0, "hello")
}

// TestLoginOffered: a server of which the entry only has the address is signed in to where the person says so.
func TestLoginOffered(t *testing.T) {
	t.Parallel()
	s := newOAuth(t)
	p, _ := signedOut(t, s)
	if err := os.WriteFile(filepath.Join(p.dir, ".mcp.json"), []byte(bare(s.mcp.URL+"/mcp")), 0o600); err != nil {
		t.Fatal(err)
	}
	p.run("tools", "acme", "--sign-in").want(6, "HF104", "headfast login acme", "not begun by itself")
	p.run("login").want(0, "signed in at")
	p.run("tools", "acme").want(0, "echo", "signed in at "+s.as.URL)
	if o := p.run("__complete", "login", ""); !strings.Contains(o.out, "acme\n") {
		t.Errorf("%s", o.out)
	}
}

// TestLoginNowhere: what is not one to sign in to is told, and nothing is sent.
func TestLoginNowhere(t *testing.T) {
	t.Parallel()
	s := start(t)
	at(t, acme(s.URL("/oauth")), "ACME_KEY="+goodKey).run("login", "acme").want(2, "HF301", "is not one to sign in to", "X-API-Key is configured")
	at(t, `{"mcpServers": {"acme": {"command": "x"}}}`).run("login", "acme").want(2, "is not one to sign in to")
	at(t, `{"mcpServers": {"acme": {"url": "https://x.example/", "type": "http", "oauth": false}}}`).run("login", "acme", "--device").want(2, "is not one to sign in to")
	at(t, `{"mcpServers": {"acme": {"url": "https://x.example/", "type": "http", "oauth": {"grant": "client_credentials", "clientId": "c"}}}}`).
		run("login", "acme", "--device").want(2, "needs none")
	at(t, bare(s.URL("/open"))).run("logout", "other").want(3, "HF206")
	at(t, bare(s.URL("/open"))).run("logout").want(0, "There was no sign-in to acme")
	if n := len(s.Requests()); n != 0 {
		t.Errorf("%d requests arrived", n)
	}
}

// TestForgetful: a store that keeps nothing is told of.
func TestForgetful(t *testing.T) {
	t.Parallel()
	s := newOAuth(t)
	p, _ := signedOut(t, s, "HEADFAST_STORE=memory")
	p.run("login", "acme").want(0, "signed in at", "The sign-in ends with this command")
	p.run("tokens").want(0, "There is no sign-in in the memory of this process")
}

// TestStoreIsLazy: what touches no account opens no store.
func TestStoreIsLazy(t *testing.T) {
	t.Parallel()
	p := at(t, acme(start(t).URL("/modern")), "ACME_KEY="+goodKey)
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	p.env = append(p.env, "HEADFAST_STORE="+filepath.Join(file, "store"))
	p.run("tools", "acme").want(0)
	p.run("explain", "acme").want(0)
	p.run("servers").want(0)
	p.run("tokens").want(3, "HF137")
}

func page(status int, kind, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

// TestBrokenServers: whatever a server answers, it is told in a sentence or two.
func TestBrokenServers(t *testing.T) {
	t.Parallel()
	const metadata = "/.well-known/oauth-authorization-server"
	for name, c := range map[string]struct {
		change func(*oauthServer)
		exit   int
		pieces []string
	}{
		"no registration": {func(s *oauthServer) { s.breaks("/register", page(404, "application/json", `{"detail":"Not Found"}`)) },
			5, []string{"HF132", "does not register this client", "404", "Not Found", "clientId"}},
		"a page as metadata": {func(s *oauthServer) { s.breaks(metadata, page(200, "text/html", "<!doctype html><h1>Sign in</h1>")) },
			5, []string{"HF131", "has no metadata"}},
		"another issuer": {func(s *oauthServer) {
			m := s.metadata()
			m["issuer"] = "https://evil.example"
			s.breaks(metadata, func(w http.ResponseWriter, _ *http.Request) { reply(w, 200, m) })
		}, 5, []string{"HF131", "is not who it should be", "https://evil.example"}},
		"no PKCE": {func(s *oauthServer) {
			m := s.metadata()
			delete(m, "code_challenge_methods_supported")
			s.breaks(metadata, func(w http.ResponseWriter, _ *http.Request) { reply(w, 200, m) })
		}, 5, []string{"HF131", "PKCE", "Nobody was sent there"}},
		"200 with an error": {func(s *oauthServer) {
			s.breaks("/token", page(200, "application/json", `{"error":"invalid_grant","error_description":"The code is not good\u001b[31m"}`))
		}, 5, []string{"HF130", "gave no token", "invalid_grant", "The code is not good"}},
		"a shell's words": {func(s *oauthServer) {
			m := s.metadata()
			m["authorization_endpoint"] = "https://x.example/$(id)`id`\"'<&"
			s.breaks(metadata, func(w http.ResponseWriter, _ *http.Request) { reply(w, 200, m) })
		}, 5, []string{"HF135"}},
		"no address": {func(s *oauthServer) {
			m := s.metadata()
			m["authorization_endpoint"] = "file:///etc/passwd"
			s.breaks(metadata, func(w http.ResponseWriter, _ *http.Request) { reply(w, 200, m) })
		}, 5, []string{"HF135", "authorization_endpoint", "Nothing was sent there"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newOAuth(t)
			c.change(s)
			p, record := signedOut(t, s)
			o := p.run("login", "acme", "--trace").want(c.exit, append(c.pieces, "Fix")...)
			s.kept(t, o.out+o.err)
			for _, bad := range []string{"goroutine", "\x1b", "HF900", "wasm"} {
				if strings.Contains(o.err, bad) {
					t.Errorf("%q in %s", bad, o.err)
				}
			}
			if _, err := os.Stat(record); err == nil && !slices.Contains(c.pieces, "HF130") {
				t.Error("a browser was opened")
			}
			if doc := p.run("login", "acme", "--json").want(c.exit).document(); doc.Error == nil || doc.Error.Code != c.pieces[0] {
				t.Errorf("%+v", doc.Error)
			}
			if o := p.run("tools", "acme"); o.code != 5 && o.code != 6 {
				t.Errorf("exit code %d\n%s", o.code, o.err)
			}
		})
	}
}
