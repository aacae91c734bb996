package lint

import (
	"strconv"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/problem"
)

func number(n int) string { return strconv.Itoa(n) }

// file looks at all of a text. first is where a client has a name first, which is what it uses.
func (x *look) file(first map[string]msg.Position) {
	x.written()
	if x.Problem != nil {
		x.unreadable()
	}
	if x.File == nil {
		return
	}
	for _, p := range x.File.Problems {
		if p != x.File.Costly { // which has a check of its own, as TwoWays has
			x.known(checkOf(p), p)
		}
	}
	for _, e := range x.File.Entries {
		x.entry, x.off = e, e.Disabled
		x.look()
		x.shadowed(first)
	}
	x.entry, x.off = nil, false
	x.lost()
	if x.Exposed && len(x.secrets) > 0 {
		x.add("exposed-secret", x.secrets[0], "others on this machine can read this file, which has a secret in it", "Take their permission away: chmod 600.")
	}
}

// unreadable tells why the client reads no server of the file.
func (x *look) unreadable() {
	p := *x.Problem
	if p.Code == problem.NotJSON && len(x.faults) > 0 {
		return
	}
	p.Title = strings.Replace(p.Title, x.Source.Path, "the file", 1)
	if p.Code == problem.WrongTopKey {
		x.known("wrong-top-key", &p, x.renameTop()...)
		return
	}
	x.known("bad-syntax", &p)
}

// renameTop puts the client's own key in the place of another one's.
func (x *look) renameTop() []msg.Fix {
	at, want := x.at(x.Problem.Where), x.Dialect.Tops[0]
	key := strings.Trim(string(x.Source.Text[at.start:at.end]), `"'`)
	if x.File == nil || strings.Contains(want, ".") {
		return nil
	}
	if x.Dialect.Format != config.TOML {
		return fix(`Rename "`+key+`" to "`+want+`"`, true, x.replace(at, x.syntax().Name(want)))
	}
	var edits []msg.Edit
	text := string(x.Source.Text)
	for at := strings.Index(text, key); at >= 0; {
		end := at + len(key)
		if before := strings.TrimRight(text[:at], " \t"); strings.HasSuffix(before, "[") && end < len(text) && strings.IndexByte(".] ", text[end]) >= 0 {
			edits = append(edits, x.replace(span{at, end}, want))
		}
		next := strings.Index(text[end:], key)
		if next < 0 {
			break
		}
		at = end + next
	}
	return fix(`Rename "`+key+`" to "`+want+`"`, true, edits...)
}

// shadowed tells of an entry that another file's of the same client goes before.
func (x *look) shadowed(first map[string]msg.Position) {
	e := x.entry
	if e.Project != "" || x.Dialect.KeepsAll || e.Elsewhere != "" {
		return
	}
	key := x.Dialect.ID + " " + e.Name
	if by, taken := first[key]; !taken {
		first[key] = e.Where
	} else if by.File != e.Where.File {
		x.add("shadowed-name", x.at(e.Where), `"`+e.Name+`" is not used: `+x.Dialect.Name+" uses the one at "+problem.At(by), "Remove or rename one of them.")
	}
}

// lost tells of the entry that costs its client the whole file.
func (x *look) lost() {
	lost := false
	for _, e := range x.File.Entries {
		lost = lost || e.Lost()
	}
	for _, e := range x.File.Entries {
		p := e.Refusal()
		if !lost || p == nil || e.Lost() || e.Alone {
			continue
		}
		x.entry = e
		f := x.add("lost-file", x.at(e.Where), x.Dialect.Name+` cannot read "`+e.Name+`", and uses no server of this file because of that`, p.Hint)
		f.Problem.Body = p.Title + "."
		f.Problem.Code = p.Code
		x.entry = nil
		return
	}
}
