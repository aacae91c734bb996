package dialect

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/headfast/headfast/wasm/config"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/tidwall/jsonc"
	"golang.org/x/tools/txtar"
)

// goldens have the schemas as they are, so that a change is seen.
const goldens = "../../host/schemas"

// compiled is a client's schema, checked against the meta-schema of draft-07 on the way.
func compiled(t *testing.T, d *config.Dialect) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema(d)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	meta, err := c.Compile("http://json-schema.org/draft-07/schema")
	if err != nil {
		t.Fatal(err)
	}
	if err := meta.Validate(doc); err != nil {
		t.Errorf("%s: %v", d.ID, err)
	}
	if err := c.AddResource("headfast:"+d.ID, doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("headfast:" + d.ID)
	if err != nil {
		t.Fatalf("%s: %v", d.ID, err)
	}
	return s
}

// TestSchemas: a file that the client reads is valid; one with an entry that it refuses is not, but for what no schema
// says (beyond). Each schema is what its golden has.
func TestSchemas(t *testing.T) {
	met := map[string]bool{}
	for _, d := range All {
		golden := filepath.Join(goldens, d.ID+".schema.json")
		schema := Schema(d)
		if schema == nil {
			if _, err := os.Stat(golden); err == nil {
				t.Errorf("%s has a golden and no schema", d.ID)
			}
			continue
		}
		if *update {
			if err := os.WriteFile(golden, schema, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		if want, err := os.ReadFile(golden); err != nil || !bytes.Equal(want, schema) {
			t.Errorf("%s is not what its golden has (%v): see it with -update", d.ID, err)
		}
		s := compiled(t, d)
		files, _ := filepath.Glob(filepath.Join(folder, d.ID, "*.txtar"))
		for _, path := range files {
			name := d.ID + "/" + strings.TrimSuffix(filepath.Base(path), ".txtar")
			validated(t, d, s, path, name, met)
		}
	}
	for name := range beyond {
		if !met[name] {
			t.Errorf("%s is said to be beyond a schema, and is not there, or the schema says it", name)
		}
	}
}

func validated(t *testing.T, d *config.Dialect, s *jsonschema.Schema, path, name string, met map[string]bool) {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := archive.Files[0].Data
	for _, f := range archive.Files {
		if f.Name != "env" && f.Name != "meaning" {
			text = f.Data
		}
	}
	file, e := config.Read(d, path, text)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(jsonc.ToJSON(text)))
	if e != nil || err != nil {
		return // it is no JSON, or has no servers where the client looks
	}
	refused := ""
	for _, entry := range file.Entries {
		switch why := entry.Refused(); {
		case entry.Broken() == nil || why == "": // what Headfast alone refuses, the client reads
		case entry.Disabled || entry.Elsewhere != "":
			return // nobody uses it
		case refused == "":
			refused = why
		}
	}
	invalid := s.Validate(doc)
	switch {
	case refused == "" && invalid != nil:
		t.Errorf("%s is read, and not valid: %v", name, invalid)
	case refused != "" && invalid == nil && beyond[name] == "":
		t.Errorf("%s is refused, and valid: %s", name, refused)
	case refused != "" && invalid == nil:
		met[name] = true
	}
}

// beyond are the vectors with an entry that is refused for what no schema says, each with why.
var beyond = map[string]string{
	"vs-code/inputs":        "a name that stands elsewhere in the file",
	"roo-code/url-variable": "a URL as a whole",
	"copilot-cli/name":      "the characters of a server's name",
	"kiro/http":             "which host is this machine",
	"registry/commands":     "which packages have a command",
}
