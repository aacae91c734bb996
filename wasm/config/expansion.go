package config

import "strings"

// Form is a way to write a variable; forms are added up.
type Form uint32

// The forms that clients know.
const (
	Braces     Form = 1 << iota // ${NAME}
	Default                     // ${NAME:-default}
	EnvColon                    // ${env:NAME}
	Input                       // ${input:id}, asked of a person
	Folders                     // ${workspaceFolder}, ${userHome} and their like
	Bare                        // $NAME
	Percent                     // %NAME%
	EnvBraces                   // {env:NAME}
	FileBraces                  // {file:path}
	FileColon                   // ${file:path}
	Secrets                     // ${{ secrets.NAME }}
	Curly                       // {name}
	Workspace                   // ${workspaceFolder} alone
	Editor                      // ${config:key} and ${command:id}, which only the editor knows
	Identifier                  // $NAME and ${NAME}, only around letters, digits and underscores
	Blanks                      // with Identifier: blanks may stand within the braces
	Tilde                       // ~ at the front, which is HOME
)

// Unset is what a client does with a variable that has no value and no default.
type Unset uint8

// What it does. UnsetUnknown is where no public source says it.
const (
	UnsetUnknown Unset = iota
	KeptLiteral
	MadeEmpty
	Fails
	Asked // of a person, when the server starts
)

// In says in which fields variables are expanded; fields are added up.
type In uint8

// The fields. Everywhere is the whole entry.
const (
	InCommand In = 1 << iota
	InArgs
	InEnv
	InURL
	InHeaders
	InOAuth
	Everywhere = InCommand | InArgs | InEnv | InURL | InHeaders | InOAuth
)

// Expansion is which variables a client expands, in which fields, and what becomes of one that is not set.
type Expansion struct {
	Forms Form
	In    In
	Unset Unset
	// Others say what becomes of a variable of one form, where that differs from Unset.
	Others map[Form]Unset
	// Value is what the client makes of a variable's value; refused says why it then does not use the entry. Nil for most.
	Value func(value string) (text, refused string)
	// Again is a second pass, over the text that the first has given; nil for most.
	Again *Expansion
	// Kept is how a variable that is kept is then written; nil where it is as it stands in the file.
	Kept func(written string) string
	// Command are the forms in the command, where they differ from Forms.
	Command Form
	// Doubt are the fields of which no public source says whether variables are expanded in them.
	Doubt In
}

// unset is what becomes of a variable that has no value.
func (x Expansion) unset(p part) Unset {
	if u, differs := x.Others[p.form]; differs {
		return u
	}
	return x.Unset
}

// in are the forms that are expanded in a field.
func (x Expansion) in(field In) Form {
	if x.In&field == 0 {
		return 0
	}
	if field == InCommand && x.Command != 0 {
		return x.Command
	}
	return x.Forms
}

// folders are the names of Folders.
var folders = []string{"workspaceFolder", "workspaceFolderBasename", "userHome", "pathSeparator", "/", "cwd", "workspaceRoot"}

// longestVariable bounds a variable with its default, in bytes: what is longer is a literal.
const longestVariable = 1 << 10

// next is the first variable of text at or behind from: its bounds and what it is. ok is false where there is none.
func (f Form) next(text string, from int) (start, end int, p part, ok bool) {
	if f == 0 {
		return 0, 0, part{}, false
	}
	last := strings.LastIndexAny(text, "}%")
	if f&(Bare|Identifier) != 0 {
		last = len(text)
	}
	if f&Tilde != 0 && from == 0 && (text == "~" || strings.HasPrefix(text, "~/")) {
		return 0, 1, part{name: "HOME", written: "~", form: Tilde}, true
	}
	for i := from; i < last; i++ {
		n := 0
		switch text[i] {
		case '$':
			p, n = f.dollar(text[i:])
		case '{':
			p, n = f.curly(text[i:])
		case '%':
			p, n = f.percent(text[i:])
		}
		if n > 0 {
			p.written = text[i : i+n]
			return i, i + n, p, true
		}
	}
	return 0, 0, part{}, false
}

