package revision

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// within is a schema inside depth others, reached by properties alone.
func within(depth int, schema string) []byte {
	return []byte(strings.Repeat(`{"properties":{"a":`, depth) + schema + strings.Repeat(`}}`, depth))
}

const marked = `{"type":"string","x-mcp-header":"A"}`

func TestParams(t *testing.T) {
	many := func(n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(`,"p` + strings.Repeat("x", i) + `":{"type":"integer","x-mcp-header":"H` + strings.Repeat("x", i) + `"}`)
		}
		return `{"properties":{` + b.String()[1:] + `}}`
	}
	for schema, want := range map[string]string{
		``: "", `true`: "", `[{"x-mcp-header":""}]`: "", `{}`: "",
		string(within(2, marked)):  "A=a.a",
		string(within(31, marked)): "A=" + strings.Repeat("a.", 30) + "a",
		string(within(32, marked)): "! more than 64 levels and may hold an x-mcp-header",
		// What can hold no annotation may be as deep as it likes.
		string(within(100, `{"enum":[0]}`)):                                                                             "",
		`{"properties":{"a":{"type":"string","\u0078-mcp-header":"A"}}}`:                                                "A=a",
		`{"properties":{"\u0061":{"x-mcp-header":"A","\u0074ype":["null","boolean"]}}}`:                                 "A=a",
		`{"properties":{"a":{"type":` + strings.Repeat("[", 400) + strings.Repeat("]", 400) + `,"x-mcp-header":"A"}}}`:  "! the x-mcp-header A on an argument that is neither string nor integer nor boolean",
		`{"properties":{"a":{"enum":[{"x-mcp-header":""},[[{"x-mcp-header":5}]]],"type":"string","x-mcp-header":"A"}}}`: "A=a",
		`{"properties":{"a":{"default":{"type":"number","x-mcp-header":5},"x-mcp-header":"A","type":"string"}}}`:        "A=a",
		`{"properties":{"a":{"x-mcp-header":{"b":[]},"type":"string"}}}`:                                                "! an x-mcp-header that is no string",
		`{"properties":[` + marked + `]}`:                                                                               "",
		`{"patternProperties":{"a":` + marked + `}}`:                                                                    "! the x-mcp-header A where no argument is reached by properties alone",
		`{"anyOf":[{"properties":{"a":` + marked + `}}]}`:                                                               "! the x-mcp-header A where no argument is reached by properties alone",
		`{"properties":{"a":{"items":` + marked + `}}}`:                                                                 "! the x-mcp-header A where no argument is reached by properties alone",
		`{"properties":{"` + strings.Repeat("k", 5000) + `":` + marked + `}}`:                                           "! the x-mcp-header A on an argument with names of more than 4 KiB",
		many(65): "! more than 64 x-mcp-headers",
	} {
		if got := told(Params([]byte(schema))); got != want {
			t.Errorf("%.120s: %.200s, want %.200s", schema, got, want)
		}
	}
	if params, why := Params([]byte(many(64))); len(params) != 64 || why != "" {
		t.Error(len(params), why)
	}
}

func told(params []Param, why string) string {
	var all []string
	for _, p := range params {
		all = append(all, p.Name+"="+strings.Join(p.Path, "."))
	}
	if why != "" {
		all = append(all, "! "+why)
	}
	return strings.Join(all, " ")
}

// TestParamsReadsOnce: a schema is read in one pass, so that nesting does not multiply the time that it takes.
func TestParamsReadsOnce(t *testing.T) {
	data := `{"enum":[` + strings.Repeat("0,", 1<<20) + `0],"x-mcp-header":"A","type":"string"}`
	flat, deep := fastest(within(1, data)), fastest(within(30, data))
	if deep > 8*flat {
		t.Errorf("%v at one level, %v at thirty", flat, deep)
	}
}

func fastest(schema []byte) time.Duration {
	times := make([]time.Duration, 3)
	for i := range times {
		begun := time.Now()
		Params(schema)
		times[i] = time.Since(begun)
	}
	return slices.Min(times)
}
