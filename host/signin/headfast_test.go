package signin_test

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/native"
	"github.com/headfast/headfast/host/store"
)

// entry says how Headfast is configured for an MCP server, and with whom.
type entry struct {
	// OAuth is the entry's oauth block, Fields are its further fields; they win over those that follow from the rest.
	OAuth, Fields map[string]any
	// Store keeps the sign-ins, in memory where it is nil.
	Store store.Store
	// Nobody can sign in; else it is Person, whose browser Open may be in walk's stead.
	Nobody bool
	Person person
	Open   func(ctx context.Context, p host.Page) error
	// Redirect receives the redirect in host.Loopback's stead.
	Redirect host.Redirect
	// Module runs the module, not the core in this program; Core is another in its stead.
	Module bool
	Core   func(context.Context) (host.Core, error)
	// Document is host.Options.ClientDocument.
	Document string
	// Env has the variables.
	Env map[string]string
}

// patience bounds all that one client of a test does.
const patience = 40 * time.Second

// fast is a Headfast with one server, "s".
type fast struct {
	t      *testing.T
	client *host.Client
	config *host.Config
	// ctx ends what a test waits for when a person does not come back.
	ctx context.Context

	mu     sync.Mutex
	pages  []host.Page
	lands  []landing
	traces []host.Trace
	states []host.State
	errs   []error
}

// headfast opens a client for an MCP server.
func headfast(t *testing.T, url string, e entry) *fast {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	f := &fast{t: t, ctx: ctx}
	options := host.Options{
		Accounts: e.Store, ClientDocument: e.Document, Core: native.Core, Proxy: "none",
		Env:   func(name string) (string, bool) { v, ok := e.Env[name]; return v, ok },
		Trace: func(tr host.Trace) { f.mu.Lock(); f.traces = append(f.traces, tr); f.mu.Unlock() },
	}
	if e.Module || e.Core != nil {
		options.Core = e.Core
	}
	if !e.Nobody {
		options.SignIn = &host.SignIn{Open: f.opener(e), Redirect: e.Redirect}
	}
	var err error
	if f.client, err = host.Open(t.Context(), options); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.client.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	if f.config, err = f.client.Load("mcp.json", entryText(url, e)); err != nil {
		t.Fatal(err)
	}
	return f
}

// entryText is the configuration of one server.
func entryText(url string, e entry) []byte {
	fields := map[string]any{"type": "http", "url": url, "auth": "oauth"}
	if e.OAuth != nil {
		fields["oauth"] = e.OAuth
	}
	maps.Copy(fields, e.Fields)
	text, err := json.Marshal(map[string]any{"mcpServers": map[string]any{"s": fields}})
	if err != nil {
		panic(err) // a test's own map
	}
	return text
}

// opener notes the page, and has a person go there.
func (f *fast) opener(e entry) func(context.Context, host.Page) error {
	return func(ctx context.Context, p host.Page) error {
		f.mu.Lock()
		f.pages = append(f.pages, p)
		f.mu.Unlock()
		if e.Open != nil {
			return e.Open(ctx, p)
		}
		go func() {
			at, err := newWalker(anybody([]person{e.Person})).walk(p.URL)
			f.mu.Lock()
			defer f.mu.Unlock()
			f.lands = append(f.lands, at)
			if (err != nil || !at.Redirected && p.Code == "") && ctx.Err() == nil {
				f.t.Errorf("the person's way: %v, status %d after %q\n%s", err, at.Status, at.Pages, at.Body)
			}
		}()
		return nil
	}
}

// opened are the pages so far.
func (f *fast) opened() []host.Page {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]host.Page(nil), f.pages...)
}

// noted is an error that a test expects, for told.
func (f *fast) noted(err error) error {
	if err != nil {
		f.mu.Lock()
		f.errs = append(f.errs, err)
		f.mu.Unlock()
	}
	return err
}

// connect opens a session that is closed with the test.
func (f *fast) connect(o ...host.ConnectOption) (*host.Session, error) {
	f.t.Helper()
	s, err := f.config.Connect(f.ctx, "s", append(o, host.OnState(func(s host.State) {
		f.mu.Lock()
		f.states = append(f.states, s)
		f.mu.Unlock()
	}))...)
	if err == nil {
		f.t.Cleanup(func() { _ = s.Close(context.Background()) })
	}
	return s, f.noted(err)
}

// session is connect where nothing goes wrong.
func (f *fast) session(o ...host.ConnectOption) *host.Session {
	f.t.Helper()
	s, err := f.connect(o...)
	if err != nil {
		f.t.Fatalf("%v\n%s", err, f.told())
	}
	return s
}

// login signs in.
func (f *fast) login() {
	f.t.Helper()
	if err := f.config.Login(f.ctx, "s", ""); err != nil {
		f.t.Fatalf("%v\n%s", f.noted(err), f.told())
	}
}

// echoes lists the tools and calls echo.
func (f *fast) echoes(s *host.Session) {
	f.t.Helper()
	tools, err := s.Tools(f.ctx)
	if err != nil || len(tools) == 0 {
		f.t.Errorf("tools/list: %d tools, %v", len(tools), f.noted(err))
	}
	if err := f.echo(s); err != nil {
		f.t.Errorf("%v\n%s", err, f.told())
	}
}

// echo calls echo.
func (f *fast) echo(s *host.Session) error {
	r, err := s.Call(f.ctx, "echo", map[string]string{"text": "hello"})
	if err == nil && !strings.Contains(string(r.Raw), "hello") {
		err = errors.New("the tool said " + string(r.Raw))
	}
	return f.noted(err)
}

// account is the one sign-in that is kept.
func (f *fast) account() host.Account {
	f.t.Helper()
	all, err := f.client.Accounts(f.ctx)
	if err != nil || len(all) != 1 {
		f.t.Fatalf("the accounts: %+v, %v", all, err)
	}
	return all[0]
}

// told is all that Headfast has said to its user: traces, states, errors, accounts.
func (f *fast) told() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var all strings.Builder
	for _, tr := range f.traces {
		line, _ := json.Marshal(tr)
		all.Write(append(line, '\n'))
	}
	for _, s := range f.states {
		line, _ := json.Marshal(s)
		all.Write(append(line, '\n'))
	}
	for _, err := range f.errs {
		line, _ := json.Marshal(err)
		all.WriteString(err.Error() + "\n" + string(line) + "\n")
	}
	return all.String()
}

// wantCode is an error of Headfast's with this code.
func wantCode(t *testing.T, err error, code string) *host.Error {
	t.Helper()
	var e *host.Error
	if !errors.As(err, &e) || e.Code != code {
		t.Fatalf("the error is %v, want %s", err, code)
	}
	return e
}
