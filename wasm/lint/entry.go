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

// look looks at one entry.
func (x *look) look() {
	e := x.entry
	members := e.Node().Members()
	x.name()
	x.fields(members)
	x.transport(members)
	if e.Transport == config.Stdio {
		x.process(members)
	} else {
		x.url()
	}
	for _, h := range e.Headers {
		x.header(h)
	}
	for _, v := range e.Env {
		x.variable(v)
	}
	if secret, there := e.OAuth.Text(config.ClientSecret); there {
		x.pieces("clientSecret", secret, config.InOAuth)
		x.secret("clientSecret", secret, resolve.Literal(secret, true), config.InOAuth)
	}
	for _, p := range resolve.Make(e, x.lookup).Problems {
		x.other(p, members)
	}
	x.refused()
	x.notes()
}

// other tells of a problem that others have found.
func (x *look) other(p *msg.Error, members []tree.Member) {
	e, kind := x.entry, x.means(members, config.TypeField)
	same := *p
	check := checkOf(p)
	var fixes []msg.Fix
	switch {
	case p == e.TwoWays: // which has a check of its own
		return
	case p.Code == problem.BadURL && x.told[told{p.Where, problem.BadField}]:
		return
	case p.Code == problem.TransportMissing && kind != nil && kind.Value.Where() == p.Where:
		check, fixes = "unknown-type", x.typeFix(members)
		if e.Transport != config.WebSocket {
			same.Title = x.Dialect.Name + " does not know this type"
		}
	case p.Code == problem.TransportMissing && (kind != nil || e.URL.Where.Line == 0 && e.Command.Where.Line == 0 || strings.Contains(p.Title, " has no command")):
		check = "no-transport"
	case p.Code == problem.TransportMissing:
		fixes = x.typeFix(members)
	case e.Auth.Text == "both" && strings.Contains(p.Title, " wants a token there too"):
		check = "both-conflict"
	case strings.HasSuffix(p.Title, "number where a string was expected") || strings.HasSuffix(p.Title, "boolean where a string was expected"):
		at := x.at(p.Where)
		fixes = fix("Put it in quotation marks", true, x.replace(at, edit.Quote(string(x.Source.Text[at.start:at.end]))))
	default:
		fixes = x.fixesOf(p)
	}
	x.known(check, &same, fixes...)
}

// checkOf is which check a problem belongs to that others have found.
func checkOf(p *msg.Error) string {
	switch p.Code {
	case problem.VariableUnset:
		return "unset-variable"
	case problem.BadURL:
		return "bad-url"
	case problem.BadHeader:
		return "bad-header"
	case problem.DuplicateName:
		return "duplicate-name"
	case problem.Cleartext:
		return "cleartext"
	case problem.TransportMissing:
		return "missing-type"
	case problem.NotJSON:
		return "comment"
	}
	return "bad-field"
}

// fixesOf are ways to mend a problem that others have found.
func (x *look) fixesOf(p *msg.Error) []msg.Fix {
	switch p.Code {
	case problem.Cleartext:
		at := x.at(x.entry.URL.Where)
		if i := x.within(at, "http://", 0); i != at {
			return fix("Write https", false, x.replace(span{i.start + 4, i.start + 4}, "s"))
		}
	case problem.BadHeader:
		return x.trimName(p.Where)
	}
	return nil
}

// name tells of white space around the entry's name.
func (x *look) name() {
	name := x.entry.Name
	if name == strings.TrimSpace(name) || strings.TrimSpace(name) == "" {
		return
	}
	f := x.add("white-space", x.at(x.entry.Where), "white space stands around the server's name", "Remove it: the name is all of it.")
	f.Fixes = x.trimName(x.entry.Where)
}

// trimName takes the white space away around a name.
func (x *look) trimName(where msg.Position) []msg.Fix {
	edits := x.trimmed(x.at(where))
	if len(edits) == 0 {
		return nil
	}
	return fix("Remove the white space around the name", true, edits...)
}

// fields tells of members that the client does not read, and of the one that switches the entry off.
func (x *look) fields(members []tree.Member) {
	e := x.entry
	if len(x.Dialect.Fields) == 0 {
		return
	}
	off := false
	for _, m := range members {
		at := x.token(m.Start)
		switch means := e.FieldOf(m.Name); {
		case means == config.Unknown:
			x.unread(m, at, members)
		case (means == config.DisabledField || means == config.EnabledField) && m.Value.Is(means == config.DisabledField):
			off = true
			x.add("disabled", at, `"`+e.Name+`" is switched off here`, "")
		}
	}
	if e.Disabled && !off {
		x.add("disabled", x.at(e.Where), `"`+e.Name+`" is switched off`, "")
	}
}

// unread tells of a member that the client does not read.
func (x *look) unread(m tree.Member, at span, members []tree.Member) {
	x.say(m.Where(), problem.BadField)
	title := x.Dialect.Name + ` does not read "` + plain(m.Name) + `"`
	best, _ := x.entry.NearMiss(m.Name)
	if best == "" {
		f := x.add("ignored-field", at, title, "")
		if within := x.Dialect.Member(config.RequestOptions); within != "" && m.Name == "headers" {
			f.Problem.Hint = "Put it under " + within + "."
			x.severe(f, warning)
		}
		return
	}
	f := x.add("unknown-field", at, title+`: it is called "`+best+`"`, `Rename it to "`+best+`".`)
	if has(members, best) {
		f.Problem.Hint = `Remove it: "` + best + `" is there.`
	} else {
		f.Fixes = fix(`Rename "`+plain(m.Name)+`" to "`+best+`"`, true, x.replace(at, x.syntax().Name(best)))
	}
}

