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
	file, e := config.Read(config.ClaudeCode, "f", []byte(`{"mcpServers":{"a":{`+"\n"+members+`}}}`))
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

// TestLongValues: a value that is too long with its variables put in is an error that says which, from where and
// what to do; nothing of it is kept. So are the values of an entry that are too long together.
func TestLongValues(t *testing.T) {
	times := func(n int) string { return strings.Repeat("${BIG}", n) }
	lookup := func(string) (string, bool) { return strings.Repeat("b", 3000), true }
	const web = `"type":"http","url":"https://x.test/`
	for _, c := range []struct{ members, want string }{
		{web + times(21) + `"`, ""},
		{web + times(22) + `"`, "HF203 More than 64 KiB in the URL|f:2 gives it that, with its variables put in (BIG). Nothing was sent.|Shorten it, or the value of BIG."},
		{web + `","headers":{` + "\n" + `"X-Key":"` + times(22) + `"}`, "HF203 More than 64 KiB in X-Key|f:3 gives it that, with its variables put in (BIG). Nothing was sent.|Shorten it, or the value of BIG."},
		{web + `","headers":{"X-Key":"` + strings.Repeat("k", 65537) + `"}`, "HF203 More than 64 KiB in X-Key|f:2 gives it that. Nothing was sent.|Shorten it."},
		{web + `","headers":{"X-Key":"` + strings.Repeat("k", 65536) + `"}`, ""},
		{`"command":"` + times(22) + `"`, "HF203 More than 64 KiB in the command|f:2 gives it that, with its variables put in (BIG). Nothing was sent.|Shorten it, or the value of BIG."},
		{`"command":"x","args":["a",` + "\n" + `"` + times(1000) + `"]`, "HF203 More than 64 KiB in an argument|f:3 gives it that, with its variables put in (BIG). Nothing was sent.|Shorten it, or the value of BIG."},
		{`"command":"x","env":{` + "\n" + `"K":"` + times(22) + `"}`, "HF203 More than 64 KiB in K|f:3 gives it that, with its variables put in (BIG). Nothing was sent.|Shorten it, or the value of BIG."},
		{`"command":"x","args":["` + strings.Repeat(times(20)+`","`, 17) + `"]`, ""},
		{`"command":"x","args":["` + strings.Repeat(times(20)+`","`, 18) + `"]`, `HF203 The values of "a" have more than 1 MiB together|f:2 is the one that is too much, with its variables put in (BIG). Nothing was sent.|Shorten it, or the value of BIG.`},
	} {
		p := Make(entry(t, c.members), lookup)
		got := ""
		if e := p.Broken(); e != nil {
			got = e.Code + " " + e.Title + "|" + e.Body + "|" + e.Hint
		}
		if got != c.want {
			t.Errorf("%.40s: %.300s, want %s", c.members, got, c.want)
		}
		if len(p.Show) > 64<<10 {
			t.Errorf("%.40s: %d bytes would be shown", c.members, len(p.Show))
		}
		for _, use := range append(p.Auth.Header, p.Process.Uses...) {
			if c.want != "" && (use.Sent || use.Length > 0 || use.Fingerprint != "") {
				t.Errorf("%.40s: %+v", c.members, use)
			}
		}
	}
	p := Make(entry(t, `"command":"x","args":["`+strings.Repeat(times(20)+`","`, 900)+`"]`), lookup)
	kept := 0
	for _, a := range p.Process.Args {
		kept += len(a)
	}
	if kept > 1<<20 {
		t.Errorf("%d bytes are kept", kept)
	}
}
