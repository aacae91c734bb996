package signin_test

import (
	"encoding/json"
	"os/exec"
	"testing"

	"github.com/headfast/headfast/host/internal/testbed"
)

// GoSDK says what the MCP server of gosdk/main.go wants: it is the Go SDK's, with the SDK's own guard. Its tools are
// echo and write.
type GoSDK struct {
	AS *authServer
	// Scopes are those that every request needs; where nil, what the authorization server has for that.
	Scopes []string
	// Write is the further scope that a call of write needs, "mcp:write" where empty.
	Write string
	// Sessions has it speak the revisions with sessions, to 2025-11-25; else it speaks 2026-07-28 too.
	Sessions bool
}

func startGoSDK(t *testing.T, g GoSDK) *protectedServer {
	t.Helper()
	if g.Scopes == nil {
		g.Scopes = g.AS.Scopes
	}
	if g.Write == "" {
		g.Write = "mcp:write"
	}
	m := newProtected(t, Protected{AS: g.AS, Path: "/mcp", Scopes: g.Scopes, Tools: map[string]string{"write": g.Write}})
	m.moveTo(t, g.AS)
	settings, err := json.Marshal(map[string]any{
		"resource": m.URL, "metadata": m.Metadata, "issuer": g.AS.Issuer, "anyone": !g.AS.Resources,
		"introspect": g.AS.backend + path(g.AS.Meta.Introspect), "client": resourceClient, "secret": fakeSecret,
		"scopes": g.Scopes, "write": g.Write, "sessions": g.Sessions,
	})
	if err != nil {
		t.Fatal(err)
	}
	var ready struct{ Origin string }
	m.process = testbed.StartServer(t, exec.Command(testbed.Need(t, goSDKProgram), string(settings)), &ready)
	m.behind(passOn(t, ready.Origin))
	return m
}
