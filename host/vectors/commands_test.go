package vectors

import (
	"bytes"
	"net/url"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
)

// printer is a curl for a shell that prints its arguments, each with a NUL behind it, and one more at the end.
const printer = "curl() { for a; do printf '%s\\000' \"$a\"; done; printf '\\000'; }\n"

var (
	idOf     = regexp.MustCompile(`(?m)^# (\d+)\. `)
	variable = regexp.MustCompile(`\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?`)
)

// TestCommandsSendTheSame: in every vector, what a shell makes of a command is the request that went out, to the byte, but
// for what stands for a secret.
func TestCommandsSendTheSame(t *testing.T) {
	compared := 0
	for _, v := range load(t) {
		sent := map[string]*msg.HTTP{}
		for _, out := range run(t, v) {
			for i := range out.Effects {
				if h := out.Effects[i].HTTP; h != nil {
					sent[strconv.Itoa(int(h.ID))] = h
				}
			}
		}
		exports := recorded(t, v)
		if len(sent) == 0 || len(exports) == 0 {
			continue
		}
		text := exports[len(exports)-1]
		sh := exec.Command("/bin/sh")
		sh.Stdin, sh.Env = strings.NewReader(printer+text), []string{}
		for _, m := range variable.FindAllStringSubmatch(text, -1) {
			sh.Env = append(sh.Env, m[1]+"=\x02")
		}
		out, err := sh.Output()
		if err != nil {
			t.Fatalf("%s: %v\n%s", v.Name, err, text)
		}
		all := bytes.Split(bytes.TrimSuffix(out, []byte("\x00\x00")), []byte("\x00\x00"))
		n := 0
		for _, block := range strings.Split(text, "\n\n") {
			id := idOf.FindStringSubmatch(block)
			if id == nil { // of one that was not sent
				continue
			}
			if n == len(all) || sent[id[1]] == nil {
				t.Fatalf("%s: %d commands, and more are printed\n%s", v.Name, len(all), text)
			}
			same(t, v.Name, strings.Split(string(all[n]), "\x00"), sent[id[1]])
			n++
			compared++
		}
	}
	if compared < 1000 {
		t.Errorf("only %d commands were compared", compared)
	}
}

// same compares the arguments of a command with a request.
func same(t *testing.T, name string, args []string, h *msg.HTTP) {
	t.Helper()
	got := request{method: "GET"}
	for i := 0; i < len(args); i++ {
		switch args[i] {
		case "-N", "-g":
		case "--max-time":
			i++
		case "-X":
			i++
			got.method = args[i]
		case "-H":
			i++
			got.headers = append(got.headers, args[i])
		case "--data-raw":
			i++
			got.body = args[i]
		case "--data-urlencode":
			i++
			key, value, _ := strings.Cut(args[i], "=")
			if value != "\x02" {
				value = strings.ReplaceAll(url.QueryEscape(value), "+", "%20")
			}
			got.body = strings.TrimPrefix(got.body+"&"+key+"="+value, "&")
		default:
			got.url = args[i]
		}
	}
	if got.body != "" && got.method == "GET" {
		got.method = "POST"
	}
	if got.method != h.Method || !fits(got.url, h.URL) {
		t.Errorf("%s: %s %q, not %s %q", name, got.method, got.url, h.Method, h.URL)
	}
	if !fits(got.body, string(h.Body)) {
		t.Errorf("%s: the content\n%q is not\n%q", name, got.body, h.Body)
	}
	want := h.Headers
	if h.Proof != nil {
		want = append(want[:len(want):len(want)], msg.Header{Name: "DPoP", Value: "…"})
	}
	if len(got.headers) != len(want) {
		t.Fatalf("%s: headers %q, not %q", name, got.headers, want)
	}
	for i, f := range want {
		if !fits(got.headers[i], f.Name+": "+f.Value) {
			t.Errorf("%s: header %q, not %q", name, got.headers[i], f)
		}
	}
}

type request struct {
	method, url, body string
	headers           []string
}

// fits says that a text is another one, with anything in the place of what stands for a secret.
func fits(got, want string) bool {
	pattern := regexp.QuoteMeta(got)
	pattern = strings.ReplaceAll(strings.ReplaceAll(pattern, "\x02", "(?s:.+)"), regexp.QuoteMeta("[redacted]"), "(?s:.+)")
	return regexp.MustCompile(`\A` + pattern + `\z`).MatchString(want)
}
