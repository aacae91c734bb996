package host

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
)

// The bounds of a survey: a project is anybody's, and what it has would be read with all that is the person's own.
const (
	mostMatches = 50       // files of one place with "*"
	mostFound   = 300      // files in all
	mostSurvey  = 32 << 20 // bytes in all
)

// survey is what one looks at, and what it leaves out.
type survey struct {
	sizes    map[string]int64 // of the files, in bytes
	warnings []msg.Error
}

func newSurvey() *survey { return &survey{sizes: map[string]int64{}} }

// matches are the files, no folders, that a path with or without "*" names, sorted.
func (s *survey) matches(path string) []string {
	found := []string{path}
	if strings.Contains(path, "*") {
		found, _ = filepath.Glob(path) // fails only for a pattern that is none
	}
	var files []string
	for _, f := range found {
		info, err := os.Stat(f)
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		if len(files) == mostMatches {
			s.leave(fmt.Sprintf("There are more than %d files like %s", mostMatches, path), "Those from "+filepath.Base(f)+" on are left out.")
			break
		}
		s.sizes[f] = info.Size()
		files = append(files, f)
	}
	return files
}

// bound leaves of the files what the bounds allow. What is the person's and the machine's goes before what the project has.
func (s *survey) bound(found []Found) []Found {
	kept, bytes, left := map[string]bool{}, int64(0), []string{}
	for _, ofProject := range []bool{false, true} {
		for _, f := range found {
			if (f.Scope == "project") != ofProject || kept[f.Path] || slices.Contains(left, f.Path) {
				continue
			}
			if len(kept) == mostFound || bytes+s.sizes[f.Path] > mostSurvey {
				left = append(left, f.Path)
				continue
			}
			bytes += s.sizes[f.Path]
			kept[f.Path] = true
		}
	}
	if len(left) > 0 {
		s.leave(fmt.Sprintf("The clients' files are more than %d, or have more than %d MiB", mostFound, mostSurvey>>20),
			fmt.Sprintf("%d of them are left out, of which %s is the first.", len(left), left[0]))
	}
	return slices.DeleteFunc(found, func(f Found) bool { return !kept[f.Path] })
}

func (s *survey) leave(title, body string) {
	s.warnings = append(s.warnings, *problem.Warn(problem.NoConfig, title, body, "Name a file with -c FILE, or remove those that are not needed."))
}
