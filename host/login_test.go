package host

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
)

// TestAccountsCancelled: a store that does not answer, as a keychain that asks the person, holds nobody up.
func TestAccountsCancelled(t *testing.T) {
	asked := make(chan struct{}, 2)
	f, _ := faked(t, Options{}, func(in *msg.Input) []msg.Effect {
		if in.Tokens != nil || in.Explain != nil {
			asked <- struct{}{}
		}
		return nil
	})
	config := must(f.client.Load("fake", nil))
	for name, verb := range map[string]func(context.Context) error{
		"accounts": func(ctx context.Context) error { _, err := f.client.Accounts(ctx); return err },
		"explain":  func(ctx context.Context) error { _, err := config.Explain(ctx, "acme"); return err },
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			got := make(chan error, 1)
			go func() { got <- verb(ctx) }()
			within(t, "the question", asked)
			cancel()
			if err := within(t, name, got); !errors.Is(err, context.Canceled) || !errors.Is(err, Cancelled) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// TestExplainProfile: the account is that of the profile which a Connect would be given.
func TestExplainProfile(t *testing.T) {
	f, _ := faked(t, Options{}, func(in *msg.Input) []msg.Effect {
		if in.Explain == nil {
			return nil
		}
		return []msg.Effect{{Explained: &msg.Explained{ID: in.Explain.ID, Account: &msg.Account{Profile: in.Explain.Profile}}}}
	})
	x := must(must(f.client.Load("fake", nil)).Explain(t.Context(), "acme", WithProfile("work")))
	if x.Account == nil || x.Account.Profile != "work" {
		t.Errorf("%+v", x.Account)
	}
}

// TestLoginWarns: what is to be said about a sign-in that went well is said.
func TestLoginWarns(t *testing.T) {
	f, _ := faked(t, Options{}, func(in *msg.Input) []msg.Effect {
		if in.Login == nil {
			return nil
		}
		d := done(in.Login.ID, "{}")
		d.Done.Problems = []msg.Error{{Code: "HF137", Severity: "warning", Title: "not kept"}}
		return []msg.Effect{d}
	})
	var warnings []*Error
	err := must(f.client.Load("fake", nil)).Login(t.Context(), "acme", "", OnWarning(func(e *Error) { warnings = append(warnings, e) }))
	if err != nil || len(warnings) != 1 || !errors.Is(warnings[0], StoreFailed) {
		t.Errorf("%v, %v", err, warnings)
	}
}

// TestPageEnds: the context of a page with a code ends with the sign-in, to which no redirect belongs.
func TestPageEnds(t *testing.T) {
	shown := make(chan context.Context, 1)
	signIn := &SignIn{Open: func(ctx context.Context, _ Page) error { shown <- ctx; return nil }}
	login := uint32(0)
	f, _ := faked(t, Options{SignIn: signIn}, func(in *msg.Input) []msg.Effect {
		switch {
		case in.Login != nil:
			login = in.Login.ID
			return []msg.Effect{{Open: &msg.Open{ID: 900, Session: login, Server: "acme", URL: "https://as.acme.example/type", Code: "WDJB-MJHT"}}}
		case in.Visited != nil:
			return []msg.Effect{done(login, "{}")}
		}
		return nil
	})
	if err := must(f.client.Load("fake", nil)).Login(t.Context(), "acme", ""); err != nil {
		t.Fatal(err)
	}
	ctx := within(t, "the page", shown)
	select {
	case <-ctx.Done():
	case <-time.After(10 * time.Second):
		t.Error("the page's context outlasts the sign-in")
	}
}

// TestRedirectHost: a browser leaves out the port that a scheme has anyway (RFC 9110 section 7.2).
func TestRedirectHost(t *testing.T) {
	for _, c := range []struct {
		uri, host string
		status    int
	}{
		{"http://localhost/back", "localhost", 200},
		{"http://localhost/back", "localhost:80", 200},
		{"http://localhost:80/back", "localhost", 200},
		{"http://[::1]/back", "[::1]", 200},
		{"http://localhost/back", "127.0.0.1", 404},
		{"http://localhost/back", "localhost:81", 404},
		{"http://127.0.0.1:8765/back", "127.0.0.1:8765", 200},
		{"http://127.0.0.1:8765/back", "127.0.0.1", 404},
		{"http://127.0.0.1:8765/back", "evil.example:8765", 404},
	} {
		u := must(url.Parse(c.uri))
		page := &callback{uri: u, request: RedirectRequest{Server: "acme", Arrived: func(string) int { return 200 }}}
		r := httptest.NewRequest(http.MethodGet, "/back?code=x", nil)
		r.Host = c.host
		w := httptest.NewRecorder()
		page.ServeHTTP(w, r)
		if w.Code != c.status {
			t.Errorf("%s at %s: %d, want %d", c.host, c.uri, w.Code, c.status)
		}
	}
}
