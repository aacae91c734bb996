package signin_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
)

// guarded is a protected resource: its metadata (RFC 9728), and a guard before all else.
func (m *protectedServer) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if m.wants.CORS && invited(w, r) {
			return
		}
		switch {
		case r.URL.Path == path(m.Metadata):
			m.describe(w)
		case strings.HasPrefix(r.URL.Path, "/.well-known/"):
			http.NotFound(w, r)
		case m.admit(w, r):
			next.ServeHTTP(w, r)
		}
	})
}

// invited lets a page of another origin in (Fetch Standard, "CORS protocol").
func invited(w http.ResponseWriter, r *http.Request) bool {
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Expose-Headers", "Mcp-Session-Id, WWW-Authenticate, DPoP-Nonce")
	if r.Method != http.MethodOptions || r.Header.Get("Access-Control-Request-Method") == "" {
		return false
	}
	h.Set("Access-Control-Allow-Methods", "GET, POST, DELETE")
	h.Set("Access-Control-Allow-Headers", r.Header.Get("Access-Control-Request-Headers"))
	w.WriteHeader(http.StatusNoContent)
	return true
}

func (m *protectedServer) describe(w http.ResponseWriter) {
	about := map[string]any{
		"resource":                 m.URL,
		"authorization_servers":    []string{m.issuedBy().Issuer},
		"scopes_supported":         m.scopes(),
		"bearer_methods_supported": []string{"header"},
	}
	if m.wants.DPoP {
		about["dpop_bound_access_tokens_required"] = true
		about["dpop_signing_alg_values_supported"] = []string{"ES256"}
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(about)
}

// refusal is a challenge (RFC 6750 section 3; RFC 9449 section 7.1).
type refusal struct {
	status      int
	code, about string
	scopes      []string
}

// admit looks for a token that is good for this request, and else refuses it.
func (m *protectedServer) admit(w http.ResponseWriter, r *http.Request) bool {
	bad := m.examine(r)
	if bad == nil {
		return true
	}
	scheme := "Bearer"
	if m.wants.DPoP {
		scheme = "DPoP"
		if m.wants.Nonce != "" {
			w.Header().Set("DPoP-Nonce", m.wants.Nonce)
		}
	}
	var params []string
	add := func(name, value string) {
		if value != "" {
			params = append(params, name+`="`+value+`"`)
		}
	}
	add("error", bad.code)
	add("error_description", bad.about)
	add("scope", strings.Join(bad.scopes, " "))
	if !m.wants.Mute {
		add("resource_metadata", m.Metadata)
	}
	w.Header().Set("WWW-Authenticate", strings.TrimSpace(scheme+" "+strings.Join(params, ", ")))
	http.Error(w, http.StatusText(bad.status), bad.status)
	return false
}

func (m *protectedServer) examine(r *http.Request) *refusal {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if token == "" || len(r.Header.Values("Authorization")) != 1 {
		return &refusal{status: http.StatusUnauthorized, scopes: m.needed()}
	}
	invalid := func(why string) *refusal {
		return &refusal{status: http.StatusUnauthorized, code: "invalid_token", about: why, scopes: m.needed()}
	}
	as := m.issuedBy()
	about, err := as.introspect(token)
	switch {
	case err != nil:
		return invalid("The authorization server cannot say: " + strings.ReplaceAll(err.Error(), `"`, `'`))
	case !about.Active:
		return invalid("The token is over, revoked or unknown")
	case as.Resources && !slices.Contains(about.Audience, m.URL):
		return invalid("The token is for another resource")
	}
	if bound := about.Confirm.Thumbprint; bound != "" || m.wants.DPoP {
		if !strings.EqualFold(scheme, "DPoP") {
			return invalid("The token has to come with a proof")
		}
		switch err := m.proofs.check(r, m.canonical(r.URL), token, bound, m.wants.Nonce); {
		case errors.Is(err, errNonce):
			return &refusal{status: http.StatusUnauthorized, code: errNonce.Error()}
		case err != nil:
			return &refusal{status: http.StatusUnauthorized, code: "invalid_dpop_proof", about: err.Error()}
		}
	} else if !strings.EqualFold(scheme, "Bearer") {
		return invalid("The scheme is not Bearer")
	}
	return m.stepUp(r, strings.Fields(about.Scope))
}

// stepUp refuses what the token's scopes do not suffice for (MCP 2026-07-28, "Authorization", "Scope Challenge
// Handling").
func (m *protectedServer) stepUp(r *http.Request, has []string) *refusal {
	needs := m.needed()
	if more := m.wants.Tools[calledTool(r)]; more != "" {
		needs = append(needs, more)
	}
	for _, one := range needs {
		if !slices.Contains(has, one) {
			return &refusal{status: http.StatusForbidden, code: "insufficient_scope", about: "More is needed", scopes: needs}
		}
	}
	return nil
}

// calledTool is the tool's name of a tools/call, else "".
func calledTool(r *http.Request) string {
	body, err := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	var call struct {
		Method string
		Params struct{ Name string }
	}
	if err != nil || json.Unmarshal(body, &call) != nil || call.Method != "tools/call" {
		return ""
	}
	return call.Params.Name
}