// dollar reads what begins with $; n is how long it is, 0 where it is no variable.
func (f Form) dollar(text string) (p part, n int) {
	if f&Secrets != 0 && strings.HasPrefix(text, "${{") {
		end := strings.Index(text[:min(len(text), longestVariable)], "}}")
		if end < 0 {
			return p, 0
		}
		name := strings.TrimSpace(text[3:end])
		if _, secret, ok := strings.Cut(name, "secrets."); ok {
			name = secret
		}
		if name == "" || strings.ContainsAny(name, " \t\r\n") {
			return p, 0
		}
		return part{name: name, form: Secrets}, end + 2
	}
	if !strings.HasPrefix(text, "${") {
		return f.bare(text)
	}
	end := strings.IndexByte(text[:min(len(text), longestVariable)], '}')
	if end < 0 {
		return p, 0
	}
	if p, ok := f.braces(text[2:end]); ok {
		return p, end + 1
	}
	return p, 0
}

// braces reads what stands between ${ and }.
func (f Form) braces(inner string) (part, bool) {
	prefix, rest, colon := strings.Cut(inner, ":")
	switch {
	case inner == "":
		return part{}, false
	case colon && prefix == "env" && !strings.HasPrefix(rest, "-"):
		if f&EnvColon != 0 {
			return part{name: strings.TrimSpace(rest), form: EnvColon}, strings.TrimSpace(rest) != ""
		}
	case colon && prefix == "input":
		if f&Input != 0 {
			return part{name: inner, form: Input}, true
		}
	case colon && prefix == "file":
		if f&FileColon != 0 {
			return part{name: inner, form: FileColon}, true
		}
	}
	if f&Folders != 0 && contains(folders, prefix) || f&Workspace != 0 && inner == folders[0] {
		return part{name: inner, form: Folders}, true
	}
	if f&Editor != 0 && (prefix == "config" || prefix == "command") && colon {
		return part{name: inner, form: Editor}, true
	}
	if f&Identifier != 0 {
		return f.identified(inner)
	}
	if f&Braces == 0 {
		return part{}, false
	}
	if f&Default == 0 {
		return part{name: inner, form: Braces}, true
	}
	name, fallback, has := strings.Cut(inner, ":-")
	return part{name: name, fallback: fallback, hasDefault: has, form: Braces}, name != ""
}

// identified reads NAME and NAME:-default.
func (f Form) identified(inner string) (part, bool) {
	p := part{name: inner, form: Identifier}
	if f&Default != 0 {
		p.name, p.fallback, p.hasDefault = strings.Cut(inner, ":-")
	}
	if f&Blanks != 0 {
		p.name = strings.TrimSpace(p.name)
	}
	return p, identifier(p.name)
}

// bare reads $NAME.
func (f Form) bare(text string) (p part, n int) {
	if f&(Bare|Identifier) == 0 {
		return p, 0
	}
	end := 1
	for end < len(text) && nameByte(text[end]) {
		end++
	}
	if end == 1 || f&Identifier != 0 && !identifier(text[1:end]) {
		return p, 0
	}
	return part{name: text[1:end], form: Bare}, end
}

// curly reads {env:NAME}, {file:path} and {name}.
func (f Form) curly(text string) (p part, n int) {
	end := strings.IndexByte(text[:min(len(text), longestVariable)], '}')
	if end < 2 {
		return p, 0
	}
	inner := text[1:end]
	switch {
	case strings.HasSuffix(inner, ":"):
		return p, 0
	case f&EnvBraces != 0 && strings.HasPrefix(inner, "env:"):
		return part{name: inner[len("env:"):], form: EnvBraces}, end + 1
	case f&FileBraces != 0 && strings.HasPrefix(inner, "file:"):
		return part{name: inner, form: FileBraces}, end + 1
	case f&Curly != 0 && !strings.ContainsAny(inner, "{ \"':,"):
		return part{name: inner, form: Curly}, end + 1
	}
	return p, 0
}

// percent reads %NAME%.
func (f Form) percent(text string) (p part, n int) {
	end := strings.IndexByte(text[1:min(len(text), longestVariable)], '%')
	if f&Percent == 0 || end < 1 || strings.ContainsAny(text[1:1+end], " /=") {
		return p, 0
	}
	return part{name: text[1 : 1+end], form: Percent}, end + 2
}

// identifier says whether a text is [A-Za-z_][A-Za-z0-9_]*.
func identifier(s string) bool {
	for i := 0; i < len(s); i++ {
		if !nameByte(s[i]) {
			return false
		}
	}
	return s != "" && (s[0] < '0' || s[0] > '9')
}

func nameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
}
