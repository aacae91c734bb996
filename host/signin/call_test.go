package signin_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// called is what came of a call.
type called struct {
	Status    int
	Challenge string
	Body      string
}

// call calls a tool of a protected server, in revision 2026-07-28, with these headers: names and values by turns.
func call(t *testing.T, mcp *protectedServer, tool string, headers ...string) called {
	t.Helper()
	body := fmt.Sprintf(`{"jsonrpc":"2.0","id":"1","method":"tools/call","params":{"name":%q,"arguments":{"text":"hello"},"_meta":{`+
		`"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},`+
		`"io.modelcontextprotocol/clientInfo":{"name":"by hand","version":"1"}}}}`, tool)
	return post(t, mcp, body, append(headers, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call", "Mcp-Name", tool)...)
}

// post sends a message to a protected server.
func post(t *testing.T, mcp *protectedServer, body string, headers ...string) called {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, mcp.URL, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json, text/event-stream")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return called{answer.StatusCode, answer.Header.Get("WWW-Authenticate"), string(said)}
}

// bearing calls echo with a token.
func bearing(t *testing.T, mcp *protectedServer, token string) called {
	t.Helper()
	return call(t, mcp, "echo", "Authorization", "Bearer "+token)
}

// wantOK is a call that was answered by the tool.
func wantOK(t *testing.T, c called) {
	t.Helper()
	if c.Status != http.StatusOK || !strings.Contains(c.Body, "hello") {
		t.Errorf("the call: %+v", c)
	}
}

// wantRefused is a call that was not, with these texts in the challenge.
func wantRefused(t *testing.T, c called, status int, challenge ...string) {
	t.Helper()
	if c.Status != status {
		t.Errorf("the call: %+v, want status %d", c, status)
	}
	for _, part := range challenge {
		if !strings.Contains(c.Challenge, part) {
			t.Errorf("the challenge is %q, want %q in it", c.Challenge, part)
		}
	}
}

// fetchJSON reads a document as any client does.
func fetchJSON(t *testing.T, address string, into any) {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", address, answer.Status)
	}
	if err := json.NewDecoder(answer.Body).Decode(into); err != nil {
		t.Fatal(err)
	}
}
