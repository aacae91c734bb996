package demo

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"
)

var (
	list        = modernCall("tools/list", "")
	listHeaders = modernHeaders("tools/list", "")
)

func TestFaults(t *testing.T) {
	s := start(t, Options{})
	for _, c := range []struct {
		path   string
		status int
		kind   string
		pieces []string
	}{
		{"/status/401?body=json", 401, "application/json", []string{`{"message":`}},
		{"/status/503?body=text&retry=7", 503, "text/plain; charset=utf-8", []string{`on purpose`}},
		{"/status/404?body=html", 404, "text/html; charset=utf-8", []string{`<html>`}},
		{"/status/400?body=array", 400, "application/json", []string{`[{"code"`}},
		{"/status/500?body=empty", 500, "", nil},
		{"/status/403?body=detail", 403, "application/json", []string{`{"detail":"`}},
		{"/status/418?body=long", 418, "text/plain; charset=utf-8", []string{strings.Repeat("On purpose. ", 100_000)}},
		{"/status/99", 400, "text/plain; charset=utf-8", nil},
		{"/slow?ms=1", 200, "application/json", []string{`"name":"echo"`}},
		{"/html", 200, "text/html; charset=utf-8", []string{`<html>`}},
		{"/empty200", 200, "", nil},
		{"/202", 202, "", nil},
		{"/rpc-error", 200, "application/json", []string{`"id":"q"`, `"error":{"code":-32603`}},
		{"/wrong-id", 200, "application/json", []string{`"id":"nobody-asked-this"`, `"name":"echo"`}},
		{"/wrong-type", 200, "text/plain", []string{`"id":"q"`, `"name":"echo"`}},
		{"/batch", 200, "application/json", []string{`[{"jsonrpc"`, `}]`}},
		{"/dup-keys", 200, "application/json", []string{`"name":"echo"`, `,"result":{"tools":[]},"jsonrpc":"2.0"}`}},
		{"/deep", 200, "application/json", []string{strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)}},
		{"/deep?on=tools/call", 200, "application/json", []string{`"name":"echo"`}},
		{"/html?on=initialize&as=seed", 200, "application/json", []string{`"test_tool"`}},
	} {
		t.Run(c.path, func(t *testing.T) {
			resp, body := do(t, "POST", s.URL(c.path), list, listHeaders)
			want(t, resp, body, c.status, c.pieces...)
			if kind := resp.Header.Get("Content-Type"); kind != c.kind {
				t.Error(kind)
			}
		})
	}
	if _, body := do(t, "POST", s.URL("/bad-utf8"), list, listHeaders); utf8.ValidString(body) {
		t.Error("valid UTF-8")
	}
	resp, _ := do(t, "POST", s.URL("/status/401?body=detail&challenge=1&retry=3"), "", nil)
	if !strings.HasPrefix(resp.Header.Get("WWW-Authenticate"), "Bearer resource_metadata=") || resp.Header.Get("Retry-After") != "3" {
		t.Error(resp.Header)
	}
}

func TestRedirects(t *testing.T) {
	s := start(t, Options{})
	for path, to := range map[string]string{
		"/redirect/307/same":            "/mcp",
		"/redirect/308/same?to=/modern": "/modern",
		"/redirect/302/cross":           s.ForeignURL("/mcp"),
		"/redirect/loop":                "/redirect/loop",
		"/redirect/301/loop":            "/redirect/301/loop",
	} {
		resp, _ := do(t, "POST", s.URL(path), list, key)
		if got := resp.Header.Get("Location"); got != to || resp.StatusCode/100 != 3 {
			t.Errorf("%s: %s to %s", path, resp.Status, got)
		}
	}
	resp, body := do(t, "POST", s.URL("/redirect/200/same"), list, key)
	want(t, resp, body, 400)
}

func TestCuts(t *testing.T) {
	s := start(t, Options{})
	for path, got := range map[string]string{"/cut": "event: message\ndata: {\"jsonrpc\"", "/cut-json": `{"jsonrpc"`} {
		resp, r := open(t, "POST", s.URL(path), list, listHeaders)
		body, err := io.ReadAll(r)
		if !errors.Is(err, io.ErrUnexpectedEOF) || resp.StatusCode != 200 || !strings.HasPrefix(string(body), got) {
			t.Errorf("%s: %v %.100s", path, err, body)
		}
		resp, whole := do(t, "POST", s.URL(path), modernCall("server/discover", ""), modernHeaders("server/discover", ""))
		want(t, resp, whole, 200, "supportedVersions")
	}
	if _, err := client.Do(request(t, "POST", s.URL("/die"), list, nil)); err == nil {
		t.Error("/die answered")
	}
	if all := s.Requests(); all[len(all)-1].Status != 0 {
		t.Error("/die has a status")
	}
}

func TestFloodsEndWithThePeer(t *testing.T) {
	s := start(t, Options{})
	for path, head := range map[string]string{"/endless": `{"jsonrpc":"2.0","id":"q","result":`, "/endless-line": "data: xxxx"} {
		resp, r := open(t, "POST", s.URL(path), list, listHeaders)
		got := make([]byte, 4<<20)
		if _, err := io.ReadFull(r, got); err != nil || !bytes.HasPrefix(got, []byte(head)) || bytes.IndexByte(got, '\n') >= 0 {
			t.Errorf("%s: %v %.100s", path, err, got)
		}
		resp.Body.Close()
	}
}

func TestGzipBomb(t *testing.T) {
	s := start(t, Options{})
	resp, packed := do(t, "POST", s.URL("/gzip-bomb?mb=20"), list, listHeaders.with("Accept-Encoding", "gzip"))
	if resp.Header.Get("Content-Encoding") != "gzip" || len(packed) > 50_000 {
		t.Error(len(packed), resp.Header)
	}
	z, err := gzip.NewReader(strings.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	whole, err := io.ReadAll(z)
	if err != nil || len(whole) < 20<<20 || !strings.HasSuffix(string(whole), `xxx"}}`) {
		t.Error(err, len(whole))
	}
}

func TestManyNotifications(t *testing.T) {
	s := start(t, Options{})
	resp, body := do(t, "POST", s.URL("/notifications"), toolCall("echo", `{"text":"t"}`), modernHeaders("tools/call", "echo"))
	want(t, resp, body[len(body)-300:], 200, `"progressToken":"tok","progress":100000}}`, `"text":"t"`)
	if n := strings.Count(body, "event: message\n"); n != 100_001 {
		t.Error(n)
	}
}

func TestRedirectIsFollowedToTheOtherOrigin(t *testing.T) {
	s := start(t, Options{})
	r, err := http.NewRequest("POST", s.URL("/redirect/307/cross"), strings.NewReader(list))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-API-Key", "test-key-12345")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if all := s.Foreign(); len(all) != 1 || all[0].Path != "/mcp" || all[0].Header.Get("X-API-Key") == "" {
		t.Errorf("net/http's own leak is not booked: %+v", all)
	}
}
