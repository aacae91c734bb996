package lint

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/edit"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/resolve"
	"github.com/headfast/headfast/wasm/trace"
)

// within is where the nth place of part stands in a token; the whole token where it cannot be told, as where it is written
// with escapes.
func (x *look) within(at span, part string, nth int) span {
	from := at.start
	for {
		i := strings.Index(string(x.Source.Text[from:at.end]), part)
		switch {
		case i < 0 || part == "":
			return at
		case nth == 0:
			return span{from + i, from + i + len(part)}
		}
		nth--
		from += i + len(part)
	}
}

// inner is a token without its quotation marks.
func (x *look) inner(at span) span {
	text := x.Source.Text
	if at.end-at.start >= 2 && (text[at.start] == '"' || text[at.start] == '\'') && text[at.end-1] == text[at.start] {
		return span{at.start + 1, at.end - 1}
	}
	return at
}

// blanks is white space at the front of a token's text, and at its end, escapes included.
func (x *look) blanks(in span) (front, back span) {
	text := x.Source.Text
	front, back = span{in.start, in.start}, span{in.end, in.end}
	for n := 1; n > 0; front.end += n {
		n = blank(text[front.end:in.end])
	}
	for at := front.end; at < in.end; {
		n := blank(text[at:in.end])
		switch {
		case n == 0 && text[at] == '\\':
			at, back.start = at+2, in.end
		case n == 0:
			at, back.start = at+1, in.end
		default:
			back.start = min(back.start, at)
			at += n
		}
	}
	return front, back
}

// blank is how long the white space is that a text begins with: a character, or an escape for one.
func blank(text []byte) int {
	switch {
	case len(text) > 0 && (text[0] == ' ' || text[0] == '\t'):
		return 1
	case len(text) > 1 && text[0] == '\\' && strings.IndexByte("nrt", text[1]) >= 0:
		return 2
	}
	return 0
}

// trimmed are the edits that take the white space away within a token.
func (x *look) trimmed(at span) (edits []msg.Edit) {
	front, back := x.blanks(x.inner(at))
	if front.end > front.start {
		edits = append(edits, x.replace(front, ""))
	}
	if back.end > back.start {
		edits = append(edits, x.replace(back, ""))
	}
	return edits
}

// white tells of white space around a value.
func (x *look) white(what string, v config.Value, safe bool) {
	at := x.at(v.Where)
	edits := x.trimmed(at)
	if strings.TrimSpace(v.Text) == v.Text || strings.TrimSpace(v.Text) == "" || len(edits) == 0 {
		return
	}
	first := edits[0].At
	f := x.add("white-space", span{int(first.Start), int(first.End)}, "white space stands around "+what, "Remove it.")
	f.Fixes = fix("Remove the white space", safe, edits...)
}

// pieces tells of variables that are not set, or not the client's; in is where the value stands.
func (x *look) pieces(what string, v config.Value, in config.In) {
	at, count := x.at(v.Where), map[string]int{}
	for _, p := range x.entry.Mentions(v) {
		place := x.within(at, p.Written, count[p.Written])
		count[p.Written]++
		_, found := x.lookup(p.Name)
		name, env := strings.CutPrefix(p.Name, "env:")
		if inner, is := strings.CutPrefix(p.Name, "{"); is && place != at { // ${{ secrets.NAME }}, of which another form has but one brace
			env, place.end = true, place.end+1
			_, name, _ = strings.Cut(strings.TrimSpace(inner), "secrets.")
		}
		switch {
		case p.Place || in&(config.InURL|config.InHeaders|config.InEnv|config.InOAuth) == 0 && p.Foreign || x.Dialect.Expansion.Doubt&in != 0:
			x.say(v.Where, problem.VariableUnset)
		case p.Foreign || env && !found:
			x.say(v.Where, problem.VariableUnset)
			x.foreign(what, p, name, place, in)
		case strings.HasPrefix(p.Name, "file:") || strings.HasPrefix(p.Name, "input:") && x.Dialect.Knows(config.Input|config.Curly, config.Everywhere):
			x.say(v.Where, problem.VariableUnset)
		case strings.HasPrefix(p.Name, "input:"):
			x.say(v.Where, problem.VariableUnset)
			x.foreign(what, p, p.Name, place, in)
		case !found && !p.Default:
			x.say(v.Where, problem.VariableUnset)
			if !x.off {
				title := p.Name + " is not set, which " + what + " needs"
				if what == p.Name {
					title = p.Name + " is not set"
				}
				f := x.add("unset-variable", place, title, "Set "+p.Name+" where "+x.Dialect.Name+" is started from.")
				f.Problem.Body = x.becomes(p.Unset)
			}
		}
	}
	x.bare(what, v, at, in)
}

// becomes is what the client does with a variable that is not set.
func (x *look) becomes(u config.Unset) string {
	switch u {
	case config.KeptLiteral:
		return x.Dialect.Name + " then sends it as it is written."
	case config.MadeEmpty:
		return x.Dialect.Name + " then puts nothing in its place."
	case config.Fails:
		return x.Dialect.Name + " then does not use the server."
	}
	return ""
}

