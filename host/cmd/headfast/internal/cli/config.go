package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/headfast/headfast/host/internal/textfile"
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
)

// mostText is more than is read of a configuration, in bytes: the rest need not be in memory for that to be said.
const mostText = 8 << 20

// fileName is the configuration that is looked for.
const fileName = ".mcp.json"

const example = `Make one, or name a file with -c FILE:
{
  "mcpServers": {
    "acme": { "type": "http", "url": "https://api.acme.dev/mcp",
              "headers": { "Authorization": "Bearer ${ACME_KEY}" } }
  }
}`

// readConfig finds the configuration and reads it. shown is how messages call it.
func (a *app) readConfig() (shown string, text []byte, err error) {
	path := a.flags.config
	found := path == ""
	shown = path // as the person wrote it
	if found {
		if path, err = findConfig(); err != nil {
			return "", nil, err
		}
		shown = shownPath(path)
	}
	if whole, err := filepath.Abs(path); err == nil {
		a.folder = filepath.Dir(whole)
	}
	if found {
		a.folder = real(a.folder)
		a.scope = a.scopeOf("project", a.folder)
	}
	text, err = textfile.Read(path, mostText)
	if err != nil {
		return shown, nil, located(newFault(problem.NoConfig, shown+" cannot be read", reasonOf(err)+".", "Name a file with -c FILE."), shown)
	}
	return shown, text, nil
}

// scopeOf is whose a file is that was found in a folder: the person's own in the home folder itself, else a project's,
// which may be anybody's.
func scopeOf(folder string) string {
	if home, err := os.UserHomeDir(); err == nil && real(home) == folder {
		return "user"
	}
	return "project"
}

// reasonOf is why a file cannot be read, without its path, which the message has.
func reasonOf(err error) string {
	if p := new(fs.PathError); errors.As(err, &p) {
		err = p.Err
	}
	return err.Error()
}

func located(f *fault, shown string) *fault {
	f.Where = msg.Position{File: shown}
	return f
}

// findConfig is the file in the working folder or in the nearest folder above that has one.
func findConfig() (string, error) {
	folder, err := os.Getwd()
	if err != nil {
		return "", newFault(problem.NoConfig, "The working folder is not known", err.Error()+".", "Name a file with -c FILE.")
	}
	for {
		path := filepath.Join(folder, fileName)
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return "", newFault(problem.NoConfig, "There is no configuration", "There is no "+fileName+" here or in a parent folder.", example)
		}
		folder = parent
	}
}

// shownPath is short and tells no more than it must: relative below the working folder, ~/ below the home
// folder, relative for a folder above, else as it is.
func shownPath(path string) string {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	here, _ := os.Getwd()
	if rel, ok := below(here, absolute); ok {
		return rel
	}
	home, _ := os.UserHomeDir()
	if rel, ok := below(home, absolute); ok {
		return "~" + string(filepath.Separator) + rel
	}
	if _, above := below(filepath.Dir(absolute), here); above {
		if rel, err := filepath.Rel(here, absolute); err == nil {
			return rel
		}
	}
	return path
}

func below(folder, path string) (string, bool) {
	if folder == "" {
		return "", false
	}
	if rel, err := filepath.Rel(folder, path); err == nil && filepath.IsLocal(rel) {
		return rel, true
	}
	rel, err := filepath.Rel(real(folder), real(path))
	return rel, err == nil && filepath.IsLocal(rel)
}

// real is a path without symbolic links, where it exists.
func real(path string) string {
	if r, err := filepath.EvalSymlinks(path); err == nil {
		return r
	}
	return path
}
