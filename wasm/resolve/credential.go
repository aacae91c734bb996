package resolve

import (
	"strings"

	"github.com/headfast/headfast/wasm/config"
)

// always are the headers that carry credentials by definition (RFC 9110 section 11, RFC 6265).
var always = []string{"authorization", "proxy-authorization", "cookie"}

// telling are the words that make a header's name that of a credential.
var telling = []string{"api-key", "apikey", "token", "secret", "password", "auth", "session", "authorization",
	// Azure API Management and Azure Functions, and what clouds call a key.
	"subscription-key", "functions-key", "access-key"}

// IsCredential says whether a configured header carries a credential: by the entry's own list where it
// has one, else by its name.
func IsCredential(entry *config.Entry, name string) bool {
	if !entry.Declared {
		return CredentialName(name)
	}
	for _, declared := range entry.Credentials {
		if strings.EqualFold(declared, name) {
			return true
		}
	}
	return false
}

// CredentialName says whether a header's (or variable's) name has one of the telling words as a word:
// X-API-Key and X_API_KEY do, X-Tenant and X-Author do not.
func CredentialName(name string) bool {
	lower := strings.ToLower(strings.ReplaceAll(name, "_", "-"))
	for _, a := range always {
		if lower == a {
			return true
		}
	}
	padded := "-" + lower + "-"
	for _, word := range telling {
		if strings.Contains(padded, "-"+word+"-") {
			return true
		}
	}
	return false
}
