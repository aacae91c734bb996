// Package dialect says what every client's configuration file means: a file for each client, a table in each, every rule
// with its source. How the tables are read is package config's.
package dialect

import (
	"strconv"

	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/tree"
)

// All are the dialects, in the order in which they are listed.
var All = []*config.Dialect{
	claudeCode, vsCode, codexCLI,
	geminiCLI,
	cursor,
	windsurf,
	cline,
	rooCode,
	zed,
	claudeDesktop,
	opencode,
	goose,
	continueDev,
	copilotCLI,
	amazonQ,
	kiro,
	lmStudio,
	jetBrains,
	registry,
	inspector,
}

// Find is the dialect of that name, or nil.
func Find(id string) *config.Dialect {
	for _, d := range All {
		if d.ID == id {
			return d
		}
	}
	return nil
}

// IDs are the names of all dialects.
func IDs() []string {
	ids := make([]string, len(All))
	for i, d := range All {
		ids[i] = d.ID
	}
	return ids
}

// number is a number's value.
func number(n tree.Node) (value float64, ok bool) {
	if n.Kind != tree.Number {
		return 0, false
	}
	value, err := strconv.ParseFloat(n.Literal(), 64)
	return value, err == nil
}

// has says whether an entry has a field.
func has(members []tree.Member, name string) bool {
	for _, m := range members {
		if m.Name == name {
			return true
		}
	}
	return false
}
