package peers

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

const (
	reportName = "test-server-http"
	reportPort = 8001
	reportKey  = "test-key-12345"
	wrongKey   = "wrong-key-canary-6f1d"
)

// expected are the requests that list the tools: of the report's server, which is asked for the modern revision
// first and knows tools/list alone; and of one that speaks HTTP+SSE.
var expected = map[string][]string{
	"http": {"POST /mcp server/discover", "POST /mcp initialize", "POST /mcp tools/list"},
	"sse":  {"GET /sse", "POST /messages initialize", "POST /messages notifications/initialized", "POST /messages tools/list"},
}

func keyed(kind, url, key string) entry {
	return entry{Type: kind, URL: url, Headers: map[string]string{"X-API-Key": key}}
}

func TestReportHTTPRightKey(t *testing.T) {
	server := serveApp(t, "report_server", reportPort)
	o := headfast(t, configText(t, reportName, keyed("http", server.url("/mcp"), reportKey)), "tools", reportName)
	if o.code != 0 || !strings.Contains(o.stdout, "test_tool") {
		t.Errorf("exit %d:\n%s", o.code, o.all())
	}
	server.requireOnly(expected["http"]...)
	server.requireKeyed(reportKey)
	forbid(t, o.all(), reportKey)
}

func TestReportHTTPWrongKey(t *testing.T) {
	server := serveApp(t, "report_server", reportPort)
	config := configText(t, reportName, keyed("http", server.url("/mcp"), wrongKey))
	o := headfast(t, config, "tools", reportName)
	requireRefused(t, o, config)
	server.requireOnly("POST /mcp server/discover")
	server.requireKeyed(wrongKey)
}

func TestReportHTTPOwnConfig(t *testing.T) {
	server := serveApp(t, "report_server", reportPort)
	config, err := os.ReadFile("testdata/report.mcp.json")
	if err != nil {
		t.Fatal(err)
	}
	o := headfast(t, string(config), "tools", reportName)
	requireWrongPath(t, o)
	server.requireKeyed(reportKey)
	server.requireOnly("POST /", "POST /", "GET /") // FastAPI answers 404 without reading a body; the GET asks for HTTP+SSE
	forbid(t, o.all(), reportKey)
}

func TestReportSSERightKey(t *testing.T) {
	server := serveApp(t, "sse_server", freePort(t))
	o := headfast(t, configText(t, reportName, keyed("sse", server.url("/sse"), reportKey)), "tools", reportName)
	if o.code != 0 || !strings.Contains(o.stdout, "test_tool") {
		t.Errorf("exit %d:\n%s", o.code, o.all())
	}
	server.requireOnly(expected["sse"]...)
	server.requireKeyed(reportKey)
	forbid(t, o.all(), reportKey)
}

func TestReportSSEWrongKey(t *testing.T) {
	server := serveApp(t, "sse_server", freePort(t))
	config := configText(t, reportName, keyed("sse", server.url("/sse"), wrongKey))
	requireRefused(t, headfast(t, config, "tools", reportName), config)
	server.requireOnly("GET /sse")
	server.requireKeyed(wrongKey)
}

func TestReportSSENoPath(t *testing.T) {
	server := serveApp(t, "sse_server", freePort(t))
	o := headfast(t, configText(t, reportName, keyed("sse", server.url(""), reportKey)), "tools", reportName)
	requireWrongPath(t, o)
	server.requireOnly("GET /")
	server.requireKeyed(reportKey)
	forbid(t, o.all(), reportKey)
}

// requireRefused is what a person must be told of a key that the server refused: header, file and line, the
// server's own words; never the key.
func requireRefused(t *testing.T, o outcome, config string) {
	t.Helper()
	if o.code != 5 {
		t.Errorf("exit %d, not 5", o.code)
	}
	where := fmt.Sprintf(".mcp.json:%d", lineOf(t, config, "X-API-Key"))
	if !strings.Contains(o.all(), "HF101") || !oneLineHas(o.all(), "X-API-Key", where, "Missing or invalid API key") {
		t.Errorf("no line names the header, %s and the server's words", where)
	}
	forbid(t, o.all(), wrongKey)
	if t.Failed() {
		t.Log(o.all())
	}
}

func requireWrongPath(t *testing.T, o outcome) {
	t.Helper()
	if o.code != 4 || !strings.Contains(o.all(), "HF105") || !strings.Contains(o.all(), "path") {
		t.Errorf("exit %d, and this hint at the path:\n%s", o.code, o.all())
	}
}

func oneLineHas(text string, parts ...string) bool {
	for line := range strings.Lines(text) {
		found := 0
		for _, part := range parts {
			if strings.Contains(line, part) {
				found++
			}
		}
		if found == len(parts) {
			return true
		}
	}
	return false
}
