package peers

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/headfast/headfast/host/internal/testbed"
)

// app is a FastAPI app of testdata, run by uvicorn, with a record of all that arrived.
type app struct {
	*testbed.Process
	t      *testing.T
	port   int
	record string
}

// arrival is one request as the server got it.
type arrival struct {
	Number       int
	Method, Path string
	Headers      [][2]string
	Body         string
}

func serveApp(t *testing.T, name string, port int) *app {
	t.Helper()
	python := testbed.Need(t, fastAPI)
	a := &app{t: t, port: port, record: filepath.Join(t.TempDir(), "record.jsonl")}
	env := []string{"APP=" + name, "RECORD=" + a.record, "PYTHONDONTWRITEBYTECODE=1"}
	a.Process = start(t, port, env, python, "-m", "uvicorn", "--app-dir", "testdata", "--no-use-colors", "--host", "127.0.0.1", "--port", fmt.Sprint(port), "recorder:app")
	return a
}

func (a *app) url(path string) string { return fmt.Sprintf("http://localhost:%d%s", a.port, path) }

// arrivals are all requests so far, in the order in which they came.
func (a *app) arrivals() []arrival {
	a.t.Helper()
	text, err := os.ReadFile(a.record)
	if err != nil && !os.IsNotExist(err) {
		a.t.Fatal(err)
	}
	var all []arrival
	for line := range strings.Lines(string(text)) {
		var next arrival
		if err := json.Unmarshal([]byte(line), &next); err != nil {
			a.t.Fatal(err)
		}
		if next.Method == "" {
			all[next.Number-1].Body = next.Body
		} else {
			all = append(all, next)
		}
	}
	return all
}

// rpc is the JSON-RPC method of a request's body.
func (r arrival) rpc() string {
	var body struct{ Method string }
	_ = json.Unmarshal([]byte(r.Body), &body)
	return body.Method
}

// values are those of a header, by its lower-case name.
func (r arrival) values(name string) []string {
	var found []string
	for _, h := range r.Headers {
		if h[0] == name {
			found = append(found, h[1])
		}
	}
	return found
}

// line is a request as one line: "POST /mcp tools/list", without a session's id.
func (r arrival) line() string {
	path, _, _ := strings.Cut(r.Path, "?")
	return strings.TrimSpace(r.Method + " " + path + " " + r.rpc())
}

// requireKeyed says that every request carried exactly this key.
func (a *app) requireKeyed(key string) {
	a.t.Helper()
	all := a.arrivals()
	if len(all) == 0 {
		a.t.Error("no request arrived")
	}
	for _, r := range all {
		if got := r.values("x-api-key"); len(got) != 1 || got[0] != key {
			a.t.Errorf("%s arrived with X-API-Key %q, not %q", r.line(), got, key)
		}
	}
}

// requireOnly says which requests arrived, no more and no fewer; and that nothing looked for a sign-in, in
// the server's own log either.
func (a *app) requireOnly(want ...string) {
	a.t.Helper()
	var got []string
	for _, r := range a.arrivals() {
		got = append(got, r.line())
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		a.t.Errorf("these arrived:\n  %s\nnot these:\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
	log := a.Text()
	for _, bad := range []string{"well-known", "/register", "/authorize", "/token"} {
		if strings.Contains(log, bad) {
			a.t.Errorf("%s is in the server's log", bad)
		}
	}
	eventually(a.t, fmt.Sprintf("%d lines in the server's log", len(want)), func() bool { return len(a.logged()) == len(want) })
}

var accessLine = regexp.MustCompile(`(?m)^INFO: .* - "([A-Z]+ \S+) HTTP/1\.1" (\d+)`)

// logged are the lines of uvicorn's own access log: "POST /mcp 200".
func (a *app) logged() []string {
	var lines []string
	for _, m := range accessLine.FindAllStringSubmatch(a.Text(), -1) {
		lines = append(lines, m[1]+" "+m[2])
	}
	return lines
}

// TestReportServerIsTheReports holds the server to the text of the report.
func TestReportServerIsTheReports(t *testing.T) {
	text, err := os.ReadFile("testdata/report_server.py")
	if err != nil {
		t.Fatal(err)
	}
	if sum := fmt.Sprintf("%x", sha256.Sum256(text)); sum != "8cfb1e18b629f23537745c299431c68d4113f6bcb90ab55901f7e5532df41416" {
		t.Errorf("testdata/report_server.py is not the report's any more: sha256 %s", sum)
	}
}
