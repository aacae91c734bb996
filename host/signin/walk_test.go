package signin_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"testing"
	"time"
)

// person is who signs in. The zero value is the user that zitadel knows; oidc-provider knows everybody.
type person struct {
	Login    string `json:"login"`
	Password string `json:"password"`
	// Denies has the person press Cancel, Abort or Deny where a page has that.
	Denies bool `json:"denies"`
	// Stays keeps the browser from following the redirect to the client, which hears nothing.
	Stays bool `json:"stays"`
}

// anybody is the person of a test that names none.
func anybody(who []person) person {
	p := person{Login: "test-user2", Password: "verysecure"}
	if len(who) > 0 {
		p.Denies, p.Stays = who[0].Denies, who[0].Stays
		if who[0].Login != "" {
			p.Login = who[0].Login
		}
		if who[0].Password != "" {
			p.Password = who[0].Password
		}
	}
	return p
}

// landing is where a person ended.
type landing struct {
	// URL is the redirect to the client, or the last page's where there is none.
	URL *url.URL
	// Redirected says that it is the redirect: the first address that is not the authorization server's.
	Redirected bool
	// Status, Header and Body are what is there. Status is 0 where nobody listens, or the person stays.
	Status int
	Header http.Header
	Body   string
	// Pages are the addresses on the way, in order.
	Pages []string
}

// code is the redirect's, with its state and issuer.
func (l landing) code() string { return l.URL.Query().Get("code") }

// maxPages bounds a way, so that a circle ends.
const maxPages = 30

// walk opens a page as a browser would, signs in, consents, and follows the redirect to the client. Each walk is a
// browser without cookies.
func walk(t *testing.T, address string, who ...person) landing {
	t.Helper()
	return someone(t, who...)(address)
}

// someone is a person whose browser keeps its cookies from one walk to the next.
func someone(t *testing.T, who ...person) func(address string) landing {
	w := newWalker(anybody(who))
	return func(address string) landing {
		t.Helper()
		l, err := w.walk(address)
		if err != nil {
			t.Fatalf("%v\nafter %q", err, l.Pages)
		}
		return l
	}
}

// walker is a browser of one person.
type walker struct {
	who    person
	client http.Client
	home   string // the authorization server's scheme and host
	denied bool
	landing
}

func newWalker(who person) *walker {
	jar, err := cookiejar.New(nil)
	if err != nil {
		panic(err) // there are no options that could be wrong
	}
	return &walker{who: who, client: http.Client{
		Jar: jar, Timeout: 30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

func (w *walker) walk(address string) (landing, error) {
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return w.landing, err
	}
	w.landing, w.denied = landing{}, false
	w.home = r.URL.Scheme + "://" + r.URL.Host
	for range maxPages {
		w.landing.URL = r.URL
		w.Pages = append(w.Pages, r.Method+" "+r.URL.Path)
		w.Redirected = r.URL.Scheme+"://"+r.URL.Host != w.home
		w.Status, w.Header, w.Body = 0, nil, ""
		if w.Redirected && w.who.Stays {
			return w.landing, nil
		}
		if err := w.fetch(r); err != nil {
			if w.Redirected {
				err = nil // nobody listens there
			}
			return w.landing, err
		}
		if r, err = w.next(); err != nil || r == nil || w.Redirected {
			return w.landing, err
		}
	}
	return w.landing, errors.New("the pages do not end")
}

func (w *walker) fetch(r *http.Request) error {
	r.Header.Set("Accept", "text/html")
	if w.Redirected && r.URL.Scheme != "http" && r.URL.Scheme != "https" {
		return errors.New("an application's own scheme")
	}
	answer, err := w.client.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	w.Status, w.Header, w.Body = answer.StatusCode, answer.Header, string(body)
	return nil
}

// next is what the person does with a page: nil where there is nothing more to do.
func (w *walker) next() (*http.Request, error) {
	switch w.Status {
	case http.StatusFound, http.StatusSeeOther, http.StatusMovedPermanently:
		to, err := w.URL.Parse(w.Header.Get("Location"))
		if err != nil {
			return nil, fmt.Errorf("a redirect to %q: %w", w.Header.Get("Location"), err)
		}
		return http.NewRequest(http.MethodGet, to.String(), nil)
	case http.StatusOK:
		return w.fill()
	default:
		return nil, nil
	}
}
