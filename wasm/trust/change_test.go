package trust_test

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/dialect"
	"github.com/headfast/headfast/wasm/trust"
	"github.com/pelletier/go-toml/v2"
	"github.com/tidwall/jsonc"
	"golang.org/x/tools/txtar"
)

// TestAnyChangeAsksAgain changes every byte of every client's files in turn. Where what was agreed to still stands, the
// entry says the same: other parsers than ours read the same of the whole file, but for what belongs to other entries.
func TestAnyChangeAsksAgain(t *testing.T) {
	flips, equal := 0, 0
	for _, d := range dialect.All {
		files, _ := filepath.Glob(filepath.Join("../testdata/dialects", d.ID, "*.txtar"))
		for n, path := range files {
			if testing.Short() && n%4 > 0 {
				continue
			}
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range archive.Files {
				if f.Name != "env" && f.Name != "meaning" && len(f.Data) < 1200 {
					more, same := flipAll(t, d, path, f.Name, f.Data)
					flips, equal = flips+more, equal+same
				}
			}
		}
	}
	t.Logf("%d changes, of which %d changed nothing", flips, equal)
	if flips < 10000 {
		t.Error("there were hardly any changes")
	}
}

// flipAll changes each byte to three others, and takes it out.
func flipAll(t *testing.T, d *config.Dialect, vector, name string, text []byte) (flips, equal int) {
	before := digests(d, name, text)
	if len(before) == 0 {
		return 0, 0
	}
	was, wasRead := read(d, name, text)
	for i := range text {
		for _, to := range []string{"", string(text[i] ^ 1), string(text[i] ^ 0x20), "0"} {
			changed := string(text[:i]) + to + string(text[i+1:])
			after := digests(d, name, []byte(changed))
			flips++
			if !wasRead || !stands(before, after) {
				continue
			}
			equal++
			if is, ok := read(d, name, []byte(changed)); ok && !sameEntries(is, was, before) {
				t.Errorf("%s: %q for %q at %d is agreed to still", vector, to, text[i], i)
				return flips, equal
			}
		}
	}
	return flips, equal
}

// digests are those of all entries of a file, by their keys.
func digests(d *config.Dialect, name string, text []byte) map[string]string {
	file, e := config.Read(d, name, text)
	if e != nil {
		return nil
	}
	all := map[string]string{}
	for _, entry := range file.Entries {
		all[trust.Key(name, entry)+" "+entry.Name] = trust.Digest(name, entry)
	}
	return all
}

// stands says that all that was agreed to is as it was.
func stands(before, after map[string]string) bool {
	for key, digest := range before {
		if after[key] != digest {
			return false
		}
	}
	return true
}

// read reads a file with another parser than ours, or with another's tree of it.
func read(d *config.Dialect, name string, text []byte) (v any, ok bool) {
	switch d.Format {
	case config.TOML:
		var m map[string]any
		return m, toml.Unmarshal(text, &m) == nil
	case config.YAML:
		err := yaml.Unmarshal(text, &v)
		return v, err == nil
	case config.JSON:
		err := json.Unmarshal(text, &v)
		return v, err == nil
	}
	err := json.Unmarshal(jsonc.ToJSON(text), &v)
	return v, err == nil
}

// entriesOf are, of all that a file says, the parts that are its entries: by their names, or with their names within.
func entriesOf(v any, entries map[string]string) (found []any) {
	switch v := v.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if named(entries, key) || key == "remotes" || key == "packages" {
				found = append(found, v[key])
			} else {
				found = append(found, entriesOf(v[key], entries)...)
			}
		}
	case []any:
		for _, item := range v {
			m, _ := item.(map[string]any)
			name, _ := m["name"].(string)
			if named(entries, name) {
				found = append(found, item)
			} else {
				found = append(found, entriesOf(item, entries)...)
			}
		}
	}
	return found
}

func named(entries map[string]string, name string) bool {
	for key := range entries {
		if _, entry, _ := strings.Cut(key, " "); entry == name {
			return true
		}
	}
	return false
}

// sameEntries compares the entries; of one whose name is written twice ours is the only judge.
func sameEntries(is, was any, entries map[string]string) bool {
	old := entriesOf(was, entries)
	return len(old) > len(entries) || reflect.DeepEqual(entriesOf(is, entries), old)
}
