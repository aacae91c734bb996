package record

import (
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/trace"
)

// nasty are texts that mean something to a shell, to curl or to a terminal.
var nasty = []string{
	"", "'", "''", `'"'`, "`touch x`", "$(touch x)", "${HOME}", "$HOME", "a\nb", "a\r\nb", "\\", `\'`, "!x", "#", "&", ";", "|", ">x", "*", "~", "\t", "-X", "@/etc/passwd",
	"é\u202e\u0085\U000e0001", "\xff", strings.Repeat("'", 100),
}

// TestWordsInAShell: whatever a text is, a shell makes one word of it that is the same; its holes become the values of
// variables, whatever those are.
func TestWordsInAShell(t *testing.T) {
	dir := t.TempDir()
	script, want := "", ""
	check := func(text, is string) {
		script += "printf '%s\\000' " + word(text) + "\n"
		want += is + "\x00"
	}
	for _, one := range nasty {
		check(one, one)
		for _, other := range nasty {
			check(one+trace.Hole("VALUE", true)+other, one+"$(touch x)`'\" \\"+other)
			check(one+trace.Hole("VALUE", false)+trace.Hole("VALUE", true)+"A"+other, one+"$(touch x)`'\" \\$(touch x)`'\" \\A"+other)
		}
	}
	sh := exec.Command("/bin/sh", "-u")
	sh.Stdin, sh.Dir, sh.Env = strings.NewReader(script), dir, []string{"VALUE=$(touch x)`'\" \\"}
	out, err := sh.CombinedOutput()
	if err != nil || string(out) != want {
		t.Fatalf("%v\n%q\nwanted\n%q", err, out, want)
	}
	for _, one := range nasty {
		line := harmless("# " + one)
		if strings.ContainsAny(line[1:], "\n\r`$();&|<>'\"\\!*?[]{}~") {
			t.Errorf("a comment acts: %q", line)
		}
	}
}

// FuzzWord is the same for any text without a NUL, in one shell for each.
func FuzzWord(f *testing.F) {
	for _, one := range nasty {
		f.Add(one)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.ContainsAny(text, "\x00\x01") {
			return // no argument has one, and the other stands for a hole
		}
		sh := exec.Command("/bin/sh")
		sh.Stdin = strings.NewReader("printf %s " + word(text))
		if out, err := sh.CombinedOutput(); err != nil || string(out) != text {
			t.Errorf("%q becomes %q, %v", text, out, err)
		}
	})
}

// TestNamesOfVariables: a server cannot choose which of the person's variables a command sends.
func TestNamesOfVariables(t *testing.T) {
	var r Recorder
	r.Sent(&msg.HTTP{ID: 1, Method: "GET", URL: "https://acme.test/m?HOME=abcdefgh&AWS_SECRET_ACCESS_KEY=abcdefgh&x", Headers: []msg.Header{{Name: "HOME", Value: "abcdefgh"}}}, About{Named: true}, 1, 0)
	text := string(r.Curl(0))
	for _, bad := range []string{"$HOME", "${HOME", "$AWS", "abcdefgh"} {
		if strings.Contains(text, bad) {
			t.Errorf("%s is in\n%s", bad, text)
		}
	}
	for _, good := range []string{`"https://acme.test/m?HOME=$QUERY_HOME&AWS_SECRET_ACCESS_KEY=$QUERY_AWS_SECRET_ACCESS_KEY&$QUERY"`, `"HOME: $X_HOME"`, "# set QUERY_HOME: "} {
		if !strings.Contains(text, good) {
			t.Errorf("%s is not in\n%s", good, text)
		}
	}
}

// TestBounds: the last exchanges are kept, contents up to their bounds, and what is left out is told.
func TestBounds(t *testing.T) {
	var r Recorder
	one := func(id uint32, sent, came int) {
		r.Sent(&msg.HTTP{ID: id, Method: "POST", URL: "https://acme.test/m", Body: []byte(`"` + strings.Repeat("a", sent) + `"`), Headers: []msg.Header{{Name: "Content-Type", Value: "application/json"}}}, About{}, 1, 0)
		r.Head(&msg.Head{ID: id, Status: 200, Headers: make([]msg.Header, 200)}, 2)
		for range 2 {
			r.Body(&msg.Body{ID: id, Data: []byte(strings.Repeat("b", came/2))})
		}
		r.End(&msg.End{ID: id}, 3)
	}
	for id := range uint32(MostExchanges + 5) {
		one(id+1, 1, 2)
	}
	if len(r.all) != MostExchanges || r.left != 5 || r.all[0].id != 6 {
		t.Errorf("%d exchanges, %d left out", len(r.all), r.left)
	}
	if text := string(r.HAR("headfast 1", 0)); !strings.Contains(text, "5 earlier exchanges are left out") || !strings.Contains(text, "of more than 100 headers") {
		t.Error("nothing tells what was left out")
	}
	if text := string(r.Curl(0)); !strings.HasPrefix(text, "# 5 earlier exchanges are left out.\n") {
		t.Error("nothing tells what was left out")
	}
	one(5000, MostSent, MostAnswered+2)
	if x := r.all[len(r.all)-1]; x.body != "" || len(x.text) != MostAnswered || x.omits != "cut" || x.came != MostAnswered+2 {
		t.Errorf("%d bytes of a request, %d of an answer, %s", len(x.body), len(x.text), x.omits)
	}
	for _, text := range []string{string(r.HAR("headfast 1", 5000)), string(r.Curl(5000))} {
		if !strings.Contains(text, "left out") {
			t.Error("nothing tells that the content was left out")
		}
	}
	for id := range uint32(60) {
		one(6000+id, MostSent-2, MostAnswered)
		if r.size > MostBytes {
			t.Fatalf("%d bytes", r.size)
		}
	}
	if len(r.all) < 20 || len(r.all) > 40 {
		t.Errorf("%d exchanges of 320 KiB", len(r.all))
	}
}

