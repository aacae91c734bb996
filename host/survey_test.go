package host

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSurveyMatches: of a place with "*" the first 50 files are read, in the order of their names, and the rest is told.
func TestSurveyMatches(t *testing.T) {
	dir := t.TempDir()
	for i := range 51 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("a%02d.json", i)), []byte("{}"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := newSurvey()
	got := s.matches(filepath.Join(dir, "*.json"))
	if len(got) != 50 || filepath.Base(got[49]) != "a49.json" || len(s.warnings) != 1 || !strings.Contains(s.warnings[0].Body, "a50.json") {
		t.Errorf("%d files, %+v", len(got), s.warnings)
	}
	if err := os.Remove(filepath.Join(dir, "a50.json")); err != nil {
		t.Fatal(err)
	}
	s = newSurvey()
	if got = s.matches(filepath.Join(dir, "*.json")); len(got) != 50 || s.warnings != nil {
		t.Errorf("%d files, %+v", len(got), s.warnings)
	}
}

// TestSurveyBounds: a survey has 300 files and 32 MiB; what a project has takes nothing from the person's own, and a file
// of two clients counts once.
func TestSurveyBounds(t *testing.T) {
	for _, c := range []struct {
		files int
		size  int64
		kept  int
	}{{299, 1, 299}, {400, 1, 299}, {7, 4 << 20, 7}, {8, 4 << 20, 7}} {
		s := survey{sizes: map[string]int64{"mine": 4 << 20}}
		var found []Found
		for i := range c.files {
			path := fmt.Sprint(i)
			s.sizes[path] = c.size
			found = append(found, Found{Dialect: "a", Scope: "project", Path: path}, Found{Dialect: "b", Scope: "project", Path: path})
		}
		found = s.bound(append(found, Found{Dialect: "a", Scope: "user", Path: "mine"}))
		if len(found) != 2*c.kept+1 || found[len(found)-1].Path != "mine" || (len(s.warnings) == 1) != (c.kept < c.files) {
			t.Errorf("%+v: %d are kept, %+v", c, len(found), s.warnings)
		}
	}
}
