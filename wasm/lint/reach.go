package lint

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/edit"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/resolve"
	"github.com/headfast/headfast/wasm/tree"
)

// url looks at the entry's.
func (x *look) url() {
	v := x.entry.URL
	if v.Where.Line == 0 || v.Text == "" {
		return
	}
	x.pieces("the URL", v, config.InURL)
	x.white("the URL", v, true)
	at, text := x.at(v.Where), strings.TrimSpace(v.Text)
	scheme, rest, whole := strings.Cut(text, "://")
	if strings.ContainsAny(scheme, "${%") {
		return // a variable has the scheme
	}
	switch {
	case !whole:
		x.noScheme(v, at, text)
		return
	case scheme != "http" && scheme != "https" && strings.ToLower(scheme) != scheme:
		return // which is read all the same
	case scheme != "http" && scheme != "https":
		x.say(v.Where, problem.BadURL)
		x.add("bad-url", x.within(at, scheme, 0), "a server is reached by https or http, and not by this", "Write it like https://host/mcp.")
		return
	}
	authority, query, _ := strings.Cut(rest, "?")
	authority, _, _ = strings.Cut(authority, "/")
	if i := strings.LastIndexByte(authority, '@'); i > 0 && v.Plain() {
		x.say(v.Where, problem.BadURL)
		x.tellSecret("url-secret", "the URL, before the @", x.within(at, authority[:i], 0), 0)
	}
	x.query(at, query)
}

// noScheme is a URL that begins with its host.
func (x *look) noScheme(v config.Value, at span, text string) {
	x.say(v.Where, problem.BadURL)
	f := x.add("bad-url", at, "the URL has no https:// before its host", "Write it like https://host/mcp.")
	scheme := "https://"
	if strings.HasPrefix(text, "localhost") || strings.HasPrefix(text, "127.") {
		scheme = "http://"
	}
	if begin := x.within(at, text, 0); !strings.ContainsAny(text, " :") || scheme == "http://" {
		f.Fixes = fix("Insert "+scheme, true, x.replace(span{begin.start, begin.start}, scheme))
		if begin == at && x.inner(at) != at {
			f.Fixes = nil
		}
	}
}

// query tells of keys in the URL's query, which logs keep.
func (x *look) query(at span, query string) {
	query, _, _ = strings.Cut(query, "#")
	for _, pair := range strings.Split(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if !resolve.SecretName(name) || len(value) < 4 || strings.ContainsAny(value, "${}") || placeholder(value) {
			continue
		}
		place := x.within(at, pair, 0)
		if place != at {
			place.start += len(name) + 1
		}
		x.tellSecret("url-secret", "the URL, which logs keep: its "+plain(name), place, 0)
	}
}

// process looks at what is started.
func (x *look) process(members []tree.Member) {
	e := x.entry
	x.pieces("the command", e.Command, config.InCommand)
	x.white("the command", e.Command, false)
	x.commandLine(members)
	told := e.Mean(func(name string) (string, bool) {
		if value, found := x.lookup(name); found || name != "HOME" {
			return value, found
		}
		return "/home", true
	})
	x.path("the command", told.Command)
	for i, a := range e.Args {
		x.pieces("an argument", a, config.InArgs)
		if i < len(told.Args) {
			x.path("this argument", told.Args[i])
		}
		secret := resolve.LiteralArgument(e.Args, i)
		if secret == "" || placeholder(secret) {
			continue
		}
		x.tellSecret("literal-secret", "an argument", x.within(x.at(a.Where), secret, 0), config.InArgs)
	}
}

// path tells of a place that is not where a person takes it to be.
func (x *look) path(what string, s config.Sent) {
	at := x.at(s.Where)
	switch {
	case strings.HasPrefix(s.Text, "~/"):
		at = x.within(at, "~", 0)
		f := x.add("unexpanded-path", at, what+" begins with ~, which only a shell takes for the home folder", "Write the whole path.")
		in := config.InArgs
		if what == "the command" {
			in = config.InCommand
		}
		if written := x.Dialect.VariableIn("HOME", in); written != "" {
			f.Fixes = fix("Write "+written, false, x.replace(at, written))
		}
	case x.Scope == "user" && (strings.HasPrefix(s.Text, "./") || strings.HasPrefix(s.Text, "../")):
		f := x.add("unexpanded-path", at, what+" is a relative path in a file that counts in every folder", "Write the whole path.")
		x.severe(f, info)
	}
}

// commandLine tells of a command and its arguments in one text, which is taken for the name of one program.
func (x *look) commandLine(members []tree.Member) {
	e := x.entry
	m, words := x.means(members, config.CommandField), strings.Fields(e.Command.Text)
	if m == nil || len(words) < 2 || strings.ContainsAny(words[0], `/\$%`) {
		return
	}
	f := x.add("command-line", x.token(m.Value.Start), `"`+e.Name+`" has the program and its arguments in one text, which is taken for the program's name`, `Write "command": "program", and the rest into "args".`)
	if !strings.ContainsAny(e.Command.Text, "|&;<>\"'`\\") && x.syntax() == edit.JSON && !resolve.HasKey(resolve.CommandWords(e)) {
		f.Fixes = x.splitCommand(m, x.means(members, config.ArgsField), words)
	}
}

// splitCommand puts all words but the first into the arguments.
func (x *look) splitCommand(command, args *tree.Member, words []string) []msg.Fix {
	for i, w := range words {
		words[i] = edit.Quote(w)
	}
	list := strings.Join(words[1:], ", ")
	program := x.replace(x.token(command.Value.Start), words[0])
	edits := []msg.Edit{edit.JSON.Before(x.Source, *command, "args", "["+list+"]"), program}
	if args != nil {
		if args.Value.Kind != tree.List {
			return nil
		}
		if len(args.Value.Items()) > 0 {
			list += ", "
		}
		begin := args.Value.Start + 1
		edits = []msg.Edit{program, x.replace(span{begin, begin}, list)}
		if begin <= command.Start {
			edits[0], edits[1] = edits[1], edits[0]
		}
	}
	return fix("Put all but the program into args", false, edits...)
}
