package translate

import (
	"slices"
	"strings"

	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/resolve"
	"github.com/headfast/headfast/wasm/trace"
)

// stretch is a part of a text where a key stands if it is no variable, and what a variable in its place would be called.
type stretch struct {
	start, end int
	name       string
}

// inText are the keys in a text that is a URL, has one in it, or is one.
func inText(s string) []stretch {
	start := strings.Index(s, "://") + 3
	if start < 3 {
		start = 0
		if !strings.Contains(s, "?") {
			if resolve.LikeKey(s) {
				return []stretch{{0, len(s), "key"}}
			}
			return nil
		}
	}
	var found []stretch
	end := len(s)
	if i := strings.IndexAny(s[start:], "/?#"); i >= 0 {
		end = start + i
	}
	if at := strings.LastIndexByte(s[start:end], '@'); at > 0 {
		found = append(found, stretch{start, start + at, "login"})
	}
	for from := end; from < len(s); {
		next := len(s)
		ends := "&#"
		switch s[from] {
		case '/':
			ends = "/?#"
		case '#':
			ends = ""
		}
		if i := strings.IndexAny(s[from+1:], ends); i >= 0 {
			next = from + 1 + i
		}
		name, value, pair := strings.Cut(s[from+1:next], "=")
		switch {
		case s[from] == '#' && name != "":
			found = append(found, stretch{from + 1, next, "key"})
		case pair && s[from] != '/' && (resolve.SecretName(name) || resolve.LikeKey(value)):
			found = append(found, stretch{next - len(value), next, name})
		case !pair && name != "" && (s[from] != '/' && start > 0 || resolve.LikeKey(name)):
			found = append(found, stretch{from + 1, next, "key"})
		}
		from = next
	}
	return found
}

// inHeader are the keys in a header: all behind the scheme, where it is a credential.
func inHeader(e *config.Entry, name, s string) []stretch {
	if _, secret := trace.SplitScheme(s); resolve.IsCredential(e, name) || resolve.SecretName(name) || resolve.LikeKey(secret) {
		if strings.EqualFold(name, "Authorization") {
			name = "token"
		}
		return []stretch{{len(s) - len(secret), len(s), strings.TrimPrefix(strings.ToUpper(name), "X-")}}
	}
	return inText(s)
}

// inArgument are the keys in an argument: "--api-key K", "--api-key=K" and --header "Name: K".
func inArgument(e *config.Entry, i int, s string) []stretch {
	if name, start := resolve.KeyInArgument(e.Args, i); start >= 0 && start <= len(s) {
		return []stretch{{start, len(s), name}}
	}
	if name, value, ok := strings.Cut(s, "="); ok && resolve.LikeKey(value) {
		return []stretch{{len(s) - len(value), len(s), name}}
	}
	return inText(s)
}

// longLiteral is how long a literal is, in bytes, that is taken for a key though a variable stands beside it.
const longLiteral = 16

// hide puts variables in the place of the keys in a value's pieces. name makes the variable's whole name.
func (j *job) hide(f *field, pieces []config.Piece, keys []stretch, name func(string) string) []config.Piece {
	for i := len(keys) - 1; i >= 0; i-- { // from the end, so that those before stay where they are
		k := keys[i]
		before, rest := cut(pieces, k.start)
		within, after := cut(rest, k.end-k.start)
		literal, variables := 0, 0
		for n, p := range within {
			if p.Name == "" {
				literal += len(p.Literal)
				continue
			}
			variables++
			if p.HasDefault {
				within[n].HasDefault, within[n].Default = false, ""
				j.loss(&field{"", f.where}, "the default of "+p.Name+" is not copied, since it may be a key")
			}
		}
		if literal > 0 && (variables == 0 || literal >= longLiteral) {
			variable := j.stands(name(k.name), template(within))
			within = []config.Piece{{Name: variable}}
			j.loss(f, "the key in "+f.name+" is not copied: set "+variable+" to it")
		}
		pieces = append(append(append([]config.Piece(nil), before...), within...), after...)
	}
	return pieces
}

// stands is a variable for something that is none in the source: named so, or with a number where that name stands for
// something else.
func (j *job) stands(name, what string) string {
	taken := j.from.Variables()
	for n, free := 2, name; ; n++ {
		if is, used := j.values[free]; is == what || !used && !slices.Contains(taken, free) {
			j.values[free] = what
			return free
		}
		free = name + "_" + digits(n)
	}
}

// width is how many bytes of the joined text a piece is.
func width(p config.Piece) int { return len(p.Literal) + len(p.Written) }

// joined is the text that pieces are of, where nothing of it is left out.
func joined(pieces []config.Piece) string {
	s := ""
	for _, p := range pieces {
		s += p.Literal + p.Written
	}
	return s
}

// cut cuts pieces behind so many bytes of the joined text; a variable is not cut.
func cut(pieces []config.Piece, n int) (before, after []config.Piece) {
	for i, p := range pieces {
		switch w := width(p); {
		case n >= w && (w > 0 || n > 0):
			n -= w
		case p.Name != "" || n == 0:
			return pieces[:i:i], append([]config.Piece(nil), pieces[i:]...)
		default:
			rest := append([]config.Piece{{Literal: p.Literal[n:]}}, pieces[i+1:]...)
			return append(pieces[:i:i], config.Piece{Literal: p.Literal[:n]}), rest
		}
	}
	return pieces, nil
}

// variable makes a variable's name of words: capitals, digits and underscores.
func variable(words ...string) string {
	name := strings.Map(func(c rune) rune {
		switch {
		case c >= 'a' && c <= 'z':
			return c - 32
		case c >= 'A' && c <= 'Z' || c >= '0' && c <= '9':
			return c
		}
		return '_'
	}, strings.Join(words, "_"))
	for strings.Contains(name, "__") {
		name = strings.ReplaceAll(name, "__", "_")
	}
	if name = strings.Trim(name, "_"); name == "" || name[0] <= '9' {
		name = "MCP_" + name
	}
	return name
}
