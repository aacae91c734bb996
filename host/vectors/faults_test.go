package vectors

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

// TestFaults holds the matrix of faults: every proof that a row names is there.
func TestFaults(t *testing.T) {
	vectors := map[string]bool{}
	for _, v := range load(t) {
		vectors[v.Name] = true
	}
	f, err := os.Open("../../wasm/testdata/faults.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows := 0
	for s := bufio.NewScanner(f); s.Scan(); {
		line := s.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		rows++
		parts := strings.Split(line, " | ")
		if len(parts) != 4 {
			t.Fatalf("this row has not four parts: %s", line)
		}
		for _, proof := range strings.Fields(parts[3]) {
			if isTest := strings.HasPrefix(proof, "Test"); isTest && !testExists(proof) || !isTest && !vectors[proof] {
				t.Errorf("%s names %s, which does not exist", parts[0], proof)
			}
		}
	}
	t.Logf("%d faults", rows)
}
