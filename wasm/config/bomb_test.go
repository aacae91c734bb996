package config

import (
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/headfast/headfast/wasm/tree"
)

// asking reads a file with inputs.
func asking(t *testing.T, inputs, servers string) *File {
	t.Helper()
	d := &Dialect{ID: "x", Name: "X", Format: JSONC, Tops: []string{"servers"}, Fields: Fields("type url headers command args env"),
		Types: map[string]string{"http": HTTP, "stdio": Stdio}, Expansion: Expansion{Forms: Input, In: Everywhere},
		Finish: func(f *File, root tree.Node) {
			list, _ := root.Last("inputs")
			f.Define([]tree.Node{list.Value})
		}}
	file, e := Read(d, "f", []byte(`{"inputs":[`+strings.TrimSuffix(inputs, ",")+`],"servers":{`+strings.TrimSuffix(servers, ",")+`}}`))
	if e != nil {
		t.Fatal(e.Title)
	}
	return file
}

// allocated is how many bytes a function allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

const remote = `"s%d":{"type":"http","url":"https://a.example/%s"},`

// TestLongInputs: a definition costs what it weighs, however many entries name it; one that is too long is an error of
// those that name it.
func TestLongInputs(t *testing.T) {
	for _, c := range []struct {
		inputs, long int
		broken       string
	}{{1, 3 << 20, "the definition of the input i0 has more than 64 KiB"}, {90, 35000, ""}} {
		var inputs, servers, named strings.Builder
		for i := range c.inputs {
			fmt.Fprintf(&inputs, `{"id":"i%d","type":"promptString","description":"%s"},`, i, strings.Repeat("x", c.long))
			fmt.Fprintf(&named, "${input:i%d}", i)
		}
		for i := range 100 {
			fmt.Fprintf(&servers, remote, i, named.String())
		}
		n := allocated(func() {
			e := asking(t, inputs.String(), servers.String()).Find("s0")
			if p := e.Broken(); (p != nil) != (c.broken != "") || p != nil && p.Title != c.broken {
				t.Errorf("%+v", p)
			}
		})
		if n > 128<<20 {
			t.Errorf("%d inputs: %d bytes are allocated", c.inputs, n)
		}
	}
}

// TestManyInputs: a file defines 1000 inputs at most; what is over that is told.
func TestManyInputs(t *testing.T) {
	var inputs strings.Builder
	for i := range 1001 {
		fmt.Fprintf(&inputs, `{"id":"i%d","type":"promptString","description":"d"},`, i)
	}
	file := asking(t, inputs.String(), fmt.Sprintf(remote, 0, "${input:i999}")+fmt.Sprintf(remote, 1, "${input:i1000}"))
	if len(file.Problems) != 1 || file.Problems[0].Title != "The file defines more than 1000 inputs" ||
		file.Find("s0").Broken() != nil || file.Find("s1").Broken() == nil {
		t.Errorf("%+v, %+v", file.Problems, file.Entries)
	}
}

// TestManyTexts: what the entries of a file hold is bounded together; those before the bound are read, and the bound is
// Headfast's alone.
func TestManyTexts(t *testing.T) {
	for name, entry := range map[string]string{
		"headers":   `{"type":"http","url":"x","headers":{` + list(`"H%d":""`, 99) + `}}`,
		"named":     `{"type":"http","url":"` + list("${input:i%d}", 99) + `"}`,
		"arguments": `{"command":"x","args":[` + list(`"--token=%d"`, 99) + `]}`,
		"variables": `{"command":"x","env":{` + list(`"V%d":""`, 99) + `}}`,
	} {
		var servers strings.Builder
		for i := range 110 {
			servers.WriteString(`"s` + strconv.Itoa(i) + `":` + entry + ",")
		}
		file := asking(t, "", servers.String())
		for i, e := range file.Entries {
			told := false
			for _, p := range e.Problems {
				told = told || strings.HasSuffix(p.Title, "the file has more than 10000 headers, arguments and variables")
			}
			if told != (i > 100) || told && (e.Broken() == nil || e.refusal() != nil || len(e.Variables()) > 0) {
				t.Errorf("%s: %d: %v, %+v", name, i, told, e.Problems)
			}
		}
	}
}

func list(format string, n int) string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf(format, i))
	}
	if strings.HasPrefix(format, "$") {
		return strings.Join(all, "")
	}
	return strings.Join(all, ",")
}

// TestManyTwice: a field that is given very often costs little, and too many are an error of the file.
func TestManyTwice(t *testing.T) {
	times := func(n int) []byte {
		return []byte(`{"mcpServers":{"s":{` + strings.Repeat(`"url":"x",`, n-1) + `"url":"x"}}}`)
	}
	if n := allocated(func() { _, _ = Read(ClaudeCode, "f", times(100_000)) }); n > 160<<20 {
		t.Errorf("%d bytes are allocated", n)
	}
	if _, e := Read(ClaudeCode, "f", times(100_000)); e != nil {
		t.Errorf("%+v", e)
	}
	if _, e := Read(ClaudeCode, "f", times(100_001)); e == nil || !strings.Contains(e.Title, "more than 100000 values") {
		t.Errorf("%+v", e)
	}
}
