package peers

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/demo"
	"github.com/headfast/headfast/host/internal/testbed"
)

// eavesdropper knows what a record must not hold: the values that printed commands want in variables.
type eavesdropper struct {
	mu     sync.Mutex
	values map[string]string
}

// RoundTrip notes the session that a server names, in a header or in the URL of its endpoint.
func (e *eavesdropper) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := http.DefaultTransport.RoundTrip(r)
	e.mu.Lock()
	defer e.mu.Unlock()
	for name, values := range r.URL.Query() {
		e.values["QUERY_"+strings.ToUpper(name)] = url.QueryEscape(values[0])
	}
	if err == nil && answer.Header.Get("Mcp-Session-Id") != "" {
		e.values["MCP_SESSION_ID"] = answer.Header.Get("Mcp-Session-Id")
	}
	return answer, err
}

// wantSame runs all commands, and wants the statuses that we had. other are the statuses that the state of a server makes
// of a method's second time.
func wantSame(t *testing.T, text string, values, other map[string]string) {
	t.Helper()
	all := testbed.CurlCommands(text)
	if len(all) == 0 {
		t.Fatalf("no commands:\n%s", text)
	}
	for _, c := range all {
		want := c.Status
		for what, status := range other {
			if strings.Contains(c.Headline(), what) {
				want = status
			}
		}
		if got := c.Run(t, values); got != want {
			t.Errorf("curl gets %s, and we %s\n%s", got, c.Status, c.Text)
		}
	}
	for name, value := range values {
		if strings.Contains(text, value) {
			t.Errorf("the value of %s is printed:\n%s", name, text)
		}
	}
}

// TestCommandsAtServers: against servers of others and the demo's, in sessions that are still open, each command gets the
// status that we had.
func TestCommandsAtServers(t *testing.T) {
	demoServer, err := demo.Start(demo.Options{Key: canary})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = demoServer.Close() })
	type server struct {
		name, kind, url, tool string
		args                  map[string]any
		// other are statuses that the state of the server makes different, by what stands in the first line.
		other map[string]string
	}
	servers := []server{
		{name: "demo-modern", kind: "http", url: demoServer.URL("/modern"), tool: "echo", args: map[string]any{"text": "it's `x` $(exit 9) \"!\" é"}},
		{name: "demo-legacy", kind: "http", url: demoServer.URL("/legacy?region=eu-7"), tool: "echo", args: map[string]any{"text": "a"}},
		{name: "demo-legacy-json", kind: "http", url: demoServer.URL("/legacy-json"), tool: "add", args: map[string]any{"a": 1, "b": 2}},
		{name: "demo-sse", kind: "sse", url: demoServer.URL("/sse"), tool: "echo", args: map[string]any{"text": "a"}},
	}
	for _, p := range roster() {
		if strings.HasPrefix(p.name, "server-everything") || p.name == "go-sdk-http" {
			_, address := p.run(t)
			one := server{name: p.name, kind: p.kind, url: address, tool: p.call, args: map[string]any{}}
			if err := json.Unmarshal([]byte(p.args), &one.args); err != nil {
				t.Fatal(err)
			}
			if p.transport == streamable {
				one.other = map[string]string{". GET,": "409"} // one stream a session, and ours is open
			}
			servers = append(servers, one)
		}
	}
	for _, s := range servers {
		t.Run(s.name, func(t *testing.T) {
			ear := &eavesdropper{values: map[string]string{"ACME_KEY": canary, "X_TENANT": "tenant-of-mine"}}
			c, _ := client(t, host.Options{Record: true, Transport: ear, Env: func(name string) (string, bool) { return canary, name == "ACME_KEY" }})
			session, err := dial(t, c, entry{Type: s.kind, URL: s.url, Headers: map[string]string{"X-API-Key": "${ACME_KEY}", "X-Tenant": "tenant-of-mine"}})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := session.Tools(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, err := session.Call(t.Context(), s.tool, s.args); err != nil {
				t.Fatal(err)
			}
			wantSame(t, answered(t, c), ear.values, s.other)
			wantHAR(t, c)
		})
	}
}

// answered are the commands once every request has its answer: that of a POST may come behind the result on a stream.
func answered(t *testing.T, c *host.Client) string {
	t.Helper()
	for begin := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		text, err := c.Export(t.Context(), host.Curl)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), ", no answer yet") || time.Since(begin) > 5*time.Second {
			return string(text)
		}
	}
}

