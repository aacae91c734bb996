// Package arguments makes a tool's arguments, one JSON object, from the words of a command line.
package arguments

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// Pair is one key=value or key:=json.
type Pair struct {
	Key, Value string
	// JSON says that the value is JSON (:=) and nothing else.
	JSON bool
}

// Given is what the command line says: either a whole object, or pairs, or nothing.
type Given struct {
	Object json.RawMessage
	Pairs  []Pair
}

// Parse reads the words after the tool's name. "-" is an object on stdin, "@file" one in a file.
func Parse(words []string, stdin io.Reader) (Given, error) {
	if len(words) == 1 {
		text, whole, err := source(words[0], stdin)
		if err != nil {
			return Given{}, err
		}
		if whole {
			object, err := object(text)
			return Given{Object: object}, err
		}
	}
	var given Given
	seen := map[string]bool{}
	for _, w := range words {
		p, err := pair(w)
		if err != nil {
			return Given{}, err
		}
		if seen[p.Key] {
			return Given{}, fmt.Errorf("%q is given twice", p.Key)
		}
		seen[p.Key] = true
		given.Pairs = append(given.Pairs, p)
	}
	return given, nil
}

// source is the text of a word that stands for the whole object.
func source(word string, stdin io.Reader) (text []byte, whole bool, err error) {
	switch {
	case word == "-":
		text, err = io.ReadAll(stdin)
		return text, true, err
	case strings.HasPrefix(word, "@"):
		text, err = os.ReadFile(word[1:])
		return text, true, err
	case strings.HasPrefix(strings.TrimLeft(word, " \t\r\n"), "{"):
		return []byte(word), true, nil
	}
	return nil, false, nil
}

func object(text []byte) (json.RawMessage, error) {
	text = bytes.TrimSpace(bytes.TrimPrefix(text, []byte("\ufeff")))
	if err := check(text); err != nil {
		return nil, fmt.Errorf("the arguments are not JSON: %w", err)
	}
	if text[0] != '{' {
		return nil, errors.New("the arguments are JSON, but not an object")
	}
	return text, nil
}

// check is json.Valid with a reason and a position.
func check(text []byte) error {
	var v json.RawMessage
	err := json.Unmarshal(text, &v)
	if syntax := new(json.SyntaxError); errors.As(err, &syntax) {
		return fmt.Errorf("%w (at character %d)", err, syntax.Offset)
	}
	return err
}

func pair(word string) (Pair, error) {
	key, value, ok := strings.Cut(word, "=")
	if !ok {
		return Pair{}, fmt.Errorf("%q is neither key=value nor a JSON object", word)
	}
	p := Pair{Key: key, Value: value}
	if strings.HasSuffix(key, ":") {
		p.Key, p.JSON = key[:len(key)-1], true
	}
	if p.Key == "" {
		return Pair{}, fmt.Errorf("%q has no key before the =", word)
	}
	if p.JSON {
		if err := check([]byte(value)); err != nil {
			return Pair{}, fmt.Errorf("the value of %s is not JSON: %w", p.Key, err)
		}
	}
	return p, nil
}

// NeedsSchema says whether the values' types depend on the tool's schema.
func (g Given) NeedsSchema() bool {
	for _, p := range g.Pairs {
		if !p.JSON {
			return true
		}
	}
	return false
}

// Build makes the object; schema is the tool's inputSchema, or nil. Values of JSON keep their bytes.
func (g Given) Build(schema json.RawMessage) json.RawMessage {
	if g.Pairs == nil {
		return g.Object
	}
	out := []byte{'{'}
	for i, p := range g.Pairs {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(append(append(out, quote(p.Key)...), ':'), p.value(schema)...)
	}
	return append(out, '}')
}

func (p Pair) value(schema json.RawMessage) []byte {
	if p.JSON || !isText(schema, p.Key, p.Value) && json.Valid([]byte(p.Value)) {
		return []byte(p.Value)
	}
	return quote(p.Value)
}

func quote(s string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string always encodes
	return bytes.TrimRight(b.Bytes(), "\n")
}
