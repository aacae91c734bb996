package signin_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/headfast/headfast/host/internal/testbed"
)

// exported runs the command with --curl and --har, and gives the commands that it printed; both are looked through for
// secrets later.
func (f *terminalLess) exported(code int, args ...string) (all []testbed.CurlCommand) {
	f.t.Helper()
	har := filepath.Join(f.dir, "run.har")
	var d struct{ Curl []string }
	out := f.run(code, append(args, "--json", "--curl", "--har", har)...)
	if err := json.Unmarshal([]byte(out[strings.IndexByte(out, '{'):]), &d); err != nil || len(d.Curl) == 0 {
		f.t.Fatalf("%v\n%s", err, out)
	}
	text, err := os.ReadFile(har)
	if err != nil || !json.Valid(text) {
		f.t.Fatalf("the HAR: %v %s", err, text)
	}
	f.outputs = append(f.outputs, string(text))
	return testbed.CurlCommands(strings.Join(d.Curl, "\n\n"))
}

// TestCommandsOfASignIn: every request of a sign-in, and those with its token, can be made again by the command that was
// printed for it, with the same status; but for the code, which is good once.
func TestCommandsOfASignIn(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	f := inFolder(t, startProtected(t, Protected{AS: as}))
	refused := f.exported(6, "tools", "acme")
	login := f.exported(0, "login", "acme")
	use := f.exported(0, "call", "acme", "echo", "text=it's $(exit 9)")
	form := as.grants("authorization_code")[0]
	var got struct {
		Access  string `json:"access_token"`
		Refresh string `json:"refresh_token"`
	}
	if err := json.Unmarshal(form.Answer.Body, &got); err != nil || got.Access == "" {
		t.Fatal(err)
	}
	values := map[string]string{"ACCESS_TOKEN": got.Access, "CODE": form.form().Get("code"), "CODE_VERIFIER": form.form().Get("code_verifier")}
	kinds := ""
	for _, c := range append(append(refused, use...), login...) { // the code last: to give it twice ends the sign-in
		want := c.Status
		if strings.Contains(c.Text, "$CODE\"") {
			want, kinds = "400", kinds+" code"
		}
		if strings.Contains(c.Text, "$ACCESS_TOKEN") {
			kinds += " token"
		}
		if strings.Contains(c.Headline(), "registers this program") {
			kinds += " registration"
		}
		if status := c.Run(t, values); status != want {
			t.Errorf("curl gets %s, and we %s\n%s", status, c.Status, c.Text)
		}
	}
	for _, kind := range []string{" code", " token", " registration"} {
		if !strings.Contains(kinds, kind) {
			t.Errorf("no command has a%s: %s", kind, kinds)
		}
	}
	f.mustNotHave(got.Access, got.Refresh, values["CODE"], values["CODE_VERIFIER"])
}

// TestCommandsOfAClient: where a client signs in by itself, its requests for a token can be made again.
func TestCommandsOfAClient(t *testing.T) {
	t.Parallel()
	for method, values := range map[string]map[string]string{
		"client_secret_basic": {"CLIENT_CREDENTIALS": base64.StdEncoding.EncodeToString([]byte("confidential:" + fakeSecret))},
		"client_secret_post":  {"CLIENT_SECRET": fakeSecret},
	} {
		as := startOIDC(t, OIDC{Clients: []map[string]any{{"client_id": "posts", "client_secret": fakeSecret, "token_endpoint_auth_method": "client_secret_post",
			"redirect_uris": []string{}, "response_types": []string{}, "grant_types": []string{"client_credentials"}}}})
		mcp := startProtected(t, Protected{AS: as})
		f := inFolder(t, mcp, "THE_SECRET="+fakeSecret)
		client := map[string]string{"client_secret_basic": "confidential", "client_secret_post": "posts"}[method]
		config := fmt.Sprintf(`{"mcpServers": {"acme": {"type": "http", "url": %q, "oauth": {"grant": "client_credentials", "clientId": %q, "clientSecret": "${THE_SECRET}", "tokenEndpointAuthMethod": %q, "issuer": %q}}}}`,
			mcp.URL, client, method, as.Issuer)
		if err := os.WriteFile(filepath.Join(f.dir, ".mcp.json"), []byte(config), 0o600); err != nil {
			t.Fatal(err)
		}
		all := f.exported(0, "tools", "acme")
		var got struct {
			Access string `json:"access_token"`
		}
		if err := json.Unmarshal(as.grants("client_credentials")[0].Answer.Body, &got); err != nil || got.Access == "" {
			t.Fatal(err)
		}
		values["ACCESS_TOKEN"] = got.Access
		tokens := 0
		for _, c := range all {
			if strings.Contains(c.Text, "grant_type=client_credentials") {
				tokens++
			}
			if status := c.Run(t, values); status != c.Status {
				t.Errorf("%s: curl gets %s, and we %s\n%s", method, status, c.Status, c.Text)
			}
		}
		if tokens != 1 {
			t.Errorf("%s: %d requests for a token", method, tokens)
		}
		f.mustNotHave(got.Access, fakeSecret, values["CLIENT_CREDENTIALS"])
	}
}

// mustNotHave looks for secrets in all that was printed and written.
func (f *terminalLess) mustNotHave(secrets ...string) {
	f.t.Helper()
	for _, out := range f.outputs {
		for _, secret := range secrets {
			if secret != "" && strings.Contains(out, secret) {
				f.t.Errorf("a secret is printed, %q:\n%s", secret, out)
			}
		}
	}
}
