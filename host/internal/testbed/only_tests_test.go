package testbed

import (
	"os/exec"
	"strings"
	"testing"
)

// TestOnlyTestsImport: nothing that is shipped has the test bed in it.
func TestOnlyTestsImport(t *testing.T) {
	const self = "github.com/headfast/headfast/host/internal/testbed"
	list := exec.Command("go", "list", "-f", `{{.ImportPath}}: {{join .Imports " "}}`, "./...")
	list.Dir = "../../.."
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := false
	for line := range strings.Lines(string(out)) {
		name, imports, _ := strings.Cut(strings.TrimSpace(line), ":")
		seen = seen || name == self
		for path := range strings.FieldsSeq(imports) {
			if path == self {
				t.Errorf("%s imports the test bed outside its tests", name)
			}
		}
	}
	if !seen {
		t.Errorf("the list is not the repository's:\n%s", out)
	}
}
