package resolve

import (
	"strconv"
	"strings"
	"testing"

	"github.com/headfast/headfast/wasm/config"
)

// entry reads a file with one entry, whose first member is on line 2.
func entry(t *testing.T, members string) *config.Entry {
	t.Helper()
	file, e := config.ClaudeCode("f", []byte(`{"mcpServers":{"a":{`+"\n"+members+`}}}`))
	if e != nil {
		t.Fatal(e.Title)
	}
	return file.Find("a")
}

// TestManyUnset: what is wrong with a plan is told in a bounded number of problems, however many places of a file
// name variables that are not set.
func TestManyUnset(t *testing.T) {
	var names strings.Builder
	for i := range 100 {
		names.WriteString("${V" + strconv.Itoa(i) + "}")
	}
	e := entry(t, `"command":"x","args":["`+strings.Repeat(names.String()+`","`, 900)+`"]`)
	p := Make(e, func(string) (string, bool) { return "", false })
	if len(p.Problems) != 101 || p.Broken() == nil {
		t.Errorf("%d problems", len(p.Problems))
	}
}
