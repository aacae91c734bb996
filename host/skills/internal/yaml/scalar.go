package yaml

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
)

// cutKey splits "key: rest". found is false where the line has no key; a key that is not read is an error.
func cutKey(line string) (key, rest string, found bool, err error) {
	if line[0] == '"' || line[0] == '\'' {
		s := &scanner{text: line}
		if line[0] == '"' {
			key, err = s.double()
		} else {
			key, err = s.single()
		}
		rest = strings.TrimLeft(s.rest(), " \t")
		if err != nil || !strings.HasPrefix(rest, ":") {
			return "", "", false, nil // a quoted value: it is read as such
		}
		if rest = rest[1:]; rest != "" && rest[0] != ' ' && rest[0] != '\t' {
			return "", "", false, errors.New("a space is missing after a colon")
		}
		return key, rest, true, nil
	}
	if line[0] == '\t' {
		return "", "", false, errors.New("a tab indents")
	}
	if strings.IndexByte("[{|>", line[0]) >= 0 {
		return "", "", false, nil
	}
	end := len(line)
	if i := comment(line); i >= 0 {
		end = i
	}
	for i := range end {
		if line[i] == ':' && (i+1 == end || line[i+1] == ' ' || line[i+1] == '\t') {
			key = strings.TrimRight(line[:i], " \t")
			return key, line[i+1:], true, keyText(key)
		}
	}
	return "", "", false, nil
}

// keyText refuses keys that are more than their text.
func keyText(key string) error {
	if key == "" || key == "?" || key == "-" || key == "<<" || strings.HasPrefix(key, "? ") || strings.HasPrefix(key, "- ") ||
		strings.IndexByte("&*!%@`,#|>[]{}\"'", key[0]) >= 0 {
		return errors.New("a key is not understood")
	}
	if _, ok := resolve(key).(string); !ok {
		return errors.New("a key is no text")
	}
	return nil
}

var (
	decimal = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
	based   = regexp.MustCompile(`^0(o[0-7]+|x[0-9a-fA-F]+)$`)
)

// resolve gives a plain scalar its type, as "10.3.2. Tag Resolution" of YAML 1.2.2 says. JSON has no infinity and
// no NaN, so those stay texts.
func resolve(text string) any {
	switch text {
	case "", "~", "null", "Null", "NULL":
		return nil
	case "true", "True", "TRUE":
		return true
	case "false", "False", "FALSE":
		return false
	}
	if decimal.MatchString(text) {
		return Number(strings.TrimPrefix(text, "+"))
	}
	if based.MatchString(text) {
		if n, err := strconv.ParseUint(text, 0, 64); err == nil {
			return Number(strconv.FormatUint(n, 10))
		}
	}
	return text
}
