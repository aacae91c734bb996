package signin_test

import (
	"net"
	"net/http"
	"strings"
	"testing"
)

// TestChromium signs in at both servers' pages in a real browser, which comes back to a listener.
func TestChromium(t *testing.T) {
	t.Parallel()
	for name, begin := range map[string]func(*testing.T) (*authServer, string){
		"oidc-provider": func(t *testing.T) (*authServer, string) { return startOIDC(t, OIDC{}), "public" },
		"zitadel":       func(t *testing.T) (*authServer, string) { return startZitadel(t, Zitadel{}), "native" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			as, client := begin(t)
			mcp := startProtected(t, Protected{AS: as})
			c := newClient(t, as, mcp, client)
			l := listen(t, "You may close this page")
			c.redirect = l.origin + "/callback"
			a := c.begin()
			at := browser(t, a.page)
			wantOK(t, bearing(t, mcp, c.finish(a, at).Access))
			if at.Status != http.StatusOK || !strings.Contains(at.Body, "close this page") || at.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("the listener's page: %d %v %s", at.Status, at.Header, at.Body)
			}
			if n := len(l.to(http.MethodGet, "/callback")); n != 1 {
				t.Errorf("the redirect came %d times", n)
			}
			same := walk(t, c.begin().page)
			if got, want := strings.Join(same.Pages, ", "), strings.Join(at.Pages, ", "); !alike(same.Pages, at.Pages) {
				t.Errorf("by net/http the pages were %s; in Chromium %s", got, want)
			}
		})
	}
}

// alike compares two ways by how many pages they have and how each was asked for: their names differ.
func alike(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if strings.Fields(a[i])[0] != strings.Fields(b[i])[0] {
			return false
		}
	}
	return true
}

// TestChromiumElsewhere: a person who denies, one who stays, and a client that does not listen.
func TestChromiumElsewhere(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	c := newClient(t, as, startProtected(t, Protected{AS: as}), "public")
	l := listen(t, "A page")
	c.redirect = l.origin + "/callback"
	for name, visit := range map[string]func(*testing.T, string, ...person) landing{"walk": walk, "browser": browser} {
		a := c.begin()
		if at := visit(t, a.page, person{Denies: true}); at.URL.Query().Get("error") != "access_denied" || at.Status != http.StatusOK {
			t.Errorf("%s: denied: %s, status %d", name, at.URL, at.Status)
		}
		l.forget()
		a = c.begin()
		at := visit(t, a.page, person{Stays: true})
		if n := len(l.to(http.MethodGet, "/callback")); n != 0 || at.Status != 0 || c.finish(a, at).Access == "" {
			t.Errorf("%s: it did not stay: status %d, %d requests", name, at.Status, n)
		}
	}
	c.redirect = "http://" + unserved(t) + "/callback"
	for name, visit := range map[string]func(*testing.T, string, ...person) landing{"walk": walk, "browser": browser} {
		a := c.begin()
		if at := visit(t, a.page); at.Status != 0 || c.finish(a, at).Access == "" {
			t.Errorf("%s: nobody listens, and the status is %d", name, at.Status)
		}
	}
}

// listen is a page that takes the redirect.
func listen(t *testing.T, page string) *recorder {
	l := record(t)
	l.behind(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<!DOCTYPE html><p>" + page))
	}))
	return l
}

// unserved is an address where nobody listens.
func unserved(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
