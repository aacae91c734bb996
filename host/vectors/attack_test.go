package vectors

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
)

// play runs a vector with texts of its file replaced, in pairs, and returns all effects. What the script says after
// the point where the flow ends otherwise meets nobody, and is ignored.
func play(t *testing.T, name string, pairs ...string) []msg.Effect {
	t.Helper()
	path := filepath.Join(dir, name+".txtar")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(text, pairs[i]) {
			t.Fatalf("%s has no %q", name, pairs[i])
		}
		text = strings.ReplaceAll(text, pairs[i], pairs[i+1])
	}
	v, err := parse(path, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	batches, err := v.Encoded()
	if err != nil {
		t.Fatal(err)
	}
	outputs, err := Native{}.Run(batches)
	if err != nil {
		t.Fatal(err)
	}
	var all []msg.Effect
	for _, b := range outputs {
		var out msg.Output
		if _, err := out.UnmarshalMsg(b); err != nil {
			t.Fatal(err)
		}
		if out.Error != nil {
			t.Fatal(out.Error.Body)
		}
		all = append(all, out.Effects...)
	}
	return all
}

// seen is what a run did, for a look at it.
type seen struct {
	opened, asked, posted []string
	awaits                int
	// problem is the code of the first error.
	problem string
	whole   string
}

func look(all []msg.Effect) (s seen) {
	for i := range all {
		switch e := &all[i]; {
		case e.Open != nil:
			s.opened = append(s.opened, e.Open.URL)
		case e.Await != nil:
			s.awaits++
		case e.HTTP != nil && e.HTTP.Guarded && e.HTTP.Method == "POST":
			s.posted = append(s.posted, e.HTTP.URL)
		case e.HTTP != nil && e.HTTP.Guarded:
			s.asked = append(s.asked, e.HTTP.URL)
		case e.Done != nil && e.Done.Error != nil && s.problem == "":
			s.problem = e.Done.Error.Code
		}
	}
	s.whole = Render(&msg.Output{Effects: all})
	return s
}

func inJSON(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(b[1 : len(b)-1])
}

// inChallenge is a text in a quoted string of a challenge, in the quotes of a vector's script.
func inChallenge(s string) string {
	q := strconv.Quote(strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s))
	return q[1 : len(q)-1]
}

// place is where a server names an address: in a vector, between before and after.
type place struct{ vector, before, after string }

const prmInChallenge = `resource_metadata=\"`

var places = map[string]place{
	"resource_metadata":             {"signin", prmInChallenge, `https://api.acme.test/.well-known/oauth-protected-resource/mcp\"`},
	"authorization_servers":         {"signin", `"authorization_servers": ["`, `https://as.acme.test"`},
	"authorization_endpoint":        {"signin", `"authorization_endpoint": "`, `https://as.acme.test/authorize"`},
	"token_endpoint":                {"signin", `"token_endpoint": "`, `https://as.acme.test/token"`},
	"registration_endpoint":         {"signin", `"registration_endpoint": "`, `https://as.acme.test/register"`},
	"revocation_endpoint":           {"signin", `"revocation_endpoint": "`, `https://as.acme.test/revoke"`},
	"device_authorization_endpoint": {"grant-device", `"device_authorization_endpoint": "`, `https://as.acme.test/device"`},
	"verification_uri_complete":     {"grant-device", `"verification_uri_complete": "`, `https://as.acme.test/device?user_code=WDJB-MJHT"`},
	"verification_uri":              {"grant-device-plain", `"verification_uri": "`, `https://as.acme.test/device"`},
}

// with runs the vector with another address at that place.
func (p place) with(t *testing.T, address string) seen {
	t.Helper()
	old := p.before + p.after
	quote := `"`
	text := inJSON(address)
	if p.before == prmInChallenge {
		text, quote = inChallenge(address), `\"`
	}
	return look(play(t, p.vector, old, p.before+text+quote))
}

// unopenable are addresses that nobody may be sent to, nor anything.
var unopenable = []string{
	`a:$(cmd.exe /c calc)`, `file:///c:/windows/system32/calc.exe`, `ms-msdt:/id`, `vscode://x`, `--upload-pack=evil`, `\\host\share`,
	`http://127.0.0.1.evil.com/`, `http://as.acme.test/authorize`, `ftp://as.acme.test/`, `javascript:alert(1)`, `JaVaScRiPt:alert(1)`, "\tjavascript:alert(1)",
	"java\nscript:alert(1)", "\x01javascript:alert(1)", `data:text/html,<script>alert(1)</script>`, `blob:https://as.acme.test/x`, `vbscript:x`,
	`view-source:https://as.acme.test/`, `filesystem:https://as.acme.test/x`, `about:blank`, `//as.acme.test/x`, `/authorize`, `as.acme.test/authorize`,
	`https://`, `https:///x`, `https://user:pw@as.acme.test/`, `https://as.acme.test/#frag`, `https://as.acme.test:0x50/`, `https://as acme.test/`,
	`https://as.acme.test\@evil.com/`, `https://as.acme.test/'x`, `HTTP://as.acme.test/`, `mailto:x@as.acme.test`, `ssh://as.acme.test`, `smb://as.acme.test/x`,
}

