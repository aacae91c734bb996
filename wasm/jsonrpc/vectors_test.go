package jsonrpc

import (
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"github.com/headfast/headfast/wasm/jsontext"
)

// literal joins Go string literals; 3*"ab" is "ababab".
func literal(t *testing.T, line string) string {
	t.Helper()
	var text strings.Builder
	for rest := line; rest != ""; {
		times := 1
		if count, behind, found := strings.Cut(rest, "*"); found {
			if n, err := strconv.Atoi(count); err == nil {
				times, rest = n, behind
			}
		}
		quoted, err := strconv.QuotedPrefix(rest)
		if err != nil {
			t.Fatalf("%.80s: %v", line, err)
		}
		one, _ := strconv.Unquote(quoted)
		text.WriteString(strings.Repeat(one, times))
		rest = strings.TrimLeft(rest[len(quoted):], " ")
	}
	return text.String()
}

func lines(t *testing.T, file string) (all []string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(string(text), "\n") {
		if line != "" && line[0] != '#' {
			all = append(all, line)
		}
	}
	return all
}

// A vector is a text and what comes of it: show of the message, or offset and reason.
type vector struct{ text, want string }

func envelopes(t *testing.T) (all []vector) {
	for _, line := range lines(t, "testdata/envelopes.txt") {
		want, indented := strings.CutPrefix(line, "    ")
		switch {
		case indented:
			all[len(all)-1].want = want
		case strings.HasPrefix(line, "{"):
			all = append(all, vector{text: line})
		default:
			all = append(all, vector{text: literal(t, line)})
		}
	}
	return all
}

// outcome writes what Parse makes of a text as envelopes.txt does.
func outcome(t *testing.T, text string) string {
	t.Helper()
	m, err := Parse([]byte(text))
	if err == nil {
		return show(m)
	}
	p, ok := err.(*ParseError)
	if !ok || show(m) != "none" {
		t.Fatalf("%.200s: %T beside %s", text, err, show(m))
	}
	return strconv.Itoa(p.Offset) + " " + p.Reason
}

func TestEnvelopes(t *testing.T) {
	all := envelopes(t)
	kinds := map[string]int{}
	for _, v := range all {
		if got := outcome(t, v.text); got != v.want {
			t.Errorf("%.200s\n got %s\nwant %s", v.text, got, v.want)
		}
		kind, reason, _ := strings.Cut(v.want, " ")
		if kind[0] <= '9' {
			kind = reason
		}
		kinds[kind]++
	}
	if len(all) < 130 || len(kinds) < 24 {
		t.Errorf("%d envelopes of %d kinds: %v", len(all), len(kinds), kinds)
	}
}

// TestDepthOfPayloads: with its envelope a payload may nest to 512 levels and no further.
func TestDepthOfPayloads(t *testing.T) {
	for _, p := range places {
		room := jsontext.MaxDepth - strings.Count(p.before, "{")
		nest := func(n int) []byte {
			return []byte(p.before + strings.Repeat("[", n) + strings.Repeat("]", n) + p.after)
		}
		if _, err := Parse(nest(room)); err != nil {
			t.Errorf("%s at %d: %v", p.before, room, err)
		}
		want := "JSON-RPC: nested deeper than 512 at byte " + strconv.Itoa(len(p.before)+room)
		if _, err := Parse(nest(room + 1)); err == nil || err.Error() != want {
			t.Errorf("%s at %d: %v", p.before, room+1, err)
		}
	}
}

// payloads are the texts of package jsontext's vectors in this file; those to refuse stand behind a colon.
func payloads(t *testing.T, file string) (all []string) {
	for _, line := range lines(t, "../jsontext/testdata/vectors/"+file) {
		if file == "reject.txt" {
			_, line, _ = strings.Cut(line, ": ")
		}
		all = append(all, literal(t, line))
	}
	return all
}

// places is where a payload may stand in an envelope, and which member of the message it becomes.
var places = []struct {
	before, after string
	of            func(Message) []byte
}{
	{`{"jsonrpc":"2.0","id":1,"result":`, `}`, func(m Message) []byte { return m.Result }},
	{`{"params":`, `,"jsonrpc":"2.0","method":"x"}`, func(m Message) []byte { return m.Params }},
	{`{"jsonrpc":"2.0","id":1,"error":{"data":`, `,"code":1}}`, func(m Message) []byte { return m.ErrorData }},
	{`{"jsonrpc":"2.0","unknown":`, `,"id":1,"result":0}`, nil},
}

