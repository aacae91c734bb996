package store

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// What the names of files end with. Before it is a stem, and in the last two a random part.
const (
	entrySuffix = ".account"
	lockSuffix  = ".lock"
	tempSuffix  = ".tmp"
	asideSuffix = ".aside"
)

// ours says that a file of this name is a store's.
func ours(name string) bool {
	for _, suffix := range []string{entrySuffix, lockSuffix, tempSuffix, asideSuffix} {
		if strings.HasSuffix(name, suffix) {
			return true
		}
	}
	return name == marker || name == trustFolder
}

// folder is where the files are.
type folder struct {
	dir   string
	disk  disk
	swept sync.Once
}

func newFolder(dir string) *folder {
	if whole, err := filepath.Abs(dir); err == nil {
		dir = whole
	}
	return &folder{dir: dir, disk: system{}}
}

func (f *folder) path(name string) string { return filepath.Join(f.dir, name) }

func (f *folder) read(name string) ([]byte, error) { return readFile(f.path(name)) }

// replace puts data in the place of a file, whole or not at all. With aside, what was there is kept under another name.
func (f *folder) replace(name string, data []byte, aside bool) error {
	if err := f.prepare(); err != nil {
		return err
	}
	with := name + "." + rand.Text()
	if err := f.fill(with+tempSuffix, data); err != nil {
		return err
	}
	if err := f.move(with, name, aside); err != nil {
		_ = f.disk.remove(f.path(with + tempSuffix))
		return err
	}
	return f.disk.syncDir(f.dir)
}

func (f *folder) move(with, name string, aside bool) error {
	if aside {
		if err := f.disk.rename(f.path(name), f.path(with+asideSuffix)); err != nil {
			return err
		}
	}
	return f.disk.rename(f.path(with+tempSuffix), f.path(name))
}

// fill writes a new file and waits for the disk to have it. It leaves no half of one behind.
func (f *folder) fill(name string, data []byte) error {
	file, err := f.disk.create(f.path(name))
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		_ = f.disk.remove(f.path(name))
	}
	return err
}

// forget removes a file, what was set aside of it, and what a process that died left of it.
func (f *folder) forget(name string) error {
	files, err := f.names()
	if err != nil || len(files) == 0 {
		return err
	}
	for _, found := range files {
		if found != name && !strings.HasPrefix(found, name+".") {
			continue
		}
		if err := f.disk.remove(f.path(found)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return f.disk.syncDir(f.dir)
}

// names are the names of all files; none where there is no folder.
func (f *folder) names() ([]string, error) {
	entries, err := os.ReadDir(f.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names, err
}
