package form

import (
	"encoding/json"
	"strings"
	"unicode"

	"github.com/headfast/headfast/host"
)

// Hidden says that what is typed must not be seen: the field's format is password, or it is writeOnly.
func Hidden(field *host.ElicitationField) bool {
	var schema struct{ WriteOnly bool }
	return field.Format == "password" || json.Unmarshal(field.Raw, &schema) == nil && schema.WriteOnly
}

// Secret says that the field asks for what no form may ask for, a secret (MCP, "Elicitation"): by its format, or by
// the words of its name or title.
func Secret(field *host.ElicitationField) bool {
	return Hidden(field) || field.Type == "string" && (telling(field.Name) || telling(field.Title))
}

// words and pairs of words that tell of a secret.
var (
	secretWords = []string{"password", "passwd", "passphrase", "passcode", "pin", "secret", "token", "apikey", "credential", "credentials", "otp", "cvv", "cvc", "pwd"}
	secretPairs = []string{"api key", "access key", "private key", "secret key", "card number", "security code", "account key", "ssh key"}
)

func telling(name string) bool {
	text := " " + strings.Join(split(name), " ") + " "
	for _, list := range [][]string{secretWords, secretPairs} {
		for _, w := range list {
			if strings.Contains(text, " "+w+" ") {
				return true
			}
		}
	}
	return false
}

// split takes a name apart: apiKey, api_key and API-Key are "api" and "key".
func split(name string) []string {
	var b strings.Builder
	lower := false
	for _, c := range name {
		if unicode.IsUpper(c) && lower {
			b.WriteByte(' ')
		}
		lower = unicode.IsLower(c)
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			c = ' '
		}
		b.WriteRune(unicode.ToLower(c))
	}
	return strings.Fields(b.String())
}
