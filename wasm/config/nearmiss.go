package config

import (
	"strings"

	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/tree"
)

// commonFields are names that other clients have for what nearly all of them know.
var commonFields = Fields("url httpUrl=url serverUrl=url uri=url headers http_headers=headers command cmd=command env envs=env environment=env")

// checkUnknown warns of a member that is probably one that is read, misspelled. Others are left alone: they may be
// another client's.
func (e *Entry) checkUnknown(f tree.Member) {
	best, elsewhere := e.NearMiss(f.Name)
	switch {
	case elsewhere:
		e.warn(problem.BadField, `"`+f.Name+`" is not read: `+e.Dialect.Name+" calls it "+best, "", "Rename it.", f.Where())
	case best != "":
		e.warn(problem.BadField, `"`+namePrefix(f.Name)+`" is not known and not read`, "", `Did you mean "`+best+`"?`, f.Where())
	}
}

// NearMiss is the field that a name that is not read probably means; empty where none is near. elsewhere says that other
// clients have it by that name.
func (e *Entry) NearMiss(name string) (best string, elsewhere bool) {
	for _, fields := range []map[string]Field{e.Dialect.Fields, Own} {
		for known, meaning := range fields {
			if meaning != Known && name != known && near(strings.ToLower(name), strings.ToLower(known)) && (best == "" || known < best) {
				best = known
			}
		}
	}
	if meaning, known := commonFields[name]; known && best == "" {
		best = e.Dialect.named(meaning)
		return best, best != ""
	}
	return best, false
}

func contains(list []string, s string) bool {
	for _, one := range list {
		if one == s {
			return true
		}
	}
	return false
}

// near says whether two names differ by at most one letter that is missing, added or another one.
func near(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	return a[i:] == b[i+len(b)-len(a):] || len(a) == len(b) && i < len(a) && a[i+1:] == b[i+1:]
}

// bareVariable is NAME where the text has $NAME in capitals, which other tools expand; else empty.
func bareVariable(text string) string {
	for i := 0; i < len(text)-1; i++ {
		if text[i] != '$' {
			continue
		}
		end := i + 1
		for end < len(text) && (text[end] >= 'A' && text[end] <= 'Z' || text[end] == '_' || end > i+1 && text[end] >= '0' && text[end] <= '9') {
			end++
		}
		if end-i > 2 {
			return text[i+1 : end]
		}
	}
	return ""
}
