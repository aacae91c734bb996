package vectors

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

// TestMusts holds the ledger of the specification's own words: each MUST that binds a client names the requirement
// with the same promise, or who else keeps it, or why it cannot come up; and the same promise has one status.
func TestMusts(t *testing.T) {
	requirements, _ := ledger(t)
	f, err := os.Open("../../wasm/testdata/musts.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	seen, count := map[string]bool{}, map[string]int{}
	for s := bufio.NewScanner(f); s.Scan(); {
		line := s.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		parts := strings.SplitN(line, " | ", 4)
		if len(parts) != 4 || seen[parts[0]] {
			t.Fatalf("this line has not four parts, or its ID is taken: %s", line)
		}
		seen[parts[0]] = true
		count[checkStatus(t, requirements, parts[0], parts[3])]++
	}
	if len(seen) < 400 {
		t.Errorf("only %d lines: the five revisions have more", len(seen))
	}
	t.Logf("%d MUSTs: %v", len(seen), count)
}

// checkStatus says of what kind a status is.
func checkStatus(t *testing.T, requirements map[string]bool, id, status string) string {
	t.Helper()
	if ids, ok := strings.CutPrefix(status, "= "); ok {
		for _, one := range strings.Split(ids, ", ") {
			if !requirements[one] {
				t.Errorf("%s names %s, which is no requirement", id, one)
			}
		}
		return "required"
	}
	kind, why, _ := strings.Cut(status, ": ")
	switch {
	case (kind == "host" || kind == "n/a") && why != "":
		return kind
	}
	t.Errorf("%s has the status %q, which is none", id, status)
	return "none"
}
