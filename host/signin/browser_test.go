package signin_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os/exec"
	"testing"

	"github.com/headfast/headfast/host/internal/testbed"
)

// browser does what walk does, in a real Chromium. Each is a context of its own, without cookies. As browsers do, it
// may ask a client's listener for /favicon.ico too.
func browser(t *testing.T, address string, who ...person) landing {
	t.Helper()
	line, err := page.Visit(t, map[string]any{"address": address, "person": anybody(who)})
	if err != nil {
		t.Fatal(err)
	}
	var v struct {
		URL        string
		Redirected bool
		Status     int
		Headers    []struct{ Name, Value string }
		Body       string
		Pages      []string
		Broken     string
	}
	if err := json.Unmarshal(line, &v); err != nil {
		t.Fatalf("%v\n%s", err, line)
	}
	if v.Broken != "" {
		t.Fatalf("the browser broke: %s", v.Broken)
	}
	u, err := url.Parse(v.URL)
	if err != nil {
		t.Fatal(err)
	}
	l := landing{URL: u, Redirected: v.Redirected, Status: v.Status, Header: http.Header{}, Body: v.Body, Pages: v.Pages}
	for _, h := range v.Headers {
		l.Header.Add(h.Name, h.Value)
	}
	return l
}

// page is one Chromium for all tests.
var page = testbed.Browser{Script: func(t *testing.T) *exec.Cmd { return nodeScript(t, "browser.mjs") }}