// TestCutSecrets: a secret that a cut goes through is not told, neither by an answer under way.
func TestCutSecrets(t *testing.T) {
	const secret = "fake-secret-0123456789"
	for shift := range len(secret) + 1 {
		var r Recorder
		r.Sent(&msg.HTTP{ID: 1, Method: "GET", URL: "https://acme.test/", Headers: []msg.Header{{Name: "X-API-Key", Value: secret}}}, About{}, 1, 0)
		r.Head(&msg.Head{ID: 1, Status: 200, Headers: []msg.Header{{Name: "X-Long", Value: strings.Repeat(" ", longestHeader-shift) + secret}}}, 2)
		r.Body(&msg.Body{ID: 1, Data: []byte(strings.Repeat(" ", MostAnswered-shift) + secret)})
		for range 2 {
			if text := string(r.HAR("headfast 1", 0)); shift > 3 && strings.Contains(text, secret[:shift]) {
				t.Fatalf("%d characters are told", shift)
			}
			r.End(&msg.End{ID: 1}, 3)
		}
	}
}

// TestStreams: only data that is JSON is kept of an event stream, however its lines end.
func TestStreams(t *testing.T) {
	for stream, want := range map[string]string{
		"event: endpoint\ndata: /m?id=1\n\n":                    "event: endpoint\ndata: [redacted]\n\n",
		"data: /m?id=1\r\nevent: endpoint\r\n\r\n":              "data: [redacted]\nevent: endpoint\n\n",
		"event: endpoint\rdata:/m\r\r":                          "event: endpoint\ndata: [redacted]\n\n",
		"id: 7\nretry: 5\ndata: {\"a\":\ndata: 1}\n\ndata: x\n": "id: 7\nretry: 5\ndata: {\"a\":\ndata: 1}\n\ndata: [redacted]\n",
		": comment\nother: x\ndata\ndata: /m":                   ":\n:\n:\ndata: [redacted]\n",
	} {
		if got := messages(stream); got != want {
			t.Errorf("%q becomes %q", stream, got)
		}
	}
}

// TestISOTime agrees with package time.
func TestISOTime(t *testing.T) {
	for _, at := range []int64{0, 951782399999, 951782400000, 1709164800000, 1735689599999, 4102444800001, 253402300799999} {
		if got, want := isoTime(at), time.UnixMilli(at).UTC().Format("2006-01-02T15:04:05.000Z"); got != want {
			t.Errorf("%d is %s, not %s", at, got, want)
		}
	}
	for day := range int64(200 * 366) {
		if got, want := isoTime(day*86400000), time.UnixMilli(day*86400000).UTC().Format("2006-01-02T15:04:05.000Z"); got != want {
			t.Fatal(got, want)
		}
	}
}

// TestVisibleJSON: a content has no line break in a command, and nothing that acts on a terminal, and means the same.
func TestVisibleJSON(t *testing.T) {
	if got, want := visibleJSON("{\n\"a\": \"\u202e\u0085\U000e0001é\x7f\"}"), `{ "a": "\u202e\u0085\udb40\udc01é\u007f"}`; got != want {
		t.Error(fmt.Sprintf("%s, not %s", got, want))
	}
}

// TestEncodedSecrets: a secret is taken out however much of it is percent-encoded.
func TestEncodedSecrets(t *testing.T) {
	const secret = "fake/secret+0=1 2"
	for _, form := range []string{secret, "fake%2Fsecret+0=1%202", "fake/secret%2B0%3d1%202", "%66ake%2fsecret%2b0=1 2"} {
		for _, kind := range []string{"text/plain", "application/json"} {
			var r Recorder
			r.Sent(&msg.HTTP{ID: 1, Method: "GET", URL: "https://acme.test/", Headers: []msg.Header{{Name: "X-API-Key", Value: secret}}}, About{}, 1, 0)
			r.Head(&msg.Head{ID: 1, Status: 200, Headers: []msg.Header{{Name: "X-Echo", Value: "50% of " + form}, {Name: "Location", Value: "/" + form + "?a=" + form}}}, 2)
			r.Body(&msg.Body{ID: 1, Data: []byte(map[string]string{"text/plain": "it is " + form, "application/json": `{"it":"is ` + form + `"}`}[kind])})
			r.End(&msg.End{ID: 1}, 3)
			if text := string(r.HAR("headfast 1", 0)); strings.Contains(text, form[len(form)/2:]) {
				t.Errorf("%s: %s", form, text)
			}
		}
	}
}
