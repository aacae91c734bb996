package cli

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/headfast/headfast/host"
)

// TestLookAlone: where the core fails that looks at all files, each is looked at by itself.
func TestLookAlone(t *testing.T) {
	a := &app{store: &accounts{}}
	a.signing = &signing{app: a}
	c := &checkup{app: a}
	a.store.forgo()
	dir := t.TempDir()
	var files []*patient
	for _, name := range []string{"a.json", "b.json"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(`{ "mcpServers": { "x": { "url": "https://h.example" } } }`), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, newPatient(shared{Found: host.Found{Path: path, Dialect: "claude-code"}}))
	}
	client, err := host.Open(t.Context(), a.options())
	if err != nil {
		t.Fatal(err)
	}
	if err := client.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := c.look(t.Context(), client, files); err != nil {
		t.Fatal(err)
	}
	for _, p := range files {
		if len(p.findings) != 1 || p.findings[0].Check != "missing-type" {
			t.Errorf("%+v", p.findings)
		}
	}
}
