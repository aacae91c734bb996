package dialect

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/headfast/headfast/wasm/config"
)

// helpFile is what "headfast help clients" says.
const helpFile = "../../host/cmd/headfast/internal/cli/clients.txt"

// TestHelp: the command line's table of clients is that of the dialects; -update writes it anew.
func TestHelp(t *testing.T) {
	if *update {
		if err := os.WriteFile(helpFile, []byte(help()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if text, err := os.ReadFile(helpFile); err != nil || string(text) != help() {
		t.Errorf("%s is not what the dialects say (%v): go test ./wasm/dialect -run TestHelp -update", helpFile, err)
	}
}

const helpIntro = `The clients whose files are read, by the ID that --from, --compare, and --as with -c FILE take. For each: its files, in the
order in which it uses them (relative ones are a project's), their format and the key that the servers stand under, how a
header with a key is written, and from which public sources all of that is known.
`

func help() string {
	var b strings.Builder
	b.WriteString(helpIntro)
	for _, d := range All {
		b.WriteString("\n" + d.ID + "  " + d.Name + "\n")
		for _, p := range d.Places {
			b.WriteString("    " + p.Path + "  (" + strings.TrimPrefix(p.Scope+", "+p.OS, ", ") + ")\n")
		}
		b.WriteString("  " + formatNames[d.Format] + ", " + strings.Join(d.Tops, " or ") + "\n  " + keyIn(d) + "\n")
		for _, source := range sourcesOf(d.ID) {
			b.WriteString("    from " + source + "\n")
		}
	}
	return strings.ReplaceAll(b.String(), ", )", ")")
}

// keyIn is how a header with a key is written.
func keyIn(d *config.Dialect) string {
	if d.Fill != nil {
		return `"headers": [{ "name": "Authorization", "value": "Bearer {my_key}" }]`
	}
	for _, f := range d.Fields {
		if f == config.URLField {
			return d.Example()
		}
	}
	return "only processes, and no header"
}

var formatNames = map[config.Format]string{
	config.JSON: "strict JSON", config.JSONPerhaps: "JSON (whether comments are read is not known)", config.JSONComments: "JSON with comments",
	config.JSONC: "JSON with comments and trailing commas", config.TOML: "TOML", config.YAML: "YAML",
}

// sourcesOf are the sources of a client's rules, each once.
func sourcesOf(id string) (sources []string) {
	for _, f := range Facts[id] {
		for source := range strings.SplitSeq(f.Source, "; ") {
			if !slices.Contains(sources, source) {
				sources = append(sources, source)
			}
		}
	}
	return sources
}
