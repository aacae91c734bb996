package cli

import (
	"path/filepath"
	"strings"

	"github.com/headfast/headfast/wasm/problem"
)

// outside says why a file that was found in a project is not written: it is, or lies behind, a link to what is not the
// project's. A link in a stranger's project may lead to any file of the person's.
func outside(scope, path string) *fault {
	target := reached(path)
	if scope != "project" || inside(target, real(projectOf(filepath.Dir(path)))) {
		return nil
	}
	shown := shownPath(path)
	return located(newFault(problem.NoConfig, shown+" is left as it is", "It is a link to "+shownPath(target)+", which is outside of the project.",
		"Name that file with -c FILE, where you mean it."), shown)
}

// reached is where a path leads to, of one that is not there yet where it would be made.
func reached(path string) string {
	if target, err := filepath.EvalSymlinks(path); err == nil || path == filepath.Dir(path) {
		return target
	}
	return filepath.Join(reached(filepath.Dir(path)), filepath.Base(path))
}

// projectOf is the folder that has a client's own folder in it, such as .vscode, where that is one; as the core has it.
func projectOf(folder string) string {
	at := folder
	for range 3 {
		if strings.HasPrefix(filepath.Base(at), ".") {
			return filepath.Dir(at)
		}
		at = filepath.Dir(at)
	}
	return folder
}
