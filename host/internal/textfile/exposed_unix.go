//go:build !windows

package textfile

import (
	"os"
	"path/filepath"
)

// Exposed says that anybody on this machine can read the file: by its own mode and those of the folders that it is in.
func Exposed(path string) bool {
	path, err := filepath.Abs(path)
	if err != nil {
		return false
	}
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return false
	}
	return exposedBelow(path, "/")
}

// exposedBelow looks at the folders from the file's own up to top.
func exposedBelow(path, top string) bool {
	if !allows(path, 0o004) {
		return false
	}
	for path != top {
		if path = filepath.Dir(path); !allows(path, 0o001) {
			return false
		}
	}
	return true
}

func allows(path string, bit os.FileMode) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().Perm()&bit != 0
}
