package authflow

import "strings"

// chooseScope is "Scope Selection Strategy" (2026-07-28), after what the entry says: the challenge's, else what the
// resource supports, else none; never what the authorization server supports. A step-up adds to what was asked before.
func (f *flow) chooseScope() string {
	var scopes []string
	switch {
	case f.a.set.HasScopes:
		scopes = f.a.set.Scopes
	case f.ask.Scope != "":
		scopes = strings.Fields(f.ask.Scope)
	case f.prm != nil:
		scopes = f.prm.Scopes
	}
	if f.need.More {
		scopes = append(strings.Fields(f.a.rec.Scope), append(strings.Fields(f.ask.Scope), scopes...)...)
	}
	if !f.a.set.HasScopes && len(scopes) > 0 && contains(f.meta.Scopes, "offline_access") && f.a.set.Grant == "authorization_code" {
		scopes = append(scopes, "offline_access")
	}
	return scopeOf(scopes)
}

// longestScope bounds what is asked for and kept, in bytes.
const longestScope = 4096

// scopeOf joins scopes, each once, that may be ones (RFC 6749 section 3.3), as far as they fit.
func scopeOf(scopes []string) string {
	out := ""
	for _, s := range once(scopes) {
		if len(out)+len(s) < longestScope && legal(s) {
			out = strings.TrimPrefix(out+" "+s, " ")
		}
	}
	return out
}

func legal(scope string) bool {
	for i := 0; i < len(scope); i++ {
		if c := scope[i]; c <= ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return scope != ""
}

// scopeAsked says that the scope that is missing has been asked for before: to ask again would lead nowhere.
func (f *flow) scopeAsked() bool {
	had := strings.Fields(f.a.rec.Scope)
	for _, s := range strings.Fields(f.ask.Scope) {
		if !contains(had, s) {
			return false
		}
	}
	return true // also where it does not say what it wants
}

func once(all []string) (kept []string) {
	for _, s := range all {
		if !contains(kept, s) {
			kept = append(kept, s)
		}
	}
	return kept
}

func contains(all []string, s string) bool {
	for _, one := range all {
		if one == s {
			return true
		}
	}
	return false
}

// scopeEver is what this program may want here now or later. Some servers let a client use no scope that its
// registration did not name (RFC 7591 section 2), and where it named none, none at all.
func (f *flow) scopeEver() string {
	scopes := strings.Fields(f.scope)
	if f.prm != nil {
		scopes = append(scopes, f.prm.Scopes...)
	}
	return scopeOf(scopes)
}

// mayUse says that a client may use what is wanted, as far as its registration said.
func (c *client) mayUse(scope string) bool {
	named := strings.Fields(c.Scope)
	for _, s := range strings.Fields(scope) {
		if c.Scope != "" && !contains(named, s) {
			return false
		}
	}
	return true
}
