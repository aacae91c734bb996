package vectors

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
)

// recorded runs a vector with a record, and exports it in both formats after every step. A core that was not greeted
// exports nothing.
func recorded(t *testing.T, v *Vector) (exports []string) {
	t.Helper()
	var batches [][]byte
	for i := range v.Steps {
		b := v.Steps[i].Batch
		b.Inputs = append([]msg.Input(nil), b.Inputs...)
		for j := range b.Inputs {
			if begin := b.Inputs[j].Begin; begin != nil {
				with := *begin
				with.Record = true
				b.Inputs[j].Begin = &with
			}
		}
		for j, format := range []string{"har", "curl"} {
			export := msg.Batch{Now: b.Now, Wall: b.Wall, Inputs: []msg.Input{{Export: &msg.Export{ID: uint32(1e9 + j), Format: format}}}}
			for _, one := range []msg.Batch{b, export}[min(j, 1):] {
				bytes, err := one.MarshalMsg(nil)
				if err != nil {
					t.Fatal(err)
				}
				batches = append(batches, bytes)
			}
		}
	}
	outputs, err := Native{}.Run(batches)
	if err != nil {
		t.Fatal(err)
	}
	for _, bytes := range outputs {
		var out msg.Output
		if _, err := out.UnmarshalMsg(bytes); err != nil {
			t.Fatal(err)
		}
		for i := range out.Effects {
			if e := out.Effects[i].Exported; e != nil && e.ID >= 1e9 { // a vector has its own too
				exports = append(exports, string(e.Text))
			}
		}
	}
	return exports
}

// shown are the headers whose values the core makes itself, and the parameters of forms that tell nothing.
var (
	shownHeaders = regexp.MustCompile(`(?i)^(accept|content-type|mcp-protocol-version|mcp-method|mcp-name|last-event-id|mcp-param-.*)$`)
	shownParams  = regexp.MustCompile(`^(grant_type|redirect_uri|resource|scope|client_id|client_assertion_type|token_type_hint|requested_token_type|subject_token_type|audience)$`)
	secretMember = regexp.MustCompile(`"(?:access_token|refresh_token|id_token|client_secret|device_code|registration_access_token)" *: *"([^"]+)"`)
	fake         = regexp.MustCompile(`fake-[A-Za-z0-9-]{6,}`)
)

// taint gathers what must be in no export of a vector: whatever was sent as a secret, and whatever came as one.
func taint(t *testing.T, v *Vector) map[string]string {
	secrets := map[string]string{}
	add := func(kind, value string) {
		if len(value) >= 6 && secrets[value] == "" {
			secrets[value] = kind
		}
	}
	for _, out := range run(t, v) {
		for i := range out.Effects {
			h := out.Effects[i].HTTP
			if h == nil {
				continue
			}
			isForm := false
			for _, f := range h.Headers {
				_, credential, _ := strings.Cut(f.Value, " ")
				if !shownHeaders.MatchString(f.Name) {
					add("header "+f.Name, f.Value)
					add("credential of "+f.Name, credential)
				}
				isForm = isForm || f.Value == "application/x-www-form-urlencoded"
			}
			if h.Proof != nil {
				add("proof", h.Proof.Input)
			}
			if u, err := url.Parse(h.URL); err == nil {
				for name, values := range u.Query() {
					add("query "+name, values[0])
				}
			}
			if form, err := url.ParseQuery(string(h.Body)); err == nil && isForm {
				for name, values := range form {
					if !shownParams.MatchString(name) {
						add("parameter "+name, values[0])
					}
				}
			}
		}
	}
	for _, s := range v.Steps {
		for _, in := range s.Batch.Inputs {
			switch {
			case in.Head != nil:
				for _, f := range in.Head.Headers {
					switch strings.ToLower(f.Name) {
					case "mcp-session-id", "set-cookie":
						add(f.Name, f.Value)
					}
				}
			case in.Body != nil:
				for _, m := range secretMember.FindAllStringSubmatch(string(in.Body.Data), -1) {
					add("answer", m[1])
				}
			case in.Arrived != nil:
				if u, err := url.Parse(in.Arrived.URL); err == nil {
					add("code", u.Query().Get("code"))
				}
			}
		}
	}
	for _, f := range v.archive.Files {
		for _, m := range fake.FindAllString(string(f.Data), -1) {
			add("fake", m)
		}
	}
	return secrets
}

// TestRecordsAreClean: whatever happens in any vector, nothing that was sent as a secret, or came as one, is in what is
// exported, at any moment; and that is JSON, or what a shell can read.
func TestRecordsAreClean(t *testing.T) {
	kinds, commands, entries := map[string]int{}, new(strings.Builder), 0
	for _, v := range load(t) {
		secrets := taint(t, v)
		for _, kind := range secrets {
			kinds[kind]++
		}
		exports := recorded(t, v)
		entries += strings.Count(strings.Join(exports, ""), "startedDateTime")
		for i, text := range exports {
			if i%2 == 0 && !json.Valid([]byte(text)) {
				t.Errorf("%s: the HAR is no JSON: %s", v.Name, text)
			}
			for secret, kind := range secrets {
				for _, form := range []string{secret, url.QueryEscape(secret), base64.StdEncoding.EncodeToString([]byte(secret))} {
					if at := strings.Index(text, form); at >= 0 {
						t.Errorf("%s: %s, %q, is exported: …%s…", v.Name, kind, secret, text[max(0, at-80):min(len(text), at+len(form)+40)])
						delete(secrets, secret) // once is enough
						break
					}
				}
			}
		}
		if len(exports) > 0 {
			commands.WriteString(exports[len(exports)-1] + "\n")
		}
	}
	for _, kind := range []string{"header X-API-Key", "header Authorization", "parameter code", "parameter code_verifier", "parameter refresh_token", "parameter client_secret",
		"parameter device_code", "answer", "proof", "mcp-session-id", "query k"} {
		if kinds[kind] == 0 {
			t.Errorf("no vector has a secret of the kind %q: this test sees nothing of it", kind)
		}
	}
	t.Log(entries, kinds)
	sh := exec.Command("/bin/sh", "-n")
	sh.Stdin = strings.NewReader(commands.String())
	if out, err := sh.CombinedOutput(); err != nil {
		t.Errorf("a shell cannot read the commands: %v\n%s", err, out)
	}
}