// TestUnopenable: whatever a server puts where an address belongs, nothing is opened that is not https.
func TestUnopenable(t *testing.T) {
	for name, p := range places {
		for _, address := range unopenable {
			s := p.with(t, address)
			if len(s.opened) != 0 || s.awaits != 0 && p.vector == "signin" {
				t.Errorf("%s = %q: opened %q, %d listeners", name, address, s.opened, s.awaits)
			}
			if s.problem != "HF135" {
				t.Errorf("%s = %q ends as %s, want HF135", name, address, s.problem)
			}
			for _, url := range append(s.asked, s.posted...) {
				if !strings.HasPrefix(url, "https://api.acme.test/") && !strings.HasPrefix(url, "https://as.acme.test/") || strings.ContainsAny(url, "@#'\\ \x01\t\n") {
					t.Errorf("%s = %q: a request to %q", name, address, url)
				}
			}
		}
	}
}

// TestOpenedClean: what is opened has no character that a shell, a page or a terminal could take for its own, but those
// that URLs cannot do without. An address with any other is not opened, or opened with it escaped.
func TestOpenedClean(t *testing.T) {
	for address, n := range map[string]int{
		"https://as.acme.test/x?a=$(calc)&b=%22%26calc&c=;id": 1, "https://as.acme.test/a;b&c": 1, "https://as.acme.test/x?{}^\u202e\u00e9": 0,
		"https://as.acme.test/x?a=$(calc)&b=\"%26calc&c=`id`": 0, "https://as.acme.test/x?<b>": 0, "https://as.acme.test/x? y": 0,
	} {
		s := places["authorization_endpoint"].with(t, address)
		if len(s.opened) != n {
			t.Errorf("%q: opened %q, want %d", address, s.opened, n)
		}
		if len(s.opened) == 0 {
			continue
		}
		if !strings.HasPrefix(s.opened[0], "https://as.acme.test/") {
			t.Errorf("%q: opened %q", address, s.opened)
		}
		for _, c := range s.opened[0] {
			if c <= ' ' || c > '~' || strings.ContainsRune("\"'<>`|{}^\\", c) {
				t.Errorf("%q: %q has %q", address, s.opened[0], c)
			}
		}
	}
}

// private are addresses that a server on the public network must not send us to; the names among them are for who
// looks them up, so the request must be guarded.
var private = []string{
	"0", "127.1", "2130706433", "0x7f.1", "017700000001", "127.0.0.1", "10.0.0.1", "100.64.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.168.1.1",
	"198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "0.0.0.0", "[::]", "[::1]", "[::ffff:a9fe:a9fe]", "[::ffff:169.254.169.254]", "[64:ff9b::a9fe:a9fe]", "[fc00::1]", "[fd00::1]",
	"[fe80::1]", "[fe80::1%25eth0]", "[ff02::1]", "[2002:7f00:1::]", "\u2460\u2461\u2466.0.0.1", "127\u30020\u30020\u30021", "localhost", "localhost.", "x.localhost",
}

// TestPrivateAddresses: an MCP server at a public address sends us to no private one.
func TestPrivateAddresses(t *testing.T) {
	for name, p := range places {
		for _, host := range private {
			for _, scheme := range []string{"https://", "http://"} {
				if p.before == prmInChallenge && strings.IndexFunc(host, func(r rune) bool { return r > '~' }) >= 0 {
					continue // a field value is ASCII
				}
				s := p.with(t, scheme+host+"/x")
				if len(s.opened) != 0 || s.problem != "HF135" {
					t.Errorf("%s at %s%s: opened %q, ends as %s", name, scheme, host, s.opened, s.problem)
				}
				for _, url := range append(s.asked, s.posted...) {
					if !strings.HasPrefix(url, "https://api.acme.test/") && !strings.HasPrefix(url, "https://as.acme.test/") {
						t.Errorf("%s at %s%s: a request to %q", name, scheme, host, url)
					}
				}
			}
		}
		for _, host := range []string{"127.0.0.1.nip.io", "metadata.google.internal"} {
			for _, e := range play(t, p.vector) {
				if e.HTTP != nil && e.HTTP.Method == "GET" && !e.HTTP.Guarded {
					t.Errorf("%s: a request to %s is not guarded", host, e.HTTP.URL)
				}
			}
		}
	}
}
