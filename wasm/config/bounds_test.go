package config

import (
	"strconv"
	"strings"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
)

// only reads a file of one entry with these members.
func only(t *testing.T, members string) *Entry {
	t.Helper()
	return read(t, `{"mcpServers":{"a":{"type":"http",`+"\n"+members+`}}}`).Find("a")
}

func read(t *testing.T, text string) *File {
	t.Helper()
	file, e := Read(ClaudeCode, "f", []byte(text))
	if e != nil {
		t.Fatal(e.Title)
	}
	return file
}

func broken(e *Entry) string {
	if p := e.Broken(); p != nil {
		return p.Title + " at " + strconv.Itoa(int(p.Where.Line))
	}
	return ""
}

// TestVariablesAreDistinct: a value tells each of its variables once, in the order in which it names them first.
func TestVariablesAreDistinct(t *testing.T) {
	v := newValue("${B}${A:-x}${B}${A:-y}${C}${C}", msg.Position{}, Braces|Default)
	none := func(string) (string, bool) { return "", false }
	_, unset, _ := v.Expand(none)
	for _, c := range []struct {
		got  []string
		want string
	}{{v.Variables(), "B A C"}, {v.Defaults(none), "A"}, {unset, "B C"}} {
		if strings.Join(c.got, " ") != c.want {
			t.Errorf("%s, want %s", c.got, c.want)
		}
	}
}

// TestManyVariables: a value may name variables a thousand times, and an entry a hundred of them; beyond that it is
// an error with its place, and nothing of the entry is kept that would cost what it promises.
func TestManyVariables(t *testing.T) {
	times := func(n int) string { return strings.Repeat("${B}", n) }
	for _, c := range []struct{ members, want string }{
		{`"url":"x","headers":{"H":"` + times(1000) + `"}`, ""},
		{`"url":"x","headers":{` + "\n" + `"H":"` + times(1001) + `"}`, "H names variables more than 1000 times at 3"},
		{`"url":"` + times(600000) + `"`, "url names variables more than 1000 times at 2"},
		{`"url":"x","command":"` + times(1001) + `"`, "command names variables more than 1000 times at 2"},
		{`"url":"x","args":["",` + "\n" + `"` + times(1001) + `"]`, "an argument names variables more than 1000 times at 3"},
		{`"url":"x","env":{"K":"` + times(1001) + `"}`, "the variable K names variables more than 1000 times at 2"},
	} {
		e := only(t, c.members)
		if got := broken(e); got != c.want {
			t.Errorf("%.60s: %s, want %s", c.members, got, c.want)
		}
		for _, v := range e.Values() {
			if len(v.parts) > 1000 {
				t.Errorf("%.60s: %d parts are kept", c.members, len(v.parts))
			}
		}
	}
}

// TestManyMembers: what a file repeats cannot add up beyond the bounds, since of a name given twice the last counts;
// and what is wrong with an entry is told in a bounded number of problems that still say that it is unusable.
func TestManyMembers(t *testing.T) {
	var headers, servers strings.Builder
	for i := range 3000 {
		headers.WriteString(`,"headers":{"H` + strconv.Itoa(i) + `":""}`)
		servers.WriteString(`"mcpServers":{"s` + strconv.Itoa(i) + `":{}},`)
	}
	e := only(t, `"url":"x"`+headers.String())
	if len(e.Headers) != 1 || e.Headers[0].Name != "H2999" || len(e.Problems) != 101 || e.Broken() != nil {
		t.Errorf("%d headers, %d problems, %s", len(e.Headers), len(e.Problems), broken(e))
	}
	e = only(t, `"url":"x"`+`,"env":{"K":""`+strings.Repeat(`,"K":""`, 300)+`},"args":5`)
	if len(e.Problems) != 101 || broken(e) != "There are more problems like these at 2" {
		t.Errorf("%d problems, %s", len(e.Problems), broken(e))
	}
	e = only(t, `"url":"x","credentials":[`+strings.Repeat(`"A",`, 70000)+`"A"]`)
	if len(e.Credentials) > 100 || broken(e) != `"a" names more than 100 credentials at 2` {
		t.Errorf("%d credentials, %s", len(e.Credentials), broken(e))
	}
	file := read(t, `{`+servers.String()+strings.Repeat(`"mcpServers":1,`, 70000)+`"mcpServers":{"z":{}}}`)
	if len(file.Entries) != 1 || file.Find("z") == nil || len(file.Problems) > 1 {
		t.Errorf("%d servers, %d problems", len(file.Entries), len(file.Problems))
	}
}
