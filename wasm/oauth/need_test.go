package oauth

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what comes out into the files of expectations")

// wanted writes a need in short.
func wanted(n Need) string {
	var out []string
	for _, f := range []struct{ name, value string }{{"metadata", n.Metadata}, {"scope", n.Scope}, {"error", n.Error}, {"description", n.Description}} {
		if f.value != "" {
			out = append(out, fmt.Sprintf("%s=%q", f.name, f.value))
		}
	}
	for _, f := range []struct {
		name string
		is   bool
	}{{"Bearer", n.Bearer}, {"DPoP", n.DPoP}, {"nonce", n.Nonce}} {
		if f.is {
			out = append(out, f.name)
		}
	}
	if n.Algorithms != nil {
		out = append(out, strings.Join(n.Algorithms, "+"))
	}
	return strings.Join(out, " ")
}

// TestChallengeCorpus reads every case and compares with what stands there; -update writes it anew, to be read.
func TestChallengeCorpus(t *testing.T) {
	const name = "testdata/challenges.txt"
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(strings.TrimSpace(string(text)), "\n\n")
	for i, block := range blocks {
		if block[0] != '#' {
			blocks[i] = challengeCase(t, block)
		}
	}
	got := strings.Join(blocks, "\n\n") + "\n"
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	differs(t, name, string(text), got)
	if len(blocks) < 50 {
		t.Errorf("only %d cases", len(blocks))
	}
}

// challengeCase is a case with what comes of it.
func challengeCase(t *testing.T, block string) string {
	var keep, fields []string
	for _, line := range strings.Split(block, "\n") {
		if field, ok := strings.CutPrefix(line, "< "); ok {
			fields = append(fields, literal(t, field))
		}
		if line[0] != '=' && line[0] != '?' {
			keep = append(keep, line)
		}
	}
	read := ParseChallenges(fields)
	return strings.Join(append(keep, strings.TrimSpace("= "+show(read)), strings.TrimSpace("? "+wanted(ReadNeed(read)))), "\n")
}

// differs tells the first line in which two texts differ.
func differs(t *testing.T, name, want, got string) {
	t.Helper()
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(a), len(b)) {
		var x, y string
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y {
			t.Fatalf("%s:%d: has %q, got %q", name, i+1, x, y)
		}
	}
}