// TestCommandsAtFaults: whatever a server answers, the command gets the same, and the archive is written where the command
// line fails too.
func TestCommandsAtFaults(t *testing.T) {
	server, err := demo.Start(demo.Options{Key: canary})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	for path, code := range map[string]int{
		"/status/401?body=html": 5, "/status/403?body=json&challenge=1": 5, "/status/500?body=text": 4, "/status/404": 4, "/status/418?body=array": 4,
		"/redirect/307/cross": 4, "/redirect/308/same?to=/modern": 0, "/redirect/302/loop": 4, "/die": 4, "/html": 4, "/empty200": 4, "/rpc-error": 7, "/wrong-type": 4,
	} {
		t.Run(path, func(t *testing.T) {
			har := filepath.Join(t.TempDir(), "run.har")
			config := configText(t, "acme", entry{Type: "http", URL: server.URL(path), Headers: map[string]string{"X-API-Key": "${ACME_KEY}"}})
			o := headfastWith(t, []string{"ACME_KEY=" + canary}, config, "tools", "acme", "--json", "--curl", "--har", har, "--timeout", "5s")
			if (o.code == 0) != (code == 0) {
				t.Errorf("exit code %d\n%s", o.code, o.all())
			}
			var d struct{ Curl []string }
			if err := json.Unmarshal([]byte(o.stdout), &d); err != nil || len(d.Curl) == 0 {
				t.Fatalf("%v\n%s", err, o.all())
			}
			values := map[string]string{"ACME_KEY": canary}
			if u, err := url.Parse(server.URL(path)); err == nil {
				for name, all := range u.Query() {
					values["QUERY_"+strings.ToUpper(name)] = url.QueryEscape(all[0])
				}
				if to := u.Query().Get("to"); to != "" { // what was a value in the query is taken out of the path it leads to
					values["URL_PART"] = to
				}
			}
			text := strings.Join(d.Curl, "\n\n")
			for name, value := range values {
				if name != "ACME_KEY" && len(value) < 12 {
					text = strings.ReplaceAll(text, "$"+name, value) // a short one may stand anywhere
					delete(values, name)
				}
			}
			wantSame(t, text, values, nil)
			if strings.Contains(o.all(), canary) {
				t.Errorf("the key is printed:\n%s", o.all())
			}
			wantPanel(t, har, len(d.Curl))
			if info, err := os.Stat(har); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("the archive is %v, %v", info.Mode(), err)
			}
		})
	}
}

// wantHAR exports a HAR, and looks at it as wantPanel does.
func wantHAR(t *testing.T, c *host.Client) {
	t.Helper()
	text, err := c.Export(t.Context(), host.HAR)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "run.har")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	wantPanel(t, file, strings.Count(string(text), `"_exchange"`))
}

// panel is a Chromium whose network panel opens archives.
var panel = testbed.Browser{Script: func(t *testing.T) *exec.Cmd {
	return exec.Command("node", filepath.Join(testbed.Need(t, npm), "har.mjs"))
}}

// wantPanel holds a HAR to its schemas, and has Chromium's network panel show it: so many rows, each with its status.
func wantPanel(t *testing.T, file string, rows int) {
	t.Helper()
	answer, err := panel.Visit(t, map[string]string{"har": file})
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Broken, Invalid string
		Rows            [][]string
	}
	if err := json.Unmarshal(answer, &got); err != nil || got.Broken != "" || got.Invalid != "" || len(got.Rows) != rows {
		t.Fatalf("%v, %d rows wanted: %s", err, rows, answer)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var har struct {
		Log struct {
			Entries []struct{ Response struct{ Status json.Number } }
		}
	}
	if err := json.Unmarshal(text, &har); err != nil {
		t.Fatal(err)
	}
	for i, e := range har.Log.Entries {
		if status := e.Response.Status.String(); status != "0" && got.Rows[i][1] != status {
			t.Errorf("row %d shows %q, not %s", i, got.Rows[i], status)
		}
	}
	if strings.Contains(string(text), canary) {
		t.Error("the key is in the archive")
	}
}

// TestPanelRefuses is the test of the test: what is no HAR is not taken for one.
func TestPanelRefuses(t *testing.T) {
	file := filepath.Join(t.TempDir(), "no.har")
	for text, want := range map[string]string{`{"log":{"version":"1.2","creator":{"name":"a","version":"1"},"entries":[{}]}}`: "invalid", `{"log":{}}`: "invalid", "{": "broken"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		answer, err := panel.Visit(t, map[string]string{"har": file})
		if err != nil || !strings.Contains(string(answer), want) {
			t.Errorf("%s: %v, %s", text, err, answer)
		}
	}
}
