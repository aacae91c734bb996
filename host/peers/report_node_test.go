package peers

import (
	"fmt"
	"slices"
	"testing"
)

func TestReportNodeRightKey(t *testing.T) {
	for _, kind := range []string{"http", "sse"} {
		t.Run(kind, func(t *testing.T) {
			server, url := serveKind(t, kind)
			v, out := inNode(t, errand{Config: configText(t, reportName, keyed(kind, url, reportKey))})
			if v.Error != nil || !slices.Equal(v.Tools, []string{"test_tool"}) {
				t.Errorf("got %s", out)
			}
			server.requireOnly(expected[kind]...)
			server.requireKeyed(reportKey)
			forbid(t, out, reportKey)
		})
	}
}

func TestReportNodeWrongKey(t *testing.T) {
	for _, kind := range []string{"http", "sse"} {
		t.Run(kind, func(t *testing.T) {
			server, url := serveKind(t, kind)
			config := configText(t, reportName, keyed(kind, url, wrongKey))
			v, out := inNode(t, errand{Config: config})
			where := fmt.Sprintf(".mcp.json:%d", lineOf(t, config, "X-API-Key"))
			if v.Error == nil || v.Error.Code != "HF101" || v.Error.Status != 401 || v.Error.Where != where {
				t.Errorf("got %s, not HF101 of %s", out, where)
			}
			want := map[string]string{"http": "POST /mcp server/discover", "sse": "GET /sse"}
			server.requireOnly(want[kind])
			server.requireKeyed(wrongKey)
			forbid(t, out, wrongKey)
		})
	}
}

func serveKind(t *testing.T, kind string) (*app, string) {
	t.Helper()
	if kind == "sse" {
		a := serveApp(t, "sse_server", freePort(t))
		return a, a.url("/sse")
	}
	a := serveApp(t, "report_server", reportPort)
	return a, a.url("/mcp")
}
