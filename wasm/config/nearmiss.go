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
	best := ""
	for _, fields := range []map[string]Field{e.Dialect.Fields, Own} {
		for known, meaning := range fields {
			if meaning != Known && f.Name != known && near(strings.ToLower(f.Name), strings.ToLower(known)) && (best == "" || known < best) {
				best = known
			}
		}
	}
	if elsewhere, known := commonFields[f.Name]; known && best == "" && e.Dialect.named(elsewhere) != "" {
		e.warn(problem.BadField, `"`+f.Name+`" is not read: `+e.Dialect.Name+" calls it "+e.Dialect.named(elsewhere), "", "Rename it.", f.Where())
		return
	}
	if best != "" {
		e.warn(problem.BadField, `"`+namePrefix(f.Name)+`" is not known and not read`, "", `Did you mean "`+best+`"?`, f.Where())
	}
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
