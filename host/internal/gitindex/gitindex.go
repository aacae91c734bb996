// Package gitindex says which files git tracks, by reading its index. It runs nothing: a repository may be anybody's, and
// its configuration names programs.
package gitindex

import (
	"bytes"
	"crypto/sha1"
	"os"
	"path/filepath"
	"strings"

	"github.com/headfast/headfast/host/internal/textfile"
)

// mostIndex bounds an index, in bytes: that of a repository of half a million files has some 50 MB.
const mostIndex = 64 << 20

// Tracks says whether git has the file in its index. It is false too where that is not known: without a repository, and
// where its index cannot be read.
func Tracks(path string) bool {
	path, err := filepath.Abs(path)
	if err != nil {
		return false
	}
	// The folder may be reached by a link; a file that is one is tracked as the link that it is.
	folder, err := filepath.EvalSymlinks(filepath.Dir(path))
	if err != nil {
		return false
	}
	path = filepath.Join(folder, filepath.Base(path))
	for {
		if dir, ok := gitDir(folder); ok {
			name, err := filepath.Rel(folder, path)
			return err == nil && has(dir, filepath.ToSlash(name))
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return false
		}
		folder = parent
	}
}

// gitDir is where a working folder's index is: .git, or where a file of that name says, as worktrees and submodules have it
// (gitrepository-layout).
func gitDir(folder string) (string, bool) {
	dir := filepath.Join(folder, ".git")
	info, err := os.Stat(dir)
	if err != nil {
		return "", false
	}
	if info.IsDir() {
		return dir, true
	}
	text, err := textfile.Read(dir, 4096)
	to, is := strings.CutPrefix(strings.TrimSpace(string(text)), "gitdir: ")
	if err != nil || !is {
		return "", false
	}
	if !filepath.IsAbs(to) {
		to = filepath.Join(folder, to)
	}
	return to, true
}

// has says whether the index has a file of that name, which is relative and has slashes.
func has(dir, name string) bool {
	text, err := textfile.Read(filepath.Join(dir, "index"), mostIndex)
	return err == nil && bytes.Contains(text, []byte(filepath.Base(name))) && sound(text) && lists(text[:len(text)-sha1.Size], []byte(name))
}
