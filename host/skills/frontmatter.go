package skills

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
)

// sameFrontmatter says whether the YAML at the top of SKILL.md has the same content as the entry's JSON. What
// cannot be read is not the same.
func sameFrontmatter(skillFile []byte, entry json.RawMessage) error {
	block, err := frontmatter(skillFile)
	if err != nil {
		return err
	}
	written, err := readYAML(block)
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(entry))
	d.UseNumber()
	var said any
	if err := d.Decode(&said); err != nil {
		return err
	}
	return same("frontmatter", written, said)
}

// frontmatter is the text between the line "---" that SKILL.md begins with ("Skill Format") and the next.
func frontmatter(text []byte) (string, error) {
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	rest, found := bytes.CutPrefix(text, []byte("---\n"))
	if !found {
		return "", errors.New("it does not begin with frontmatter")
	}
	if end := bytes.Index(append([]byte("\n"), rest...), []byte("\n---\n")); end >= 0 {
		return string(rest[:end]), nil
	}
	if block, found := bytes.CutSuffix(rest, []byte("\n---")); found {
		return string(block), nil
	}
	return "", errors.New("its frontmatter does not end")
}

// same compares a value of YAML with one of JSON; the error says where they part. Numbers are the same if they
// have the same value.
func same(path string, written, said any) error {
	equal := false
	switch w := written.(type) {
	case map[string]any:
		if s, ok := said.(map[string]any); ok {
			return sameFields(path, w, s)
		}
	case []any:
		if s, ok := said.([]any); ok {
			return sameElements(path, w, s)
		}
	case number:
		s, ok := said.(json.Number)
		equal = ok && sameNumber(string(w), string(s))
	default:
		equal = written == said
	}
	if !equal {
		return fmt.Errorf("%s differs", path)
	}
	return nil
}

func sameFields(path string, written, said map[string]any) error {
	var names []string
	for name := range written {
		names = append(names, name)
	}
	for name := range said {
		if _, found := written[name]; !found {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		w, written := written[name]
		s, said := said[name]
		if !written || !said {
			return fmt.Errorf("%s.%s is only in one of the two", path, name)
		}
		if err := same(path+"."+name, w, s); err != nil {
			return err
		}
	}
	return nil
}

func sameElements(path string, written, said []any) error {
	if len(written) != len(said) {
		return fmt.Errorf("%s has %d elements in one and %d in the other", path, len(written), len(said))
	}
	for i := range written {
		if err := same(fmt.Sprintf("%s[%d]", path, i), written[i], said[i]); err != nil {
			return err
		}
	}
	return nil
}

func sameNumber(a, b string) bool {
	if a == b {
		return true
	}
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	return errX == nil && errY == nil && x == y
}
