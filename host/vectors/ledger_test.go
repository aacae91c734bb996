package vectors

import (
	"bufio"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// TestLedger is the gate both ways between requirements and proofs.
func TestLedger(t *testing.T) {
	lines, tests := ledger(t)
	proven := map[string]bool{}
	for _, v := range load(t) {
		if len(v.Proves) == 0 {
			t.Errorf("%s proves nothing", v.Name)
		}
		for _, id := range v.Proves {
			proven[id] = true
			if !lines[id] {
				t.Errorf("%s proves %s, which is no requirement", v.Name, id)
			}
		}
	}
	for id := range lines {
		if name := tests[id]; name != "" {
			if !testExists(name) {
				t.Errorf("%s is proven by %s, which does not exist", id, name)
			}
			continue
		}
		if !proven[id] {
			t.Errorf("%s is proven by nothing", id)
		}
	}
	t.Logf("%d requirements", len(lines))
}

var testName = regexp.MustCompile(`test: (Test\w+)`)

func ledger(t *testing.T) (lines map[string]bool, tests map[string]string) {
	t.Helper()
	f, err := os.Open("../../wasm/testdata/requirements.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, tests = map[string]bool{}, map[string]string{}
	for s := bufio.NewScanner(f); s.Scan(); {
		line := s.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		parts := strings.SplitN(line, " | ", 3)
		if len(parts) != 3 || lines[parts[0]] {
			t.Fatalf("this line is no requirement, or its ID is taken: %s", line)
		}
		lines[parts[0]] = true
		if m := testName.FindStringSubmatch(line); m != nil {
			tests[parts[0]] = m[1]
		}
	}
	return lines, tests
}

func testExists(name string) bool {
	return exec.Command("git", "grep", "-q", "--untracked", "func "+name+"(", "--", "../../*_test.go").Run() == nil
}
