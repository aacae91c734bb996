package conformance

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func statement(t *testing.T) *scenarioList {
	t.Helper()
	s, err := readStatement()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestGate alters a good checks.json of every scenario, one thing at a time, and has the gate find each.
func TestGate(t *testing.T) {
	for _, s := range statement(t).scenarios {
		t.Run(s.name, func(t *testing.T) {
			if len(s.needs) == 0 || len(s.revisions) == 0 {
				t.Fatal("nothing is asked of it")
			}
			var good []check
			for _, n := range s.needs {
				good = append(good, check{ID: n.id, Name: n.name, Status: "SUCCESS"})
			}
			good = append(good, check{ID: "note", Status: "INFO"}, check{ID: "other", Status: "SKIPPED"})
			refused(t, s, false, good)
			refused(t, s, true, nil)
			refused(t, s, true, append(slices.Clone(good), check{ID: "more", Status: "WARNING"}))
			refused(t, s, true, append(slices.Clone(good), check{ID: s.needs[0].id, Status: "FAILURE"}))
			for i := range s.needs {
				refused(t, s, true, slices.Delete(slices.Clone(good), i, i+1))
				skipped := slices.Clone(good)
				skipped[i].Status = "SKIPPED"
				refused(t, s, true, skipped)
			}
		})
	}
}

// refused writes these checks as the suite does, reads them and asks the gate.
func refused(t *testing.T, s scenario, want bool, checks []check) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), s.name+"-2026-07-28T00-00-00")
	text, err := json.Marshal(checks)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "checks.json"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	read, err := readChecks(filepath.Dir(dir))
	if err != nil {
		t.Fatal(err)
	}
	if wrong := gate(s.needs, read); (len(wrong) > 0) != want {
		t.Errorf("of %s the gate says %q", text, wrong)
	}
}

func TestNoChecksIsAnError(t *testing.T) {
	if checks, err := readChecks(t.TempDir()); err == nil {
		t.Errorf("got %v", checks)
	}
}

// TestLock says that what is installed comes from the public registry, whoever made the lock file.
func TestLock(t *testing.T) {
	text, err := os.ReadFile("npm/package-lock.json")
	if err != nil {
		t.Fatal(err)
	}
	var lock struct {
		Packages map[string]struct{ Resolved string }
	}
	if err := json.Unmarshal(text, &lock); err != nil {
		t.Fatal(err)
	}
	for name, p := range lock.Packages {
		if p.Resolved != "" && !strings.HasPrefix(p.Resolved, "https://registry.npmjs.org/") {
			t.Errorf("%s comes from %s", name, p.Resolved)
		}
	}
}
