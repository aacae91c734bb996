package provider_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/headfast/headfast/wasm/oauth"
	"github.com/headfast/headfast/wasm/provider"
	"github.com/headfast/headfast/wasm/trace"
)

var update = flag.Bool("update", false, "write what comes out into the golden files")

// exchange is an answer in a provider's exchanges.txt: a line "== KIND STATUS TYPE", comments, and the body.
type exchange struct {
	kind, contentType string
	status            uint32
	body              []byte
}

func exchanges(t *testing.T, file string) (all []exchange) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, section := range strings.Split(string(text), "\n== ")[1:] {
		head, rest, _ := strings.Cut(section, "\n")
		words := strings.Fields(head)
		status, err := strconv.ParseUint(words[1], 10, 32)
		if err != nil || len(words) != 3 {
			t.Fatalf("%s: %q", file, head)
		}
		for strings.HasPrefix(rest, "# ") {
			_, rest, _ = strings.Cut(rest, "\n")
		}
		all = append(all, exchange{words[0], words[2], uint32(status), []byte(strings.TrimSpace(rest))})
	}
	return all
}

// TestExchanges plays what each provider is known to answer: it is recognised, its documents are read, and what people
// read of its errors is as in golden.txt.
func TestExchanges(t *testing.T) {
	data, _ := filepath.Glob("data/*.txt")
	for _, file := range data {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(name, func(t *testing.T) {
			var p play
			for _, x := range exchanges(t, "testdata/"+name+"/exchanges.txt") {
				p.say("\n== %s %d\n", x.kind, x.status)
				p.one(t, x)
			}
			if p.issuer == "" || p.refusals == 0 {
				t.Error("it has no metadata, or no error")
			}
			golden(t, "testdata/"+name+"/golden.txt", strings.TrimPrefix(p.out.String(), "\n"))
		})
	}
}

type play struct {
	asked, issuer string
	known         *provider.Provider
	refusals      int
	out           strings.Builder
}

func (p *play) say(format string, args ...any) { fmt.Fprintf(&p.out, format, args...) }

func (p *play) one(t *testing.T, x exchange) {
	t.Helper()
	switch x.kind {
	case oauth.AtResource:
		r, err := oauth.ParseResource(x.body)
		if err != nil || len(r.Servers) != 1 {
			t.Fatal(r, err)
		}
		p.asked = r.Servers[0]
		p.say("%s\n", provider.Of(p.asked).Name)
	case oauth.AtServer:
		p.server(t, x.body)
	default:
		p.answer(x)
	}
}

// server reads the metadata: the issuer must be the one asked for, or one that this provider may call itself.
func (p *play) server(t *testing.T, body []byte) {
	s, err := oauth.ParseServer(body)
	if err != nil {
		t.Fatal(err)
	}
	p.issuer, p.known = s.Issuer, provider.Of(s.Issuer)
	if p.known == nil || !provider.Of(p.asked).Issuer(p.asked, s.Issuer) {
		t.Errorf("%s calls itself %s", p.asked, s.Issuer)
	}
	for _, endpoint := range []string{s.Authorize, s.Token} {
		u, err := oauth.SafeURL(endpoint, false)
		if err != nil || u.Private() {
			t.Error(endpoint, err)
		}
		if q := provider.Of(endpoint); q == nil || q.Name != p.known.Name {
			t.Errorf("the endpoint %s is not recognised", endpoint)
		}
	}
	if (s.Register == "") != (p.known.Quirk(provider.Registration) == "no") {
		t.Errorf("registration_endpoint is %q, and registration %q", s.Register, p.known.Quirk(provider.Registration))
	}
	if s.HasChallenges == (p.known.Quirk(provider.ChallengeMethod) != "") {
		t.Errorf("code_challenge_methods_supported is %v", s.Challenges)
	}
	p.say("%s\nchallenges %v, methods %v\n", s.Issuer, s.Challenges, s.AuthMethods)
}

// answer reads what other endpoints say.
func (p *play) answer(x exchange) {
	refusal, unreadable := p.read(x)
	if refusal == nil && unreadable == nil && x.status/100 == 2 {
		p.say("is read\n")
		return
	}
	p.refusals++
	excerpt, code := new(trace.Redactor).Excerpt(x.contentType, x.body, false), ""
	if refusal != nil {
		excerpt, code = trace.Line(refusal.Description), refusal.Code
	}
	p.say("%s\n", oauth.Says(x.kind, x.status, refusal, unreadable, excerpt))
	if advice := p.known.Advice(provider.Topic(x.kind, code)); advice != "" {
		p.say("%s\n", advice)
	}
}

func (p *play) read(x exchange) (refusal *oauth.Refusal, unreadable error) {
	switch {
	case x.kind == oauth.AtAuthorization:
		c, err := oauth.ParseCallback(string(x.body))
		if err != nil {
			return nil, err
		}
		return &oauth.Refusal{Code: c.Error, Description: c.Description}, nil
	case x.status/100 != 2:
		return oauth.ParseRefusal(x.contentType, x.body), nil
	case x.kind == oauth.AtRegistration:
		_, refusal, unreadable = oauth.ParseRegistration(x.contentType, x.body)
	case x.kind == oauth.AtDevice:
		_, refusal, unreadable = oauth.ParseDevice(x.contentType, x.body)
	default:
		_, refusal, unreadable = oauth.ParseToken(x.contentType, x.body)
	}
	return refusal, unreadable
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	want, err := os.ReadFile(file)
	if *update {
		err = os.WriteFile(file, []byte(got), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) && !*update {
		t.Errorf("%s differs: got\n%s", file, got)
	}
}
