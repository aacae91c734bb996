// Package textfile reads files that may be anything: a pipe, a device, or one of gigabytes.
package textfile

import (
	"io"
	"io/fs"
	"os"
	"syscall"
)

// Read is the file's text, of which no more than most bytes are read. What is no regular file is an error: reading it
// might not end.
func Read(path string, most int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: path, Err: errKind(info)}
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, most))
}

func errKind(info fs.FileInfo) error {
	if info.IsDir() {
		return syscall.EISDIR
	}
	return syscall.EINVAL
}
