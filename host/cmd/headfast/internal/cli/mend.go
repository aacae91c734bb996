package cli

import (
	"context"

	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/host/store"
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
)

// mendHint is what to do about a file of the store that is damaged.
const mendHint = "Forget what is damaged, and nothing else: headfast logout --damaged"

// ofStore says that a code is about the store of sign-ins.
func ofStore(code string) bool { return code == problem.StoreLocked || code == problem.StoreFailed }

// advise has a problem of the store name the command that mends it, where a damaged file was met.
func (s *accounts) advise(e *msg.Error) {
	if e.Code == problem.StoreFailed && s.damaged.Load() {
		e.Hint = mendHint
	}
}

// mender is what mends the store; nil where it has no files.
func (s *accounts) mender(ctx context.Context) (store.Mender, error) {
	inner, err := s.open(ctx)
	m, _ := inner.(store.Mender)
	return m, err
}

// warnDamaged tells of the files of the store that cannot be read, of which no list of sign-ins may know.
func (a *app) warnDamaged(ctx context.Context) error {
	m, err := a.store.mender(ctx)
	if m == nil || err != nil {
		return err
	}
	bad, err := m.Damaged(ctx)
	for _, b := range bad {
		a.warn(problem.Warn(problem.StoreFailed, "A sign-in that is kept cannot be read", b.Error()+".", mendHint))
	}
	return err
}

// mend forgets what is damaged, and says which files that were.
func (a *app) mend(ctx context.Context) (gone []string, err error) {
	m, err := a.store.mender(ctx)
	if m == nil || err != nil {
		return nil, err
	}
	gone, err = m.Mend(ctx)
	for _, file := range gone {
		a.doc.Forgotten = append(a.doc.Forgotten, file)
		a.say(a.talk.Green("ok") + " forgotten: " + a.talk.Bold(file) + "  " + a.talk.Dim("it was damaged") + "\n")
	}
	return gone, err
}

// logoutDamaged is logout --damaged.
func (a *app) logoutDamaged(ctx context.Context) error {
	a.doc = &document{Forgotten: []string{}}
	gone, err := a.mend(ctx)
	if err == nil && len(gone) == 0 {
		a.say("Nothing is damaged in " + term.Line(a.store.Describe()) + ".\n")
	}
	return storeFault(err)
}

// storeFault is an error of the store's own, which no core has seen.
func storeFault(err error) error {
	if err == nil {
		return nil
	}
	return newFault(problem.StoreFailed, "The store of sign-ins cannot be read or written", err.Error()+".", "Mend the folder, or name another with "+storeVariable+".")
}
