package skills

import (
	"errors"
	"fmt"

	"go.yaml.in/yaml/v3"
)

// number is a number as it was written.
type number string

// deepest bounds the nesting of frontmatter.
const deepest = 64

// readYAML gives a mapping whose values are nil, bool, number, string, []any and map[string]any. What could be
// read in two ways is an error: aliases, tags, merge keys, keys that are no strings or there twice.
func readYAML(text string) (map[string]any, error) {
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(text), &document); err != nil {
		return nil, err
	}
	if document.Kind == 0 {
		return map[string]any{}, nil
	}
	v, err := value(document.Content[0], 0)
	if err != nil {
		return nil, err
	}
	fields, ok := v.(map[string]any)
	if !ok {
		return nil, errors.New("YAML: it is no mapping")
	}
	return fields, nil
}

func value(n *yaml.Node, depth int) (any, error) {
	switch {
	case depth > deepest:
		return nil, refuse(n, "it nests too deep")
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		return nil, refuse(n, "anchors and aliases are not read")
	case n.Style&yaml.TaggedStyle != 0:
		return nil, refuse(n, "tags are not read")
	}
	switch n.Kind {
	case yaml.MappingNode:
		return fieldsOf(n, depth)
	case yaml.SequenceNode:
		list := make([]any, 0, len(n.Content))
		for _, element := range n.Content {
			v, err := value(element, depth+1)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		return list, nil
	}
	return scalar(n)
}

func fieldsOf(n *yaml.Node, depth int) (any, error) {
	fields := map[string]any{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if key.Kind != yaml.ScalarNode || key.Tag != "!!str" {
			return nil, refuse(key, "this key is no string")
		}
		if _, twice := fields[key.Value]; twice {
			return nil, refuse(key, "this key is there twice")
		}
		v, err := value(n.Content[i+1], depth+1)
		if err != nil {
			return nil, err
		}
		fields[key.Value] = v
	}
	return fields, nil
}

// scalar is a value of the core schema; a date is the string that it is in JSON.
func scalar(n *yaml.Node) (any, error) {
	switch n.Tag {
	case "!!null":
		return nil, nil
	case "!!bool":
		var b bool
		err := n.Decode(&b)
		return b, err
	case "!!int":
		return integer(n)
	case "!!float":
		return number(n.Value), nil
	}
	return n.Value, nil
}

// integer is in decimal, whichever way it is written.
func integer(n *yaml.Node) (any, error) {
	var i int64
	if err := n.Decode(&i); err == nil {
		return number(fmt.Sprint(i)), nil
	}
	return number(n.Value), nil
}

func refuse(n *yaml.Node, why string) error { return fmt.Errorf("YAML, line %d: %s", n.Line, why) }
