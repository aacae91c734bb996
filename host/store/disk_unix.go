//go:build !windows

package store

import (
	"errors"
	"os"
	"syscall"
)

func rename(from, to string) error { return os.Rename(from, to) }

// patiently does a thing once: nobody's open file is in the way here.
func patiently(do func() error) error { return do() }

// syncDir passes over file systems that cannot sync a folder: some network ones and FUSE.
func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	err = f.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		return nil
	}
	return err
}

// narrow takes others' rights to a folder away. It fails where the folder is someone else's, or holds what is not ours,
// which others may need, and where the file system has no such rights: FAT, and Windows's disks in WSL.
func narrow(dir string) error {
	if open, err := openToOthers(dir); !open {
		return err
	}
	foreign, err := holdsOthers(dir)
	switch {
	case err != nil:
		return err
	case foreign:
		return errShared
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		return err
	}
	open, err := openToOthers(dir)
	if open {
		return errOpen
	}
	return err
}

// holdsOthers says that there is something in a folder that is no store's.
func holdsOthers(dir string) (bool, error) {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if !ours(e.Name()) {
			return true, nil
		}
	}
	return false, err
}

func openToOthers(dir string) (bool, error) {
	info, err := os.Stat(dir)
	return err == nil && info.Mode().Perm()&0o077 != 0, err
}
