package signin_test

import (
	"bufio"
	"context"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestGoSDK calls the server of the Go SDK, whose guard is the SDK's own.
func TestGoSDK(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	mcp := startGoSDK(t, GoSDK{AS: as})
	wantRefused(t, call(t, mcp, "echo"), http.StatusUnauthorized, "Bearer ", `resource_metadata="`+mcp.Metadata+`"`, `scope="mcp:read"`)
	c := newClient(t, as, mcp, "public")
	got := c.signIn()
	wantOK(t, bearing(t, mcp, got.Access))
	wantRefused(t, call(t, mcp, "write", "Authorization", "Bearer "+got.Access), http.StatusForbidden, `scope="mcp:read mcp:write"`)
	c.scope = "mcp:read mcp:write"
	wantOK(t, call(t, mcp, "write", "Authorization", "Bearer "+c.signIn().Access))
	other := startProtected(t, Protected{AS: as})
	wantRefused(t, bearing(t, mcp, newClient(t, as, other, "public").signIn().Access), http.StatusUnauthorized)
	as.set(t, map[string]any{"accessSeconds": 1})
	short := c.refresh(got.Refresh)
	time.Sleep(1100 * time.Millisecond)
	wantRefused(t, bearing(t, mcp, short.Access), http.StatusUnauthorized)
}

// TestGoSDKZitadel is the same at the other authorization server, which knows no resources.
func TestGoSDKZitadel(t *testing.T) {
	t.Parallel()
	as := startZitadel(t, Zitadel{})
	mcp := startGoSDK(t, GoSDK{AS: as})
	wantOK(t, bearing(t, mcp, newClient(t, as, mcp, "native").signIn().Access))
}

const initialize = `{"jsonrpc":"2.0","id":"1","method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},` +
	`"clientInfo":{"name":"by hand","version":"1"}}}`

// TestSessions: revisions with sessions, behind both guards.
func TestSessions(t *testing.T) {
	t.Parallel()
	as := startZitadel(t, Zitadel{})
	for name, mcp := range map[string]*protectedServer{
		"demo":   startProtected(t, Protected{AS: as, Path: "/legacy"}),
		"Go SDK": startGoSDK(t, GoSDK{AS: as, Sessions: true}),
	} {
		got := newClient(t, as, mcp, "native").signIn()
		if c := post(t, mcp, initialize, "Authorization", "Bearer "+got.Access); !strings.Contains(c.Body, `"2025-11-25"`) {
			t.Errorf("%s: %+v", name, c)
		}
		wantRefused(t, post(t, mcp, initialize), http.StatusUnauthorized, "resource_metadata")
		if n := len(mcp.with(got.Access)); n != 1 {
			t.Errorf("%s: %d requests with the token", name, n)
		}
	}
}

// TestStream: what a server streams goes through the recorder at once, and the address in it is the public one.
func TestStream(t *testing.T) {
	t.Parallel()
	as := startZitadel(t, Zitadel{})
	mcp := startProtected(t, Protected{AS: as, Path: "/sse"})
	got := newClient(t, as, mcp, "native").signIn()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, mcp.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+got.Access)
	r.Header.Set("Accept", "text/event-stream")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			if to, err := r.URL.Parse(data); err != nil || to.Host != r.URL.Host {
				t.Errorf("messages go to %s", data)
			}
			return
		}
	}
	t.Error("the stream had no event")
}

// TestMetadataPlaces: where the metadata is, and whether the challenge says so.
func TestMetadataPlaces(t *testing.T) {
	t.Parallel()
	as := startZitadel(t, Zitadel{})
	for _, p := range []Protected{{AS: as}, {AS: as, Root: true}, {AS: as, Mute: true}} {
		mcp := startProtected(t, p)
		refused := call(t, mcp, "echo")
		if told := strings.Contains(refused.Challenge, "resource_metadata"); told == p.Mute {
			t.Errorf("%+v: the challenge is %s", p, refused.Challenge)
		}
		for address, there := range map[string]bool{"/modern": !p.Root, "": p.Root} {
			answer, err := http.Get(mcp.origin + "/.well-known/oauth-protected-resource" + address)
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
			if got := answer.StatusCode == http.StatusOK; got != there {
				t.Errorf("Root %v, %s: %s", p.Root, address, answer.Status)
			}
		}
	}
}

// TestMove: a server that goes to another authorization server takes the old one's tokens no more.
func TestMove(t *testing.T) {
	t.Parallel()
	one, other := startOIDC(t, OIDC{}), startZitadel(t, Zitadel{})
	mcp := startProtected(t, Protected{AS: one})
	got := newClient(t, one, mcp, "public").signIn()
	wantOK(t, bearing(t, mcp, got.Access))
	mcp.moveTo(t, other)
	wantRefused(t, bearing(t, mcp, got.Access), http.StatusUnauthorized, `error="invalid_token"`)
	var about struct {
		Servers []string `json:"authorization_servers"`
	}
	fetchJSON(t, mcp.Metadata, &about)
	if about.Servers[0] != other.Issuer {
		t.Errorf("the metadata names %s", about.Servers)
	}
	wantOK(t, bearing(t, mcp, newClient(t, other, mcp, "native").signIn().Access))
	mustNotHave(t, other.requests(), got.Access, got.Refresh)
}

// TestCORS: a page of another origin may do all but register, which oidc-provider lets no page do.
func TestCORS(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	mcp := startProtected(t, Protected{AS: as, CORS: true})
	for _, one := range []struct{ method, address string }{
		{http.MethodGet, as.origin + "/.well-known/oauth-authorization-server"}, {http.MethodPost, as.Meta.Token},
		{http.MethodPost, as.Meta.Revoke}, {http.MethodGet, mcp.Metadata}, {http.MethodPost, mcp.URL},
	} {
		r, err := http.NewRequest(http.MethodOptions, one.address, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Origin", "https://page.example")
		r.Header.Set("Access-Control-Request-Method", one.method)
		r.Header.Set("Access-Control-Request-Headers", "content-type")
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.Header.Get("Access-Control-Allow-Origin") == "" || answer.StatusCode >= 300 {
			t.Errorf("%s: %s %v", one.address, answer.Status, answer.Header)
		}
	}
}