// foreign tells of a variable that is written as another client does.
func (x *look) foreign(what string, p config.Mention, name string, at span, in config.In) {
	f := x.add("wrong-variable", at, x.Dialect.Name+" takes this variable in "+what+" for a text, and sends it as it is written", "")
	if in == config.InEnv || in == config.InOAuth {
		x.severe(f, warning)
	}
	name, input := strings.CutPrefix(name, "inputs.")
	written := x.Dialect.VariableIn(name, in)
	switch keys := x.Dialect.Member(config.NeededVariables); {
	case p.Written == written && keys != "":
		f.Problem.Hint = x.Dialect.Name + " expands what " + keys + " names: add " + name + " there."
	case strings.Contains(name, ":") || name == "" || written == "" || p.Written == written:
		f.Problem.Hint = x.instead(in)
	default:
		f.Problem.Hint = "Write " + written + "."
		f.Fixes = fix("Write "+written, !p.Default && !input, x.replace(at, written))
	}
}

// instead is how the client has a variable where it does not expand any.
func (x *look) instead(in config.In) string {
	switch by, keys := x.Dialect.Member(config.HeaderVariables), x.Dialect.Member(config.NeededVariables); {
	case in == config.InHeaders && by != "":
		return x.Dialect.Name + " has variables under " + by + ` and in "` + x.Dialect.Member(config.BearerVariable) + `".`
	case in == config.InEnv && keys != "":
		return x.Dialect.Name + " has it from the environment or its keyring, where " + keys + " names it."
	case x.Dialect.VariableIn("NAME", in) != "":
		return "Write " + x.Dialect.VariableIn("NAME", in) + ", and set NAME."
	}
	return x.Dialect.Name + " has no variables there."
}

// bare tells of $NAME where the client expands ${NAME} at most.
func (x *look) bare(what string, v config.Value, at span, in config.In) {
	name := config.BareVariable(v.Text)
	written := x.Dialect.VariableIn(name, in)
	if name == "" || in&(config.InURL|config.InHeaders) == 0 || x.Dialect.Knows(config.Bare|config.Identifier, in) || x.Dialect.Expansion.Doubt&in != 0 {
		return
	}
	x.say(v.Where, problem.BadField)
	at = x.within(at, "$"+name, 0)
	f := x.add("wrong-variable", at, x.Dialect.Name+" takes $"+name+" in "+what+" for a text, and sends it as it is written", x.instead(in))
	x.severe(f, warning)
	if written != "" {
		f.Problem.Hint = "Write " + written + "."
		f.Fixes = fix("Write "+written, false, x.replace(at, written))
	}
}

// header looks at one.
func (x *look) header(h config.Header) {
	credential := resolve.IsCredential(x.entry, h.Name)
	x.pieces(h.Name, h.Value, config.InHeaders)
	x.white("the value of "+h.Name, h.Value, true)
	x.characters(h)
	value, _, _ := h.Value.Expand(x.lookup)
	if !x.guess(h.Name, h.Value) {
		x.secret(h.Name, h.Value, resolve.Literal(h.Value, credential), config.InHeaders)
	}
	x.marks(h)
	if strings.EqualFold(h.Name, "Authorization") {
		x.scheme(h, value)
	}
}

// variable looks at one of a process's environment.
func (x *look) variable(v config.Header) {
	x.pieces(v.Name, v.Value, config.InEnv)
	x.white("the value of "+v.Name, v.Value, false)
	if !x.guess(v.Name, v.Value) {
		x.secret(v.Name, v.Value, resolve.Literal(v.Value, resolve.SecretName(v.Name)), config.InEnv)
	}
}

// characters tells of one that cannot stand in a header (RFC 9110 section 5.5).
func (x *look) characters(h config.Header) {
	for _, c := range strings.TrimSpace(h.Value.Literal()) {
		if c >= ' ' && c < 0x7f || c == '\t' {
			continue
		}
		at, what := x.at(h.Value.Where), "a control character"
		switch {
		case c == '\n' || c == '\r':
			what = "a line break"
		case c >= 0x80:
			what = "a character outside ASCII"
			at = x.within(at, string(c), 0)
		}
		x.say(h.Value.Where, problem.BadHeader)
		x.add("bad-header", at, "the value of "+h.Name+" has "+what+", which no header can have", "Remove it; what is copied from a page may hold more than one sees.")
		return
	}
}

// guess tells of a value that is still that of an example.
func (x *look) guess(what string, v config.Value) bool {
	_, text := trace.SplitScheme(strings.TrimSpace(v.Text))
	if !v.Plain() || !placeholder(text) {
		return false
	}
	x.add("placeholder", x.within(x.at(v.Where), text, 0), "the value of "+what+" is that of an example", "Put your own there, by a variable.")
	return true
}

