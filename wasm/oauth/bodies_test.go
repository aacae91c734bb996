package oauth

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// odd is a body of testdata/oauth-bodies; its README.txt tells the format.
type odd struct {
	file, kind, contentType string
	status                  uint32
	header                  []string
	rest                    string
	body                    []byte
}

func oddBodies(t testing.TB) (all []odd) {
	t.Helper()
	files, _ := filepath.Glob("../testdata/oauth-bodies/*-*.txt")
	if len(files) < 60 {
		t.Fatalf("only %d bodies", len(files))
	}
	for _, file := range files {
		all = append(all, readOdd(t, file))
	}
	return all
}

func readOdd(t testing.TB, file string) odd {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, _ := strings.Cut(string(text), "\n\n")
	o := odd{file: file, header: strings.Split(head, "\n"), rest: rest, body: []byte(strings.TrimSuffix(rest, "\n"))}
	for _, line := range o.header {
		switch name, value, _ := strings.Cut(line, ": "); name {
		case "kind":
			o.kind = value
		case "type":
			o.contentType = value
		case "status":
			n, err := strconv.ParseUint(value, 10, 32)
			if err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			o.status = uint32(n)
		case "body":
			o.body = pieces(t, string(o.body))
		}
	}
	return o
}

func pieces(t testing.TB, text string) (body []byte) {
	t.Helper()
	for _, line := range strings.Split(text, "\n") {
		count, quoted, _ := strings.Cut(line, " ")
		n, err := strconv.Atoi(count)
		if err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		body = append(body, strings.Repeat(literal(t, quoted), n)...)
	}
	return body
}

// read is what is understood of a body, as the file's want line has it.
func (o *odd) read() (want string, refusal *Refusal, unreadable error) {
	kind, _, _ := strings.Cut(o.contentType, ";")
	if o.status/100 != 2 {
		refusal = ParseRefusal(kind, o.body)
		if refusal == nil {
			return "nothing", nil, nil
		}
	} else {
		want, refusal, unreadable = o.success(kind)
	}
	switch {
	case unreadable != nil:
		want = "unreadable " + unreadable.Error()
	case refusal != nil && refusal.Code == "":
		want = fmt.Sprintf("refusal - %q", short(refusal.Description))
	case refusal != nil:
		want = fmt.Sprintf("refusal %s %q", refusal.Code, refusal.Description)
	}
	return want, refusal, unreadable
}

func (o *odd) success(kind string) (want string, refusal *Refusal, unreadable error) {
	switch o.kind {
	case AtResource:
		r, err := ParseResource(o.body)
		if err != nil {
			return "", nil, err
		}
		return line("resource "+strconv.Quote(r.Resource), "servers", r.Servers, "scopes", r.Scopes, "methods", r.BearerMethods, "name", r.Name, "dpop", r.DPoPBound), nil, nil
	case AtServer:
		s, err := ParseServer(o.body)
		if err != nil {
			return "", nil, err
		}
		return line("server "+strconv.Quote(s.Issuer), "token", s.Token, "register", s.Register, "challenges", s.Challenges), nil, nil
	case AtRegistration:
		c, refusal, err := ParseRegistration(kind, o.body)
		if c == nil {
			return "", refusal, err
		}
		return line("client", "id", c.ID, "secret", c.Secret, "until", c.SecretExpires, "method", c.AuthMethod, "grants", c.GrantTypes, "redirects", c.RedirectURIs), nil, nil
	case AtDevice:
		d, refusal, err := ParseDevice(kind, o.body)
		if d == nil {
			return "", refusal, err
		}
		return line("device", "code", d.DeviceCode, "user", d.UserCode, "at", d.VerificationURI, "whole", d.VerificationURIComplete, "expires", d.ExpiresIn, "interval", d.Interval), nil, nil
	}
	token, refusal, err := ParseToken(kind, o.body)
	if token == nil {
		return "", refusal, err
	}
	text := line("token", "access", short(token.Access), "scheme", token.Scheme(), "expires", token.ExpiresIn, "refresh", token.Refresh)
	if token.HasScope {
		text += fmt.Sprintf(" scope=%q", token.Scope)
	}
	return text, nil, nil
}

// short stands for a text that is too long for a line.
func short(s string) string {
	if len(s) > 1000 {
		return strconv.Itoa(len(s)) + "-bytes"
	}
	return s
}

// line writes names and values behind a word, without those that are empty.
func line(text string, pairs ...any) string {
	for i := 0; i < len(pairs); i += 2 {
		switch v := pairs[i+1].(type) {
		case string:
			if v != "" {
				text += fmt.Sprintf(" %s=%s", pairs[i], v)
			}
		case []string:
			if v != nil {
				text += fmt.Sprintf(" %s=%s", pairs[i], strings.Join(v, ","))
			}
		case int64:
			if v != 0 {
				text += fmt.Sprintf(" %s=%d", pairs[i], v)
			}
		case bool:
			if v {
				text += fmt.Sprintf(" %s", pairs[i])
			}
		}
	}
	return text
}

// TestOddBodies reads every body and compares with its want line.
func TestOddBodies(t *testing.T) {
	for _, o := range oddBodies(t) {
		want, _, _ := o.read()
		o.expect(t, want)
	}
}

// expect compares with the file's want line, or writes it.
func (o *odd) expect(t *testing.T, want string) {
	t.Helper()
	for i, text := range o.header {
		has, ok := strings.CutPrefix(text, "want: ")
		if !ok || has == want {
			continue
		}
		t.Errorf("%s: %s, want %s", o.file, want, has)
		if *update {
			o.header[i] = "want: " + want
			if err := os.WriteFile(o.file, []byte(strings.Join(o.header, "\n")+"\n\n"+o.rest), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
