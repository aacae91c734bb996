package dialect

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/headfast/headfast/wasm/config"
)

// attacks are texts that are small and name much.
func attacks() map[string]string {
	var anchored, merged, deepAnchor strings.Builder
	anchored.WriteString("x: &a\n")
	for i := range 9900 {
		fmt.Fprintf(&anchored, "  k%d: v\n", i)
	}
	merged.WriteString(anchored.String() + "extensions:\n")
	deepAnchor.WriteString("x: &a\n  uri: https://a.example\n  headers:\n")
	for i := range 9900 {
		fmt.Fprintf(&deepAnchor, "    k%d: v\n", i)
	}
	deepAnchor.WriteString("extensions:\n")
	anchored.WriteString("extensions:\n")
	for i := range 1000 {
		fmt.Fprintf(&anchored, "  s%d: *a\n", i)
		fmt.Fprintf(&merged, "  s%d:\n    <<: *a\n", i)
		fmt.Fprintf(&deepAnchor, "  s%d: *a\n", i)
	}
	var twice strings.Builder
	for range 15000 {
		twice.WriteString(`"a": {"type": "http", "url": "https://a.example/mcp"},`)
	}
	all := map[string]string{"anchored": anchored.String(), "merged": merged.String(), "deep anchor": deepAnchor.String(), "brackets": strings.Repeat("[", 4<<20)}
	for _, top := range []string{"mcpServers", "servers", "context_servers", "mcp"} {
		all["twice "+top] = `{"` + top + `": {` + strings.TrimSuffix(twice.String(), ",") + `}}`
		all["brackets in "+top] = `{"` + top + `": {"a": ` + strings.Repeat("[", 4<<20)
	}
	return all
}

// mostAllocations bounds the work of reading one file: it is counted in allocations, which the machine's load does not change.
const mostAllocations = 1_500_000

// TestAttacks: no text makes reading it dear, as whosever file it is read.
func TestAttacks(t *testing.T) {
	for name, text := range attacks() {
		for _, d := range All {
			if n := allocations(func() { _, _ = config.Read(d, "x", []byte(text)) }); n > mostAllocations {
				t.Errorf("%s costs %d allocations to be read as %s's", name, n, d.Name)
			}
		}
		for _, path := range []string{"x", "x.yaml", "x.toml"} {
			if n := allocations(func() { Guess(path, []byte(text)) }); n > mostAllocations {
				t.Errorf("%s costs %d allocations to guess whose %s is", name, n, path)
			}
		}
	}
}

func allocations(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.Mallocs - before.Mallocs
}

// TestAttacksTold: what is over a bound is an error that says so.
func TestAttacksTold(t *testing.T) {
	for name, want := range map[string]string{
		"anchored": "aliases stand for more than 20000 values", "deep anchor": "aliases stand for more than 20000 values", "merged": "more than 10000 members are merged",
	} {
		if _, e := config.Read(goose, "x", []byte(attacks()[name])); e == nil || !strings.Contains(e.Title, want) {
			t.Errorf("%s: %+v", name, e)
		}
	}
	var fields strings.Builder
	for i := range 101 {
		fmt.Fprintf(&fields, `"f%d": 1,`, i)
	}
	file, e := config.Read(claudeCode, "x", []byte(`{"mcpServers": {"a": {`+fields.String()+`"type": "http", "url": "https://a.example/mcp"}, "b": {"command": "b"}}}`))
	if e != nil || file.Find("a").Broken() == nil || !strings.Contains(file.Find("a").Broken().Title, "more than 100 fields") || file.Find("b").Broken() != nil {
		t.Errorf("%+v", e)
	}
	file, e = config.Read(claudeCode, "x", []byte(attacks()["twice mcpServers"]))
	if e != nil || len(file.Entries) != 1 || len(file.Entries[0].Problems) != 1 {
		t.Errorf("%+v %+v", e, file)
	}
}
