// Command gosdk is an MCP server on the Go SDK, protected by the SDK's own middleware: RFC 9728 metadata, the
// challenge, and tokens that the authorization server is asked about. It listens on a port of 127.0.0.1 that the system
// chooses, prints {"origin"} and ends with its input. Its tools are echo, and write, which wants a further scope.
//
//	gosdk SETTINGS
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/modelcontextprotocol/go-sdk/auth"
	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/modelcontextprotocol/go-sdk/oauthex"
)

// settings are its only argument, as JSON.
type settings struct {
	Resource   string   `json:"resource"`   // the URL that clients know
	Metadata   string   `json:"metadata"`   // the URL of its metadata
	Issuer     string   `json:"issuer"`     // of the tokens
	Introspect string   `json:"introspect"` // where to ask about one
	Client     string   `json:"client"`     // as whom
	Secret     string   `json:"secret"`
	Scopes     []string `json:"scopes"`   // that every request needs
	Write      string   `json:"write"`    // that a call of write needs, too
	Anyone     bool     `json:"anyone"`   // the authorization server knows no resources
	Sessions   bool     `json:"sessions"` // revisions with sessions only; else 2026-07-28 too
}

func main() {
	var s settings
	if len(os.Args) != 2 || json.Unmarshal([]byte(os.Args[1]), &s) != nil {
		log.Fatal("usage: gosdk SETTINGS")
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	resource, err := url.Parse(s.Resource)
	if err != nil {
		log.Fatal(err)
	}
	metadata, err := url.Parse(s.Metadata)
	if err != nil {
		log.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle(metadata.Path, auth.ProtectedResourceMetadataHandler(&oauthex.ProtectedResourceMetadata{
		Resource:               s.Resource,
		AuthorizationServers:   []string{s.Issuer},
		ScopesSupported:        append(slices.Clone(s.Scopes), s.Write),
		BearerMethodsSupported: []string{"header"},
	}))
	guard := auth.RequireBearerToken(s.verify, &auth.RequireBearerTokenOptions{ResourceMetadataURL: s.Metadata, Scopes: s.Scopes})
	mux.Handle(resource.Path, guard(s.stepUp(s.serve())))

	if err := json.NewEncoder(os.Stdout).Encode(map[string]string{"origin": "http://" + listener.Addr().String()}); err != nil {
		log.Fatal(err)
	}
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	log.Fatal(http.Serve(listener, mux))
}

func (s settings) serve() http.Handler {
	server := mcp.NewServer(&mcp.Implementation{Name: "protected", Version: "1"}, nil)
	type said struct {
		Text string `json:"text"`
	}
	say := func(_ context.Context, r *mcp.CallToolRequest, in said) (*mcp.CallToolResult, any, error) {
		text := fmt.Sprintf("%s says %s", r.Extra.TokenInfo.UserID, in.Text)
		return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: text}}}, nil, nil
	}
	mcp.AddTool(server, &mcp.Tool{Name: "echo"}, say)
	mcp.AddTool(server, &mcp.Tool{Name: "write"}, say)
	how := &mcp.StreamableHTTPOptions{Stateless: !s.Sessions}
	return mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server }, how)
}

// direct has a connection for each request: Node closes one that is idle for five seconds, and a POST that meets
// that is lost.
var direct = &http.Transport{DisableKeepAlives: true}

// verify asks the authorization server about a token (RFC 7662).
func (s settings) verify(ctx context.Context, token string, _ *http.Request) (*auth.TokenInfo, error) {
	form := url.Values{"token": {token}}.Encode()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.Introspect, strings.NewReader(form))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.SetBasicAuth(s.Client, s.Secret)
	answer, err := direct.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	var told struct {
		Active   bool            `json:"active"`
		Scope    string          `json:"scope"`
		Exp      int64           `json:"exp"`
		Sub      string          `json:"sub"`
		Audience json.RawMessage `json:"aud"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&told); err != nil || answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the authorization server answers %s: %v", answer.Status, err)
	}
	if !told.Active || !s.Anyone && !s.forUs(told.Audience) {
		return nil, fmt.Errorf("%w: it is over, revoked or for another server", auth.ErrInvalidToken)
	}
	return &auth.TokenInfo{Scopes: strings.Fields(told.Scope), Expiration: time.Unix(told.Exp, 0), UserID: told.Sub}, nil
}

// forUs reads aud, which is a string or a list of them (RFC 7662 section 2.2).
func (s settings) forUs(audience json.RawMessage) bool {
	var one string
	if json.Unmarshal(audience, &one) == nil {
		return one == s.Resource
	}
	var all []string
	return json.Unmarshal(audience, &all) == nil && slices.Contains(all, s.Resource)
}

// stepUp refuses a call of write without its scope (MCP 2026-07-28, "Authorization", "Scope Challenge Handling"); the
// SDK has no scopes of tools.
func (s settings) stepUp(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		var call struct {
			Method string
			Params struct{ Name string }
		}
		_ = json.Unmarshal(body, &call)
		has := auth.TokenInfoFromContext(r.Context()).Scopes
		if call.Method == "tools/call" && call.Params.Name == "write" && !slices.Contains(has, s.Write) {
			w.Header().Set("WWW-Authenticate", fmt.Sprintf(`Bearer error="insufficient_scope", scope=%q, resource_metadata=%q`,
				strings.Join(append(slices.Clone(s.Scopes), s.Write), " "), s.Metadata))
			http.Error(w, "insufficient scope", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}
