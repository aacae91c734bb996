package store

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
)

// Mender is a store whose entries a disk, a person or a killed program can damage: what File, Keychain and Default give
// is one. Its methods need no keychain.
type Mender interface {
	// Damaged says of each entry that Get cannot give since its file cannot be read (ErrDamaged, or the operating
	// system's error) what is wrong with it, in the order of the files' names. Keys may know nothing of it.
	Damaged(ctx context.Context) ([]error, error)
	// Mend forgets the entries that are ErrDamaged, and gives their files. What else cannot be read stays.
	Mend(ctx context.Context) (files []string, err error)
}

var _ Mender = (*files)(nil)

func (s *files) Damaged(context.Context) ([]error, error) {
	stems, err := s.stems()
	if err != nil {
		return nil, err
	}
	var bad []error
	for _, stemmed := range stems {
		if err := s.wrong(stemmed); err != nil {
			bad = append(bad, err)
		}
	}
	return bad, nil
}

func (s *files) Mend(ctx context.Context) (removed []string, err error) {
	stems, err := s.stems()
	if err != nil {
		return nil, err
	}
	for _, stemmed := range stems {
		if errors.Is(s.wrong(stemmed), ErrDamaged) {
			gone, err := s.discard(ctx, stemmed)
			if err != nil {
				return removed, err
			}
			if gone {
				removed = append(removed, s.folder.path(stemmed+entrySuffix))
			}
		}
	}
	return removed, nil
}

// discard removes a damaged entry under its lock; somebody may have put another in its place by then.
func (s *files) discard(ctx context.Context, stemmed string) (gone bool, err error) {
	unlock, err := s.folder.lock(ctx, stemmed+lockSuffix)
	if err != nil {
		return false, s.failed("cannot be forgotten", stemmed, err)
	}
	defer unlock()
	if !errors.Is(s.wrong(stemmed), ErrDamaged) {
		return false, nil
	}
	if err := s.folder.forget(stemmed + entrySuffix); err != nil {
		return false, s.failed("cannot be forgotten", stemmed, err)
	}
	return true, nil
}

// wrong is why an entry's file cannot be read; nil where it can, is not there any more, or is a newer version's.
func (s *files) wrong(stemmed string) error {
	data, err := s.folder.read(stemmed + entrySuffix)
	if err == nil {
		_, err = decode(stemmed, data)
	}
	if err == nil || errors.Is(err, fs.ErrNotExist) || errors.Is(err, ErrNewer) {
		return nil
	}
	return s.failed("cannot be read", stemmed, err)
}

// stems are those of all entries, in order.
func (s *files) stems() ([]string, error) {
	names, err := s.folder.names()
	if err != nil {
		return nil, fail("the sign-ins cannot be listed", err)
	}
	var stems []string
	for _, name := range names {
		if stemmed, is := strings.CutSuffix(name, entrySuffix); is {
			stems = append(stems, stemmed)
		}
	}
	slices.Sort(stems)
	return stems, nil
}
