package resolve

import (
	"strings"
	"testing"

	"github.com/headfast/headfast/wasm/config"
)

// TestCommandHidesKeys: a command of several words is shown as its arguments would be, without their keys.
func TestCommandHidesKeys(t *testing.T) {
	d := &config.Dialect{Tops: []string{"s"}, Fields: config.Fields("command args")}
	for command, want := range map[string]string{
		"npx --api-key fake-secret-1 foo":                             "npx --api-key [redacted] foo",
		"npx --api-key=fake-secret-1 foo":                             "npx --api-key=[redacted] foo",
		"API_KEY=fake-secret-1 npx foo":                               "API_KEY=[redacted] npx foo",
		"npx --header 'Authorization: Bearer fake-secret-1' -y":       "npx --header Authorization: [redacted] -y",
		"npx --header Authorization: Bearer fake-secret-1 -y":         "npx --header Authorization: [redacted] -y",
		"npx https://fake-secret-1@acme.example/mcp?key=fake-secret2": "npx https://[redacted]@acme.example/mcp?key=[redacted]",
		"npx":     "npx",
		"/a b/c ": "/a b/c",
	} {
		file, e := config.Read(d, "f", []byte(`{"s":{"acme":{"command":"`+command+`"}}}`))
		if e != nil {
			t.Fatal(e.Title)
		}
		if got := showCommand(file.Entries[0]); got != want || strings.Contains(got, "secret") {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
