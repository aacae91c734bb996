package signin_test

import (
	"cmp"
	"os/exec"
	"testing"
	"time"

	"github.com/headfast/headfast/host/internal/testbed"
)

// Zitadel are the settings of github.com/zitadel/oidc. It has no registration, knows nothing of resources, does not
// name itself in the redirect, and has its metadata at the address of OpenID Connect only. Its issuer ends in a slash.
// A refresh token is good for once; one that is used again takes no other with it.
type Zitadel struct {
	Access   time.Duration // the life of an access token, five minutes
	Redirect string        // of its clients, "http://127.0.0.1/callback" on any port
}

func startZitadel(t *testing.T, z Zitadel) *authServer {
	t.Helper()
	as := &authServer{
		recorder: record(t), Clients: map[string]string{"native": "", "web": fakeSecret, "device": fakeSecret},
		Scopes: []string{"openid"},
	}
	as.allow = func(*testing.T, string, []string) {}
	var ready struct{ Issuer, Origin string }
	p := testbed.StartServer(t, exec.Command(testbed.Need(t, zitadelProgram), "-issuer", as.origin+"/",
		"-redirect", cmp.Or(z.Redirect, "http://127.0.0.1/callback"),
		"-access", cmp.Or(z.Access, 5*time.Minute).String()), &ready)
	as.started(t, p, ready.Issuer, ready.Origin)
	return as
}
