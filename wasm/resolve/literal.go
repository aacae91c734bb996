package resolve

import (
	"strings"

	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/trace"
)

// Literal is the secret that a text of the file has in it: of a header, a variable or an argument, without its scheme. It
// is empty where the text has a variable, or names nothing secret. secret says that the text's name tells that it is one.
func Literal(text config.Value, secret bool) string {
	if !text.Plain() {
		return ""
	}
	_, rest := trace.SplitScheme(strings.TrimSpace(text.Text))
	if secret && !harmless(rest) || issued(rest) {
		return rest
	}
	return ""
}

// LiteralArgument is Literal of a command's argument: the value of a flag, of a header or of NAME=value.
func LiteralArgument(args []config.Value, i int) string {
	if !args[i].Plain() {
		return ""
	}
	text := args[i].Text
	if name, value, ok := headerArgument(args, i); ok {
		_, rest := trace.SplitScheme(value)
		if CredentialName(name) && !harmless(rest) || issued(rest) {
			return rest
		}
		return ""
	}
	if name, value, ok := strings.Cut(text, "="); ok && SecretName(strings.TrimLeft(name, "-")) && !harmless(value) {
		return value
	}
	if secretArgument(args, i) && SecretName(strings.TrimLeft(args[i-1].Text, "-")) && !harmless(text) || issued(text) {
		return text
	}
	return ""
}

// SecretName says that the name of a header, a variable or a parameter tells of a secret: as a credential's, or by ending in
// the word key.
func SecretName(name string) bool {
	lower := strings.ReplaceAll(strings.ToLower(name), "_", "-")
	return CredentialName(name) || lower == "key" || strings.HasSuffix(lower, "-key") || strings.HasSuffix(lower, "apikey") || lower == "pat" || strings.HasSuffix(lower, "-pat")
}

// harmless says that a text is no secret, whatever it is called: a number, a switch, a path, a URL, or next to nothing.
func harmless(s string) bool {
	return len(s) < 4 || s == "true" || s == "false" || strings.Trim(s, "0123456789") == "" || isPath(s) || strings.HasPrefix(s, "~/") ||
		strings.HasPrefix(s, "./") || strings.Contains(s, "://")
}

// prefixes begin the keys and tokens that are issued with one, so that they can be told from other texts.
const prefixes = "ghp_ gho_ ghs_ github_pat_ glpat- sk- sk_live_ sk_test_ xoxb- xoxp- AKIA AIza ya29. ntn_ lin_api_ figd_ hf_ npm_ shpat_ pat- eyJ"

// issued says that a text has the form of an issued key.
func issued(s string) bool {
	for _, p := range strings.Fields(prefixes) {
		if strings.HasPrefix(s, p) && len(s) >= len(p)+12 && !strings.ContainsAny(s, " /") {
			return true
		}
	}
	return false
}

// keyPrefixes begin keys of well-known services, whatever the field that they stand in.
var keyPrefixes = []string{"sk-", "sk_", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "AKIA", "eyJ", "ntn_", "hf_"}

// LikeKey says that a text looks like a key by itself: a known beginning, 32 hexadecimal digits, or 20 characters of a
// random mixture; a slash is one of base64's only beside its other signs, else a path's.
func LikeKey(s string) bool {
	if strings.Contains(s, "/") && (!strings.ContainsAny(s, "+=") || s[0] == '/' || strings.Contains(s, "=/")) {
		return false
	}
	var upper, lower, digit, hex int
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digit++
		case c >= 'a' && c <= 'z':
			lower++
		case c >= 'A' && c <= 'Z':
			upper++
		case c != '-' && c != '_' && c != '=' && c != '.' && c != '+' && c != '/':
			return false
		}
		if strings.IndexByte("0123456789abcdefABCDEF-", s[i]) >= 0 {
			hex++
		}
	}
	for _, p := range keyPrefixes {
		if strings.HasPrefix(s, p) && len(s) >= 12 {
			return true
		}
	}
	return len(s) >= 32 && hex == len(s) && digit > 1 || len(s) >= 20 && upper > 1 && lower > 1 && digit > 1
}
