package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// stale is the age at which a file that is being written has been given up: its process died.
const stale = time.Hour

// prepare makes the folder, for its owner only, and clears away once what processes that died left in it.
func (f *folder) prepare() error {
	if err := f.make(f.dir); err != nil {
		return err
	}
	if err := narrow(f.dir); err != nil {
		return err
	}
	f.swept.Do(f.sweep)
	return nil
}

// make makes a folder and those above it, durably.
func (f *folder) make(dir string) error {
	err := os.Mkdir(dir, 0o700)
	if above := filepath.Dir(dir); errors.Is(err, fs.ErrNotExist) && above != dir {
		if err := f.make(above); err != nil {
			return err
		}
		err = os.Mkdir(dir, 0o700)
	}
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := giveBack(dir, 0o700); err != nil {
		return err
	}
	return f.disk.syncDir(filepath.Dir(dir))
}

func (f *folder) sweep() {
	names, _ := f.names()
	for _, name := range names {
		if !strings.HasSuffix(name, tempSuffix) {
			continue
		}
		if info, err := os.Stat(f.path(name)); err == nil && time.Since(info.ModTime()) > stale {
			_ = f.disk.remove(f.path(name))
		}
	}
}
