package weburl

import (
	"net/url"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for in, want := range map[string]string{
		"https://h.test":                    "https://h.test/",
		"HTTPS://H.Test:443/A/../b/./c?q#f": "https://h.test/b/c?q",
		"http://h.test:80":                  "http://h.test/",
		"http://h.test:8080/mcp":            "http://h.test:8080/mcp",
		"http://h.test:/mcp":                "http://h.test/mcp",
		"http://[::1]:3000/x":               "http://[::1]:3000/x",
		"http://[2001:DB8::1]/":             "http://[2001:db8::1]/",
		"http://127.0.0.1/%2e%2E/x":         "http://127.0.0.1/x",
		"https://h.test/a%2Fb":              "https://h.test/a%2Fb",
		"https://a.b-c_d.test/..":           "https://a.b-c_d.test/",
	} {
		u, err := Parse(in)
		if err != nil || u.String() != want {
			t.Errorf("%s is read as %s, %v; want %s", in, u, err, want)
		}
	}
	for _, in := range []string{"", "h.test/mcp", "//h.test", "ftp://h.test", "https://", "https:///x", "https://u@h.test", "https://u:p@h.test",
		"https://h.test:99999", "https://h.test:x", "https://h.test:+1", "https://h .test", "https://h.test/a b", "https://h.test\\x", "https://h.test/\x00",
		"https://hé.test", "https://１２７.0.0.1", "http://127.1", "http://0x7f.0.0.1", "http://2130706433", "http://0177.0.0.1", "http://1.2.3.4.5", "http://1.2.3.256",
		"http://01.2.3.4", "http://a..b", "http://.a", "http://[::1", "http://[::1%25eth0]", "http://[::ffff:1.2.3.4]", "http://[1:2:3]", "http://[:::1]", "http://[::1::]", "http://[g::]",
		"https://h.test|x", "https://h%2etest", "javascript:alert(1)", "https://h.test/<x>"} {
		if u, err := Parse(in); err == nil {
			t.Errorf("%q is read as %s; want an error", in, u)
		}
	}
}

func TestResolve(t *testing.T) {
	base, err := Parse("https://h.test:8443/a/b?q")
	if err != nil {
		t.Fatal(err)
	}
	for ref, want := range map[string]string{
		"/x": "https://h.test:8443/x", "x": "https://h.test:8443/a/x", "./x?y": "https://h.test:8443/a/x?y", "../../../x": "https://h.test:8443/x",
		"?z": "https://h.test:8443/a/b?z", "#f": "https://h.test:8443/a/b?q", "": "https://h.test:8443/a/b?q",
		"//evil.test/x": "https://evil.test/x", "http://evil.test": "http://evil.test/", "HTTPS://H.test:8443/y": "https://h.test:8443/y",
		"x:y/z": "", "/x y": "", "\\\\evil.test": "", "https:evil.test": "", "/a:b": "https://h.test:8443/a:b", "//": "", "javascript:x": "",
	} {
		u, err := base.Resolve(ref)
		if got := ""; err == nil {
			if got = u.String(); got != want {
				t.Errorf("%q leads to %s; want %q", ref, got, want)
			}
		} else if want != "" {
			t.Errorf("%q: %v; want %s", ref, err, want)
		}
	}
}

func TestEscape(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "aZ09-._~": "aZ09-._~", "a b+c/d?e=f&g%h": "a%20b%2Bc%2Fd%3Fe%3Df%26g%25h", "ü\x00\xff'\"": "%C3%BC%00%FF%27%22",
	} {
		got := Escape(in)
		if back, err := url.QueryUnescape(got); got != want || err != nil || back != in {
			t.Errorf("%q is written as %s and read as %q, %v; want %s", in, got, back, err, want)
		}
	}
}

func TestLoopback(t *testing.T) {
	for in, want := range map[string]bool{
		"http://localhost": true, "http://LOCALHOST:1": true, "http://a.localhost": true, "http://127.0.0.1": true, "http://127.9.9.9": true, "http://[::1]": true,
		"http://localhost.evil.test": false, "http://127.0.0.1.evil.test": false, "http://notlocalhost": false, "http://128.0.0.1": false, "http://[::2]": false,
	} {
		u, err := Parse(in)
		if err != nil || u.Loopback() != want {
			t.Errorf("%s: loopback %v, %v; want %v", in, u.Loopback(), err, want)
		}
	}
}

// FuzzParse: what is accepted is read alike by net/url, which the Go driver uses, and is stable: parsing what
// is written gives the same again. A reference never changes the origin unless it names one.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"https://h.test:8443/a/../b?q#f", "http://[::1]:80/", "http://127.0.0.1/%2e%2e", "//x", "/y", "?z", "http://a:b@c/", "http://1.2.3/"} {
		f.Add(s)
	}
	base, err := Parse("https://base.test/a/b")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if u, err := Parse(s); err == nil {
			agree(t, s, u)
		}
		u, err := base.Resolve(s)
		if err != nil {
			return
		}
		agree(t, s, u)
		if !u.SameOrigin(base) && !strings.HasPrefix(s, "//") && !hasScheme(s) {
			t.Fatalf("%q leads away to %s", s, u)
		}
	})
}

func agree(t *testing.T, s string, u URL) {
	t.Helper()
	again, err := Parse(u.String())
	if err != nil || again != u {
		t.Fatalf("%q is written as %s and then read as %s, %v", s, u, again, err)
	}
	_ = u.Private() // does not panic
	theirs, err := url.Parse(u.String())
	if err != nil {
		return // net/url refuses it: then the driver does not send it
	}
	if theirs.Scheme != u.Scheme || theirs.Host != u.Authority() || theirs.User != nil {
		t.Fatalf("%q: we read %s as host %q, net/url as %q", s, u, u.Authority(), theirs.Host)
	}
}
