package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
)

// File keeps values in dir, a file for each key, readable for their owner only: the folder is 0700 and is made so
// where it is not, the files are 0600 from their first byte. The values are not encrypted. Several processes can use
// the same dir. On Windows the folder's own access list stands.
func File(dir string) Store { return plainly(newFolder(dir)) }

// files keeps records in a folder.
type files struct {
	folder *folder
	sealer sealer
	name   string
	// what is kept, for messages; empty is "the sign-in".
	what string
}

// sealer makes records of values, and values of records.
type sealer interface {
	// ready fails where seal would for want of a key.
	ready(ctx context.Context) error
	seal(ctx context.Context, key, value string) (record, error)
	open(ctx context.Context, r record) (string, error)
}

func plainly(f *folder) *files {
	return &files{folder: f, sealer: plain{}, name: "the folder " + f.dir}
}

func (s *files) Get(ctx context.Context, key string) (string, bool, error) {
	r, err := s.entry(key)
	if errors.Is(err, fs.ErrNotExist) {
		return "", false, nil
	}
	var value string
	if err == nil {
		value, err = s.sealer.open(ctx, r)
	}
	if err != nil {
		return "", false, s.fail("cannot be read", key, err)
	}
	return value, true, nil
}

func (s *files) Put(ctx context.Context, key, value string) error {
	if err := check(key, value); err != nil {
		return err
	}
	r, err := s.sealer.seal(ctx, key, value)
	if err == nil {
		err = s.write(r)
	}
	if err != nil {
		return s.fail("cannot be kept", key, err)
	}
	return nil
}

// write puts a record in its place. What is there and could not be read with the same key is set aside.
func (s *files) write(r record) error {
	data, err := r.encode()
	if err != nil {
		return err
	}
	old, err := s.entry(r.key)
	aside := errors.Is(err, ErrDamaged) || old.sealed != "" && old.sealed != r.sealed
	if err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return s.folder.replace(stem(r.key)+entrySuffix, data, aside)
}

func (s *files) Delete(_ context.Context, key string) error {
	_, err := s.entry(key)
	if !errors.Is(err, ErrNewer) {
		err = s.folder.forget(stem(key) + entrySuffix)
	}
	if err != nil {
		return s.fail("cannot be forgotten", key, err)
	}
	return nil
}

func (s *files) Keys(context.Context) ([]string, error) {
	stems, err := s.stems()
	if err != nil {
		return nil, err
	}
	keys := []string{}
	for _, stemmed := range stems {
		data, err := s.folder.read(stemmed + entrySuffix)
		if err != nil {
			continue
		}
		if r, err := decode(stemmed, data); err == nil || r.key != "" {
			keys = append(keys, r.key)
		}
	}
	slices.Sort(keys)
	return keys, nil
}

func (s *files) Lock(ctx context.Context, key string) (func(), error) {
	err := s.sealer.ready(ctx)
	var unlock func()
	if err == nil {
		unlock, err = s.folder.lock(ctx, stem(key)+lockSuffix)
	}
	if err != nil {
		return nil, s.fail("cannot be locked", key, err)
	}
	return unlock, nil
}

func (s *files) Describe() string { return s.name }

func (s *files) entry(key string) (record, error) {
	data, err := s.folder.read(stem(key) + entrySuffix)
	if err != nil {
		return record{}, err
	}
	return decode(stem(key), data)
}

func (s *files) fail(what, key string, cause error) error { return s.failed(what, stem(key), cause) }

// failed names the entry's file, unless the operating system's error names one.
func (s *files) failed(what, stemmed string, cause error) error {
	noun := "the sign-in"
	if s.what != "" {
		noun = s.what
	}
	var path *fs.PathError
	var link *os.LinkError
	if errors.As(cause, &path) || errors.As(cause, &link) {
		return fail(noun+" "+what, cause)
	}
	return fail(noun+" in "+s.folder.path(stemmed+entrySuffix)+" "+what, cause)
}