// plain is a name up to what makes it none: a person may have put a value there.
func plain(name string) string {
	for i := range name {
		if !config.IsToken(name[:i+1]) {
			return name[:i] + "…"
		}
	}
	return name
}

func has(members []tree.Member, name string) bool {
	for _, m := range members {
		if m.Name == name {
			return true
		}
	}
	return false
}

// means is the last member that means this.
func (x *look) means(members []tree.Member, field config.Field) (found *tree.Member) {
	for i := range members {
		if x.entry.FieldOf(members[i].Name) == field {
			found = &members[i]
		}
	}
	return found
}

// transport tells of a type that is old, and of a url beside a command.
func (x *look) transport(members []tree.Member) {
	e := x.entry
	kind, url, command := x.means(members, config.TypeField), x.means(members, config.URLField), x.means(members, config.CommandField)
	switch {
	case e.Transport != config.SSE:
	case kind != nil && e.Typed():
		f := x.add("deprecated-transport", x.token(kind.Value.Start), "HTTP+SSE is deprecated since 2025-03-26", "Use Streamable HTTP, where the server speaks it: its URL then often ends in /mcp.")
		f.Fixes = x.retype(kind)
	case url != nil && x.Dialect.Untyped == config.LegacySSE:
		f := x.add("untyped-sse", x.token(url.Start), x.Dialect.Name+" takes a url without a type for HTTP+SSE, which is deprecated", `Add "type": "`+x.Dialect.TypeOf(config.HTTP)+`", where the server speaks it.`)
		f.Fixes = x.insertType(url, config.HTTP, false)
	}
	if url != nil && command != nil {
		ignored, used := url, command
		if e.Transport != config.Stdio {
			ignored, used = command, url
		}
		x.say(ignored.Where(), problem.BadField)
		x.add("command-and-url", x.token(ignored.Start), `"`+e.Name+`" has a command and a url, of which `+used.Name+" is used", "Remove one of them.")
	}
}

// retype is Streamable HTTP in the place of another type.
func (x *look) retype(kind *tree.Member) []msg.Fix {
	name := x.Dialect.TypeOf(config.HTTP)
	if name == "" {
		return nil
	}
	return fix(`Write "`+name+`"`, false, x.replace(x.token(kind.Value.Start), x.syntax().Value(name)))
}

// insertType puts a type in front of a member.
func (x *look) insertType(before *tree.Member, transport string, safe bool) []msg.Fix {
	name, field := x.Dialect.TypeOf(transport), x.Dialect.Member(config.TypeField)
	if name == "" || field == "" {
		return nil
	}
	return fix("Insert "+field+`: "`+name+`"`, safe, x.syntax().Before(x.Source, *before, field, x.syntax().Value(name)))
}

// spellings are how clients call the transports.
const spellings = " http=http streamable-http=http streamablehttp=http streamable_http=http streamable=http remote=http sse=sse stdio=stdio local=stdio "

// typeFix adds the type that is missing, or spells one as the client does. Of what the client does not use nothing gets
// worse by that.
func (x *look) typeFix(members []tree.Member) []msg.Fix {
	kind, url, command := x.means(members, config.TypeField), x.means(members, config.URLField), x.means(members, config.CommandField)
	if command == nil {
		command = x.means(members, config.CommandLine)
	}
	switch {
	case kind != nil:
		_, rest, known := strings.Cut(spellings, " "+strings.ToLower(kind.Value.Literal())+"=")
		transport, _, _ := strings.Cut(rest, " ")
		name := x.Dialect.TypeOf(transport)
		if !known || name == "" || name == kind.Value.Literal() || kind.Value.Kind != tree.String {
			return nil
		}
		return fix(`Write "`+name+`"`, true, x.replace(x.token(kind.Value.Start), x.syntax().Value(name)))
	case url != nil && command == nil:
		transport := config.HTTP
		if strings.HasSuffix(strings.TrimRight(x.entry.URL.Text, "/"), "/sse") && x.Dialect.TypeOf(config.SSE) != "" {
			transport = config.SSE
		}
		return x.insertType(url, transport, true)
	case command != nil && url == nil:
		return x.insertType(command, config.Stdio, true)
	}
	return nil
}

// refused tells why the client does not use an entry in which nothing is wrong.
func (x *look) refused() {
	e := x.entry
	if e.Refused() != "" {
		return
	}
	for _, v := range e.Values() {
		for _, p := range e.Mentions(v) {
			if _, found := x.lookup(p.Name); !found && !p.Default {
				return // which is told
			}
		}
	}
	if m := e.Mean(x.lookup); m.Refused != "" {
		x.add("refused-entry", x.at(e.Where), x.Dialect.Name+` does not use "`+e.Name+`": `+m.Refused, "")
	}
}

// notes tells what a person would not expect of the client.
func (x *look) notes() {
	for _, n := range x.entry.Notes() {
		if strings.Contains(n.Text, " does not read ") || strings.Contains(n.Text, " uses no server of this file") || strings.HasPrefix(n.Text, "white space ") {
			continue // which the other checks tell
		}
		x.add("client-note", x.at(n.Where), n.Text, "")
	}
}
