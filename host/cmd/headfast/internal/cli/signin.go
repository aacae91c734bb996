package cli

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/wasm/problem"
)

// signing shows a person the page of a sign-in, and takes the address that it ended at where a browser cannot bring it
// here by itself.
type signing struct {
	app *app
	// for whom, and whether a sign-in is what the person typed.
	target *target
	wanted bool
	// limit is --timeout; nil where none was typed.
	limit *limit

	mu    sync.Mutex
	stops []context.CancelFunc
	over  bool
	under sync.WaitGroup
}

// canSignIn says that there is a person who can.
func (a *app) canSignIn() bool {
	return a.signing.wanted || a.flags.signIn || a.interactive()
}

// serve says for which server pages are shown.
func (s *signing) serve(t *target) {
	s.mu.Lock()
	s.target = t
	s.mu.Unlock()
}

// end waits until nothing is asked any more: what was printed meanwhile is on the screen then.
func (s *signing) end() {
	s.mu.Lock()
	s.over = true
	for _, stop := range s.stops {
		stop()
	}
	s.mu.Unlock()
	s.under.Wait()
}

// open is host.SignIn's: it shows the page, and returns at once.
func (s *signing) open(ctx context.Context, p host.Page) error {
	if err := (host.Elicitation{URL: p.URL}).CheckURL(); err != nil {
		return errors.New(strings.TrimPrefix(err.Error(), "headfast: "))
	}
	u, err := url.Parse(p.URL)
	if err != nil {
		return err // CheckURL has parsed it
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over {
		return nil
	}
	ctx, stop := context.WithCancel(ctx)
	s.stops = append(s.stops, stop)
	s.show(p, u)
	s.limit.pause()
	context.AfterFunc(ctx, s.limit.resume)
	v := &visit{app: s.app, page: p, at: u}
	if s.target != nil {
		v.turn = s.target.asker.turn
	}
	s.under.Go(func() { v.wait(ctx) })
	return nil
}

// show prints where to go. All of the URL is always there: the browser that a person wants may be on another machine.
func (s *signing) show(p host.Page, u *url.URL) {
	a := s.app
	t := a.talk
	at := ""
	if s.target != nil {
		at = s.target.explain.Auth.Origin
	}
	lines := []string{t.Yellow("?") + " " + t.Bold(p.Server) + " asks you to sign in at " + t.Bold(u.Host) + "  " + t.Dim(at)}
	if p.Code != "" {
		lines = append(lines, "", "  Go to  "+t.Bold(p.URL), "  Code   "+t.Bold(p.Code), "")
	} else {
		lines = append(lines, "", "  "+term.Line(p.URL), "")
	}
	if punycode(u.Hostname()) {
		lines = append(lines, "  "+t.Yellow("! "+punycodeWarning))
	}
	lines = append(lines, "Waiting for you to sign in at "+t.Bold(u.Host)+" … Ctrl-C to give up")
	_ = t.Print(strings.Join(lines, "\n") + "\n")
}

// visit is one page that a person is to go to.
type visit struct {
	app  *app
	page host.Page
	at   *url.URL
	// turn is held by the one who asks the person.
	turn chan struct{}
}

func (v *visit) wait(ctx context.Context) {
	a := v.app
	browse := v.page.Code == "" && !a.flags.noBrowser && canBrowse(os.Getenv)
	if browse {
		if err := openBrowser(v.page.URL); err != nil && ctx.Err() == nil {
			_ = a.talk.Print("  " + a.talk.Yellow("! No browser could be started: "+err.Error()+". Open the page yourself.") + "\n")
			browse = false
		}
	}
	switch {
	case ctx.Err() != nil || browse || v.page.Redirected == nil:
	case a.interactive():
		v.paste(ctx)
	default:
		_ = a.talk.Print("  " + pasteNowhere + "\n")
	}
}

// pasteNowhere is said where the browser must come by itself.
const pasteNowhere = "No address can be pasted here, for this is no terminal: open the page in a browser on this machine. For a browser\n  on another one there is headfast login NAME --device, where the authorization server can do that."

const (
	pasteHelp = "The browser may be on any machine. Where it ends at a page that does not load, copy that page's address from the\nbrowser's address line and paste it here."
	pasteHere = "Address: "
)

// paste reads the address that the sign-in ended at, until one is right. The listener goes on listening meanwhile.
func (v *visit) paste(ctx context.Context) {
	a := v.app
	if v.turn != nil {
		select {
		case v.turn <- struct{}{}:
			defer func() { <-v.turn }()
		case <-ctx.Done():
			return
		}
	}
	a.talk.Begin()
	defer a.talk.End()
	a.talk.Say(pasteHelp + "\n")
	for {
		a.talk.Say(pasteHere)
		line, err := a.keys.Line(ctx, false)
		switch {
		case errors.Is(err, io.EOF):
			a.talk.Say("\nNothing more is read; the browser may still come by itself.\n")
			return
		case err != nil:
			a.talk.Say("\n")
			return
		}
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		wrong := v.wrong(line)
		if wrong == "" {
			switch v.page.Redirected(line) {
			case http.StatusOK:
				return
			case http.StatusBadRequest:
				wrong = "That is the answer to another sign-in, perhaps an earlier one. Sign in on the page above, and copy what it ends at."
			default:
				a.talk.Say("  " + a.talk.Dim("This sign-in is over.") + "\n")
				return
			}
		}
		a.talk.Say("  " + a.talk.Yellow("! "+wrong) + "\n")
	}
}

// wrong says what is wrong with an address that was pasted; empty where only the core can tell. The page's own address
// has the right state, and would end the sign-in.
func (v *visit) wrong(line string) string {
	u, err := url.Parse(line)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "That is no address of a page. It begins with " + v.end() + "?"
	}
	q := u.Query()
	switch {
	case u.Host == v.at.Host && !q.Has("code") && !q.Has("error"):
		return "That is a page of the sign-in itself. Sign in there, then copy the address that it ends at: " + v.end() + "?…"
	case !q.Has("state") || !q.Has("code") && !q.Has("error"):
		return "That is not all of it: it must have code=… and state=… in it. Copy the whole address."
	}
	return ""
}

// end is where this sign-in ends, as far as it is known.
func (v *visit) end() string { return v.at.Query().Get("redirect_uri") }

// howToSignIn has the hint be a command that does what it says: with the file and the profile of this run.
func (t *target) howToSignIn(err error) error {
	f := asFault(err)
	if f != nil && f.Code == problem.AuthRequired && t.flags.signIn && !signsIn(t.explain.Auth) {
		f.Hint += ` --sign-in opens a page only for an entry that asks for it: "auth": "oauth".`
	}
	if f == nil || !strings.Contains(f.Hint, "headfast login "+t.explain.Server) {
		return err
	}
	f.Hint = strings.Replace(f.Hint, "headfast login "+t.explain.Server, t.loginLine(), 1)
	if f.Code == problem.AuthRequired && t.flags.noInput && t.keys != nil {
		f.Hint += " Or leave --no-input out."
	}
	return f
}

// loginLine is the command that signs in to this server.
func (t *target) loginLine() string {
	words, form := []string{"login", t.explain.Server}, "login NAME"
	if p := t.flags.profile; p != "" {
		words, form = append(words, "--profile", p), form+" --profile PROFILE"
	}
	return t.commandLine(words, form)
}