// TestEveryPayload: what is JSON text is a payload, byte by byte as it came; what is not is refused everywhere.
func TestEveryPayload(t *testing.T) {
	for _, p := range places {
		for _, text := range payloads(t, "accept.txt") {
			whole := []byte(p.before + text + p.after)
			m, err := Parse(whole)
			if fault := jsontext.Valid(whole); fault != nil && fault.Reason == jsontext.TooDeep {
				continue // with the envelope's own level
			}
			if err != nil {
				t.Errorf("%s %.80q: %v", p.before, text, err)
			} else if p.of != nil && string(p.of(m)) != strings.Trim(text, " \t\r\n") {
				t.Errorf("%s %.80q: %.80q", p.before, text, p.of(m))
			}
		}
		for _, text := range payloads(t, "reject.txt") {
			if m, err := Parse([]byte(p.before + text + p.after)); err == nil {
				t.Errorf("%s %.80q: %.80s", p.before, text, show(m))
			}
		}
	}
}

// whole are messages with every member of their kind; together they have all names of an envelope and of an error.
var whole = []string{
	`{"jsonrpc":"2.0","id":1,"method":"x","params":{}}`,
	`{"jsonrpc":"2.0","id":1,"result":{}}`,
	`{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"","data":0}}`,
}

// TestEveryDuplicate: each member a second time, under its own name and with any letter of it escaped, is refused
// at that second name; with the name in another case it is another member.
func TestEveryDuplicate(t *testing.T) {
	tried := 0
	for _, text := range whole {
		want := outcome(t, text)
		for _, name := range []string{"jsonrpc", "id", "method", "params", "result", "error", "code", "message", "data"} {
			at := strings.Index(text, `"`+name+`":`)
			if at < 0 {
				continue
			}
			for i := range name {
				escape := strings.ToUpper(strconv.FormatInt(int64(name[i]), 16))
				for _, again := range []string{name, name[:i] + `\u00` + escape + name[i+1:], name[:i] + `\u00` + strings.ToLower(escape) + name[i+1:]} {
					for _, value := range []string{"null", `"2.0"`, "1", "{}"} {
						tried++
						double := text[:at] + `"` + again + `":` + value + "," + text[at:]
						second := at + len(again) + len(value) + 4
						if got := outcome(t, double); got != strconv.Itoa(second)+" "+DuplicateKey {
							t.Errorf("%s: %s", double, got)
						}
					}
				}
				other := name[:i] + strings.ToUpper(name[i:i+1]) + name[i+1:]
				if got := outcome(t, text[:at]+`"`+other+`":null,"`+other+`":1,`+text[at:]); got != want {
					t.Errorf("%s with %s: %s", text, other, got)
				}
			}
		}
	}
	if tried < 500 {
		t.Errorf("only %d", tried)
	}
}

// TestGJSONReadsWhatTheScannerReads: of a member that an object has once, gjson, which the session reads payloads
// with, gives the value that Members gives, and of a string the same text. Of one that it has twice gjson gives
// the first and encoding/json the last; that is why an envelope must not have one.
func TestGJSONReadsWhatTheScannerReads(t *testing.T) {
	for _, text := range payloads(t, "accept.txt") {
		for _, name := range []string{`nextCursor`, `n\u0065xtCursor`, `\u006eextCursor`} {
			object := []byte(`{"NextCursor":0,"nextCursor ":0,"a":` + text + `, "` + name + `" : ` + text + `,"z":` + text + `}`)
			var raw []byte
			jsontext.Members(object, func(key string, _ int, value []byte, _ int) bool {
				if key == "nextCursor" {
					raw = value
				}
				return true
			})
			got := gjson.GetBytes(object, "nextCursor")
			str, isString := jsontext.Unquote(raw)
			if got.Raw != string(raw) || (got.Type == gjson.String) != isString || isString && got.Str != str {
				t.Errorf("%.80q: gjson has %.80q %q, Members %.80q %q", text, got.Raw, got.Str, raw, str)
			}
		}
	}
	twice := []byte(`{"k":1,"k":2}`)
	var last struct{ K int }
	if err := json.Unmarshal(twice, &last); err != nil || last.K != 2 || gjson.GetBytes(twice, "k").Int() != 1 {
		t.Errorf("encoding/json %d %v, gjson %s", last.K, err, gjson.GetBytes(twice, "k").Raw)
	}
}

// TestCaselessReaderIsFound: a reader that matches names in any case, as encoding/json's structs do, has another id
// for some message that is accepted.
func TestCaselessReaderIsFound(t *testing.T) {
	found := 0
	for _, v := range envelopes(t) {
		var caseless struct{ ID json.RawMessage }
		m, err := Parse([]byte(v.text))
		if err == nil && json.Unmarshal([]byte(v.text), &caseless) == nil && string(caseless.ID) != string(m.ID) {
			found++
		}
	}
	if found < 2 {
		t.Errorf("only %d envelopes find it", found)
	}
}
