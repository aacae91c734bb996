// Package trace tells what happened and why without telling secrets: fingerprints, redaction, and the
// part of a server's answer that is fit to be quoted.
package trace

import (
	"strings"
	"unicode/utf8"
)

// schemes are the words that stand before a credential in Authorization (IANA's HTTP Authentication
// Scheme registry, and what servers in the field use).
var schemes = []string{"Bearer", "Basic", "DPoP", "Digest", "Token", "ApiKey", "Api-Key", "Key"}

// Fingerprint is what may be told of a secret.
type Fingerprint struct {
	Scheme string // the word before it, or empty
	Tail   string // the last four characters of a secret of 20 or more
	Length uint32 // characters, without the scheme
}

// Print takes the fingerprint of a header's value.
func Print(value string) Fingerprint {
	scheme, secret := SplitScheme(value)
	f := Fingerprint{Scheme: scheme, Length: uint32(utf8.RuneCountInString(secret))}
	if f.Length >= 20 {
		r := []rune(secret)
		f.Tail = string(r[len(r)-4:])
	}
	return f
}

// SplitScheme separates a known authentication scheme from its credential (RFC 9110 section 11.4).
func SplitScheme(value string) (scheme, secret string) {
	word, rest, ok := strings.Cut(value, " ")
	if !ok {
		return "", value
	}
	for _, s := range schemes {
		if strings.EqualFold(s, word) {
			return s, strings.TrimLeft(rest, " ")
		}
	}
	return "", value
}
