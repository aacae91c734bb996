package store

import (
	"io"
	"io/fs"
	"os"
)

// disk is what writing asks of the operating system. Tests put one in its place that fails, or dies, at a step.
type disk interface {
	// create makes a file that was not there, for its owner only.
	create(path string) (handle, error)
	// rename puts a file in the place of another, durably where syncDir does nothing.
	rename(from, to string) error
	remove(path string) error
	// syncDir makes durable what was created, renamed and removed in dir.
	syncDir(dir string) error
}

type handle interface {
	io.WriteCloser
	Sync() error
}

type system struct{}

func (system) create(path string) (handle, error) {
	f, err := openPrivate(path, os.O_WRONLY|os.O_EXCL)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (system) rename(from, to string) error { return rename(from, to) }
func (system) remove(path string) error     { return patiently(func() error { return os.Remove(path) }) }
func (system) syncDir(dir string) error     { return syncDir(dir) }

// openPrivate creates a file, or opens the one that is there, for its owner only: from the first moment, since a umask
// takes rights away and gives none.
func openPrivate(path string, flag int) (*os.File, error) {
	f, err := os.OpenFile(path, flag|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := giveBack(path, 0o600); err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// giveBack gives the owner the rights that a umask took, and nobody any other.
func giveBack(path string, rights fs.FileMode) error {
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm()&rights == rights {
		return err
	}
	return os.Chmod(path, rights)
}

// readFile reads at most maxFile bytes and one.
func readFile(path string) ([]byte, error) {
	var data []byte
	err := patiently(func() error {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		data, err = io.ReadAll(io.LimitReader(f, maxFile+1))
		return err
	})
	return data, err
}
