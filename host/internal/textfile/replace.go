package textfile

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrChanged says that a file is not what it was when it was read: it is left as it is.
var ErrChanged = errors.New("it was changed meanwhile")

// Replace puts text in the place of a file's, all at once, with the file's own mode; of a symbolic link the file that it
// leads to is changed. was is what the file had when it was read, nil for one that is not there, which is made with its
// folders.
func Replace(path string, was, text []byte) error {
	if was == nil {
		return create(path, text)
	}
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	next, err := os.CreateTemp(filepath.Dir(path), ".headfast-*")
	if err != nil {
		return err
	}
	defer os.Remove(next.Name()) // which is gone once it is renamed
	_, err = next.Write(text)
	err = errors.Join(err, next.Sync(), next.Close(), os.Chmod(next.Name(), info.Mode().Perm()))
	if err != nil {
		return err
	}
	if now, err := Read(path, int64(len(was))+1); err != nil || !bytes.Equal(now, was) {
		return errors.Join(ErrChanged, err)
	}
	return os.Rename(next.Name(), path)
}

// create makes a file that is not there yet.
func create(path string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil { // less the umask, as an editor does
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		return ErrChanged
	}
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	return errors.Join(err, file.Close())
}