// placeholder says that a text stands for one that a person is to put there.
func placeholder(s string) bool {
	lower := strings.ReplaceAll(strings.ToLower(strings.ReplaceAll(s, "-", "_")), " ", "_")
	switch {
	case len(s) < 2:
		return false
	case s[0] == '<' && s[len(s)-1] == '>', strings.Trim(lower, "x") == "", strings.Trim(lower, "*") == "", strings.Trim(s, ".…") == "", strings.HasSuffix(lower, "_xxx"), strings.HasSuffix(lower, "_xxxx"):
		return true
	}
	for _, word := range []string{"your_", "my_api_key", "changeme", "change_me", "replace_me", "replace_with", "insert_", "api_key_here", "token_here", "key_here"} {
		if strings.HasPrefix(lower, word) || strings.HasSuffix(lower, word) {
			return true
		}
	}
	return false
}

// marks tells of quotation marks that are part of a value.
func (x *look) marks(h config.Header) {
	_, text := trace.SplitScheme(strings.TrimSpace(h.Value.Text))
	if len(text) < 3 || text[0] != '"' && text[0] != '\'' || text[len(text)-1] != text[0] {
		return
	}
	in := x.inner(x.at(h.Value.Where))
	mark := text[:1]
	if x.Source.Text[in.start-1] == '"' && mark == `"` {
		mark = `\"`
	}
	raw := string(x.Source.Text[in.start:in.end])
	first, last := strings.Index(raw, mark), strings.LastIndex(raw, mark)
	if first < 0 || last <= first {
		return
	}
	open, shut := span{in.start + first, in.start + first + len(mark)}, span{in.start + last, in.start + last + len(mark)}
	f := x.add("quoted-value", open, "the value of "+h.Name+" has quotation marks in it, which go out too", "Remove them.")
	f.Fixes = fix("Remove the quotation marks", false, x.replace(open, ""), x.replace(shut, ""))
}

// scheme tells of an Authorization without one, or with two.
func (x *look) scheme(h config.Header, value string) {
	at := x.at(h.Value.Where)
	scheme, rest := trace.SplitScheme(strings.TrimSpace(value))
	again, _ := trace.SplitScheme(rest)
	switch {
	case scheme == "" && value != "" && !strings.Contains(value, " ") && h.Value.Text != "":
		f := x.add("auth-scheme", at, "Authorization has no scheme before its value", `Nearly all servers want "Bearer " before a token.`)
		if in := x.inner(at); in != at || x.syntax() == edit.YAML {
			f.Fixes = fix(`Insert "Bearer "`, false, x.replace(span{in.start, in.start}, "Bearer "))
		}
	case scheme != "" && strings.EqualFold(scheme, again):
		twice := strings.Count(strings.ToLower(h.Value.Literal()), strings.ToLower(scheme)+" ") > 1
		first := x.within(at, scheme+" ", 0)
		word := span{first.start, first.end - 1}
		if first == at {
			word = at
		}
		f := x.add("auth-scheme", word, "Authorization has "+scheme+" twice", "Remove one.")
		if !twice {
			f.Problem.Body = "A variable's value begins with it too."
		}
		if first != at {
			f.Fixes = fix("Remove "+scheme, twice, x.replace(first, ""))
		}
	}
}

// secret tells of a secret that stands in the file.
func (x *look) secret(what string, v config.Value, secret string, in config.In) {
	if secret == "" || placeholder(secret) || len(x.entry.Mentions(v)) > 0 {
		return
	}
	at := x.within(x.at(v.Where), secret, 0)
	x.tellSecret("literal-secret", what, at, in)
}

// tellSecret tells of one at a place; in says how a variable is written there.
func (x *look) tellSecret(check, what string, at span, in config.In) {
	x.secrets = append(x.secrets, at)
	f := x.add(check, at, "a secret stands in this file, in "+what, x.instead(in))
	f.Problem.Body = "Whoever gets the file has it."
	if x.Tracked {
		f.Check, f.Problem.Title = "tracked-secret", "a secret stands in this file, which git tracks, in "+what
		f.Problem.Body = "Whoever gets the repository has it, in its history too: have it replaced."
		x.severe(f, "error")
	}
	if in == 0 {
		f.Problem.Hint = "Put it into headers, and the value into a variable."
	}
	name := variableName(what)
	if in != config.InEnv {
		name = variableName(x.entry.Name) + "_KEY"
	}
	if written := x.Dialect.VariableIn(name, in); written != "" {
		f.Problem.Hint = "Write " + written + " in its place, and set " + name + "."
		f.Fixes = fix("Write "+written+" in its place", false, x.replace(at, written))
	}
}

// variableName is a name as those of variables are.
func variableName(name string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c >= 'a' && c <= 'z':
			return c - 'a' + 'A'
		case c >= 'A' && c <= 'Z' || c >= '0' && c <= '9':
			return c
		}
		return '_'
	}, name)
}
