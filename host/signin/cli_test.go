package signin_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/headfast/headfast/host/internal/testbed"
)

// The tests' own program is the browser of the command line where walkFile is set: it writes its arguments there, a line
// each, and walks the page as a person. walkDenies has the person press Cancel.
const (
	walkFile   = "HEADFAST_TEST_WALK"
	walkDenies = "HEADFAST_TEST_WALK_DENIES"
)

// runWalk is that program. Its exit code is not 0 where the page did not end at the client.
func runWalk(file string) {
	if err := os.WriteFile(file, []byte(strings.Join(os.Args[1:], "\n")), 0o600); err != nil || len(os.Args) != 2 {
		os.Exit(1)
	}
	l, err := newWalker(anybody([]person{{Denies: os.Getenv(walkDenies) != ""}})).walk(os.Args[1])
	if err != nil || !l.Redirected {
		fmt.Fprintln(os.Stderr, err, l.Pages)
		os.Exit(1)
	}
}

// terminalLess is a folder to run the command in, for one protected server.
type terminalLess struct {
	t       *testing.T
	dir     string
	env     []string
	walked  string
	outputs []string
}

func inFolder(t *testing.T, mcp *protectedServer, more ...string) *terminalLess {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	f := &terminalLess{t: t, dir: dir, walked: filepath.Join(dir, "walked")}
	config := fmt.Sprintf(`{"mcpServers": {"acme": {"type": "http", "url": %q, "oauth": {}}}}`, mcp.URL)
	if err := os.WriteFile(filepath.Join(dir, ".mcp.json"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	f.env = append(os.Environ(), "HOME="+dir, "HEADFAST_STORE="+filepath.Join(dir, "store"), "HEADFAST_NO_WARM=1", "DBUS_SESSION_BUS_ADDRESS=", "BROWSER="+self, walkFile+"="+f.walked)
	f.env = append(f.env, more...)
	return f
}

// run runs the command and is what it printed.
func (f *terminalLess) run(code int, args ...string) string {
	f.t.Helper()
	cmd := exec.CommandContext(f.t.Context(), testbed.Need(f.t, testbed.CLI), args...)
	var all bytes.Buffer
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = f.dir, f.env, &all, &all
	if err := cmd.Run(); err != nil && !errors.As(err, new(*exec.ExitError)) {
		f.t.Fatal(err)
	}
	if got := cmd.ProcessState.ExitCode(); got != code {
		f.t.Errorf("%q ended with %d, not %d\n%s", args, got, code, all.String())
	}
	f.outputs = append(f.outputs, all.String())
	return all.String()
}

// TestCommandLine signs in at oidc-provider through the command, as a person does: login, use, list, logout.
func TestCommandLine(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	mcp := startProtected(t, Protected{AS: as})
	f := inFolder(t, mcp)
	f.run(6, "tools", "acme")
	if out := f.run(0, "login", "acme", "--trace"); !strings.Contains(out, "ok acme  signed in at "+as.Issuer) {
		t.Errorf("%s", out)
	}
	if text, err := os.ReadFile(f.walked); err != nil || !strings.HasPrefix(string(text), as.Meta.Authorize+"?") || strings.Contains(string(text), "\n") {
		t.Errorf("the browser was given %q, %v", text, err)
	}
	if out := f.run(0, "tools", "acme", "--trace"); !strings.Contains(out, "echo") {
		t.Errorf("%s", out)
	}
	var listed struct {
		Accounts []struct {
			Issuer, URL string
			Renews      bool
		}
	}
	if err := json.Unmarshal([]byte(f.run(0, "tokens", "--json")), &listed); err != nil || len(listed.Accounts) != 1 ||
		listed.Accounts[0].Issuer != as.Issuer || listed.Accounts[0].URL != mcp.URL || !listed.Accounts[0].Renews {
		t.Errorf("%+v, %v", listed, err)
	}
	f.run(0, "tokens")

	forms := as.grants("authorization_code")
	if len(forms) != 1 {
		t.Fatalf("%d codes were given for tokens", len(forms))
	}
	var got struct {
		Access  string `json:"access_token"`
		Refresh string `json:"refresh_token"`
	}
	if err := json.Unmarshal(forms[0].Answer.Body, &got); err != nil || got.Access == "" || got.Refresh == "" {
		t.Fatal(err)
	}
	f.run(0, "logout", "acme")
	if about, err := as.introspect(got.Access); err != nil || about.Active {
		t.Errorf("the token is still good: %+v, %v", about, err)
	}
	f.run(6, "tools", "acme")
	for _, out := range f.outputs {
		for _, secret := range []string{got.Access, got.Refresh, forms[0].form().Get("code"), forms[0].form().Get("code_verifier")} {
			if secret == "" || strings.Contains(out, secret) {
				t.Errorf("a secret was printed, or is none: %q\n%s", secret, out)
			}
		}
	}
}

// TestCommandLineDenied: who presses Cancel is told so.
func TestCommandLineDenied(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	out := inFolder(t, startProtected(t, Protected{AS: as}), walkDenies+"=1").run(5, "login", "acme")
	if !strings.Contains(out, "The sign-in was declined  HF130") || !strings.Contains(out, "access_denied") {
		t.Errorf("%s", out)
	}
}
