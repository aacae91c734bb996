// Package cli is the command line: commands, screens, and one JSON document for each run.
package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/exit"
	"github.com/headfast/headfast/host/cmd/headfast/internal/form"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/wasm/problem"
)

// app is one run of the program. The result goes to out, all talk to talk.
type app struct {
	in        io.Reader
	out, talk *term.Screen
	// archive is where --har - goes.
	archive *term.Screen
	flags   flags
	// doc is what --json prints; nil until a command begins.
	doc *document
	// misled is why help was asked for what there is not.
	misled error
	// printed says that what there was to print is printed: no document follows but one with an error.
	printed bool
	// opened says that a core ran; abandon kills the processes that it has started.
	opened  bool
	abandon atomic.Pointer[func()]
	// keys is where a person types; nil where nobody does.
	keys    *term.Keyboard
	answers *form.Answers
	roots   []host.Root
	// trusted keeps what the person has agreed to; store keeps sign-ins; signing shows the page of one.
	trusted *agreements
	store   *accounts
	signing *signing
	// folder is the one that the configuration is in, scope where it was found (host.InScope), readAs the client as whose it
	// was read, where that is worth telling.
	folder, scope, readAs string
	// found is where the server was found; nil where its file was named.
	found *entryAt
	// every are the servers of all files, once they are read; deadly are the files that the core did not survive.
	every  []*entryAt
	deadly map[string]bool
	// core is what is opened in the module's stead; nil but in tests.
	core func(context.Context) (host.Core, error)
	// keepsStore says that the store is what the command is about: what is wrong with it is its error, and no warning.
	keepsStore bool
	// interrupted says that Ctrl-C was pressed, which a terminal shows as ^C.
	interrupted atomic.Bool
	// certOrigin is the only place where --cert goes.
	certOrigin string
	// mu is for what callbacks add to doc.
	mu sync.Mutex
	// note is what the status line says instead of what it was begun with; empty for nothing.
	note string
	// paused is how long the person was asked, which is no time of the server's.
	paused time.Duration
	// code is the exit code of a run that has done what it was asked to.
	code int
	// quiet keeps a shell's completion from talking.
	quiet bool
}

// Main runs one command line and is its exit code.
func Main(args []string, in io.Reader, out, talk io.Writer) int {
	a := &app{in: in, out: term.NewScreen(out, os.Getenv), talk: term.NewScreen(talk, os.Getenv), keys: term.NewKeyboard(in), store: &accounts{}}
	a.signing, a.trusted = &signing{app: a}, &agreements{app: a}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	defer a.watch(cancel)()
	root := a.root(args)
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(talk)
	err := root.ExecuteContext(ctx)
	if err == nil {
		err = a.misled
	}
	return a.finish(err, args)
}

// patience is how long what is under way may take to end after the first Ctrl-C.
const patience = 3 * time.Second

// watch cancels at the first Ctrl-C, SIGTERM or SIGHUP, and exits at the second or when patience is over. A terminal
// that is closed (SIGHUP) must not leave a server's process behind.
func (a *app) watch(cancel func()) (stop func()) {
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	if !signal.Ignored(syscall.SIGHUP) { // as nohup has it
		signal.Notify(signals, syscall.SIGHUP)
	}
	go func() {
		a.interrupted.Store(<-signals == os.Interrupt)
		cancel()
		select {
		case <-signals:
		case <-time.After(patience):
		}
		a.keys.Restore()
		a.talk.Status("")
		if abandon := a.abandon.Load(); abandon != nil {
			(*abandon)()
		}
		os.Exit(exit.Interrupted)
	}()
	return func() { signal.Stop(signals) }
}

// finish prints what is left to print and is the exit code.
func (a *app) finish(err error, args []string) int {
	a.keys.Restore()
	f := a.faultOf(err)
	if f != nil {
		a.store.advise(&f.reason)
	}
	asJSON := a.flags.json || f != nil && a.doc == nil && slices.Contains(beforeDashes(args), "--json")
	switch {
	case asJSON && (a.doc != nil && !a.printed || f != nil):
		if a.doc == nil {
			a.doc = &document{}
		}
		a.doc.fail(f)
		if err := a.printDocument(); err != nil {
			return exit.Internal
		}
	case f != nil:
		if a.interrupted.Load() && a.talk.TTY() {
			_ = a.talk.Print("\n")
		}
		_ = a.talk.Print(a.errorScreen(f))
	}
	if f == nil {
		return a.code
	}
	return exit.Of(f.Code)
}

// faultOf is err with a code. What comes before any command began is the command line's fault.
func (a *app) faultOf(err error) *fault {
	var f *fault
	if err != nil && a.doc == nil && !errors.As(err, &f) {
		first, _, _ := strings.Cut(err.Error(), "\n")
		return usage(first, "headfast --help lists the commands.")
	}
	return asFault(err)
}

func beforeDashes(args []string) []string {
	if i := slices.Index(args, "--"); i >= 0 {
		return args[:i]
	}
	return args
}

func (a *app) printDocument() error {
	a.mu.Lock()
	text := string(a.doc.append(nil)) + "\n"
	a.mu.Unlock()
	if a.out.TTY() {
		text = term.JSON(text)
	}
	return a.out.Print(text)
}

// print writes a result's lines.
func (a *app) print(text string) error {
	if a.flags.json {
		return nil
	}
	if err := a.out.Print(text); err != nil {
		return newFault(problem.Internal, "The result cannot be written", err.Error()+".", "")
	}
	return nil
}

// say writes talk, which --json leaves out.
func (a *app) say(text string) {
	if !a.flags.json && !a.quiet {
		_ = a.talk.Print(text)
	}
}
