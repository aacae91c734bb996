package form

import (
	"encoding/json"
	"strings"

	"github.com/headfast/headfast/host"
)

// none is how a person chooses no option of a list.
const none = "none"

// Read makes a field's value of a text: as the field's type has it. What fits no type stays a text, so that the
// check says what the field wants.
func Read(field *host.ElicitationField, text string) any {
	word := strings.TrimSpace(text)
	switch field.Type {
	case "boolean":
		switch strings.ToLower(word) {
		case "true", "yes", "y":
			return true
		case "false", "no", "n":
			return false
		}
	case "number", "integer":
		var n json.Number
		if json.Unmarshal([]byte(word), &n) == nil {
			return n
		}
	case "array":
		return readList(field, word)
	default:
		if field.Options != nil {
			return option(field, word)
		}
	}
	return text
}

// readList takes a JSON array, or words with commas between.
func readList(field *host.ElicitationField, text string) any {
	var list []string
	if json.Unmarshal([]byte(text), &list) == nil {
		return list
	}
	list = []string{}
	if option(field, text) == none {
		return list
	}
	for word := range strings.SplitSeq(text, ",") {
		list = append(list, option(field, strings.TrimSpace(word)))
	}
	return list
}

// option is the value that a word names: by itself, or by its title in any case where only one option has it.
func option(field *host.ElicitationField, word string) string {
	var titled []string
	for _, o := range field.Options {
		if o.Value == word {
			return word
		}
		if strings.EqualFold(o.Title, word) || strings.EqualFold(o.Value, word) {
			titled = append(titled, o.Value)
		}
	}
	if len(titled) == 1 {
		return titled[0]
	}
	return word
}
