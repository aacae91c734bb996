package resolve

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/trace"
)

// Process is how to start a server that speaks over its standard streams.
type Process struct {
	Command string
	Args    []string
	// Dir is the folder to start it in; empty is the driver's own.
	Dir string
	// Env is what it gets besides what its platform needs; Uses tells of it without the values.
	Env  []msg.Header
	Uses []msg.HeaderUse
}

// setProcess expands an entry's command, arguments and environment. Nothing of it may be shown but the command
// as the file writes it, since arguments and variables carry keys.
func (p *Plan) setProcess(entry *config.Entry, lookup Lookup) {
	if entry.Transport != config.Stdio {
		return
	}
	p.URLWhere = entry.Command.Where
	p.Show = showCommand(entry)
	p.Process.Dir = entry.Folder
	p.Process.Command = p.text(entry.Command, "the command", lookup)
	for _, a := range entry.Args {
		p.Process.Args = append(p.Process.Args, p.text(a, "an argument", lookup))
	}
	for _, v := range entry.Env {
		p.setVariable(v, lookup)
	}
	p.learnArguments(entry)
}

// setVariable is one of the environment. Its use tells of a credential by its fingerprint, and of nothing else.
func (p *Plan) setVariable(v config.Header, lookup Lookup) {
	value, unset, ok := p.expand(v.Value, v.Name, lookup)
	use := msg.HeaderUse{Name: v.Name, Where: v.Value.Where, Variables: p.sources(v.Value.Variables(), lookup), Defaults: v.Value.Defaults(lookup),
		Unset: unset, Credential: named(v.Name), Sent: ok}
	if len(unset) > 0 && p.Asks(unset) {
		use.Note, use.Unset = "it will be asked for", nil
	}
	if use.Credential {
		p.Redact.Add(value)
	}
	if use.Sent {
		f := trace.Print(value)
		use.Scheme, use.Fingerprint, use.Length = f.Scheme, f.Tail, f.Length
	}
	p.Process.Env = append(p.Process.Env, msg.Header{Name: v.Name, Value: value})
	p.Process.Uses = append(p.Process.Uses, use)
}

// text is a value with its variables put in.
func (p *Plan) text(v config.Value, what string, lookup Lookup) string {
	text, _, _ := p.expand(v, what, lookup)
	return text
}

// expand fills a value of the process. What came from a variable is not shown.
func (p *Plan) expand(v config.Value, what string, lookup Lookup) (text string, unset []string, ok bool) {
	text, unset, ok = p.fill(v, what, lookup)
	for _, name := range v.Variables() {
		if value, ok := lookup(name); ok && (p.entry.Question(name) != nil || !isPath(value)) {
			p.hide(name, value)
		}
	}
	return text, unset, ok
}

// isPath says that a value is a place in the file system, as of HOME: hiding it would garble every message.
func isPath(value string) bool {
	return strings.HasPrefix(value, "/") || len(value) > 2 && value[1] == ':'
}

// learnArguments makes literal keys known: "--api-key K" and "--api-key=K".
func (p *Plan) learnArguments(entry *config.Entry) {
	words := CommandWords(entry)
	for i, w := range words[:len(words)-len(entry.Args)] {
		if _, start := KeyInArgument(words, i); start >= 0 && w.Plain() {
			p.Redact.Add(w.Text[start:])
		}
	}
	for i, arg := range p.Process.Args {
		if secretArgument(entry.Args, i) {
			p.Redact.Add(arg)
		}
		if _, _, ok := headerArgument(entry.Args, i); ok {
			_, value, _ := strings.Cut(arg, ":")
			_, secret := trace.SplitScheme(strings.TrimSpace(value))
			p.Redact.AddParts(secret)
		}
		if name, value, ok := strings.Cut(arg, "="); ok && named(strings.TrimLeft(name, "-")) {
			p.Redact.Add(value)
		}
	}
}

// secretArgument says that an argument follows a flag whose name tells that it is a key.
func secretArgument(args []config.Value, i int) bool {
	if i == 0 || strings.HasPrefix(args[i].Text, "-") {
		return false
	}
	flag := args[i-1].Text
	return strings.HasPrefix(flag, "-") && !strings.Contains(flag, "=") && named(strings.TrimLeft(flag, "-"))
}

// headerArgument is a header that a program is told to send, as mcp-remote and curl have it: --header "Name: value".
func headerArgument(args []config.Value, i int) (name, value string, ok bool) {
	text := args[i].Text
	if flag, rest, joined := strings.Cut(text, "="); joined && (flag == "--header" || flag == "-H") {
		text = rest
	} else if i == 0 || args[i-1].Text != "--header" && args[i-1].Text != "-H" {
		return "", "", false
	}
	name, value, ok = strings.Cut(text, ":")
	return name, strings.TrimSpace(value), ok && value != ""
}

// hideUserinfo leaves out what stands before the "@" of a URL, and the values of its query.
func hideUserinfo(text string) string {
	scheme, rest, isURL := strings.Cut(text, "://")
	if !isURL {
		return text
	}
	authority, tail := split("x://" + rest)
	authority = strings.TrimPrefix(authority, "x://")
	if at := strings.LastIndexByte(authority, '@'); at >= 0 {
		authority = trace.Redacted + authority[at:]
	}
	return scheme + "://" + authority + hideQuery(tail)
}

// named says that a name tells of a secret, as a header's does.
func named(name string) bool {
	return CredentialName(name) || strings.HasSuffix(strings.ToLower(name), "key")
}

// CommandWords are the words of a command of several, as a shell would cut it, else the command; a header that is not in
// quotation marks is one word up to the next flag. Behind them stand the arguments.
func CommandWords(entry *config.Entry) []config.Value {
	words := config.Words(entry.Command.Text)
	if len(words) < 2 {
		return append([]config.Value{entry.Command}, entry.Args...)
	}
	own, flag := *entry, ""
	var all []config.Value
	for i := 0; i < len(words); i++ {
		w := words[i]
		for (flag == "-H" || flag == "--header" || strings.HasPrefix(w, "--header=")) && i+1 < len(words) && !strings.HasPrefix(words[i+1], "-") {
			i++
			w += " " + words[i]
		}
		flag = w
		all = append(all, own.Split("command", w, entry.Command.Where, config.InCommand))
	}
	return append(all, entry.Args...)
}

// HasKey says that one of the words can be a key, or stands where one would: rather too often than not.
func HasKey(words []config.Value) bool {
	for i, w := range words {
		_, start := KeyInArgument(words, i)
		if start >= 0 || LikeKey(w.Text) || LiteralArgument(words, i) != "" || strings.ContainsAny(w.Text, "?#") || hideUserinfo(w.Text) != w.Text {
			return true
		}
		if _, value, ok := strings.Cut(w.Text, "="); ok && LikeKey(value) {
			return true
		}
		if _, _, ok := headerArgument(words, i); ok {
			return true
		}
	}
	return false
}

// showCommand is the command as the file writes it, without literal keys.
func showCommand(entry *config.Entry) string {
	var shown []string
	words := CommandWords(entry)
	for i, a := range words {
		text := a.Text
		if name, _, ok := strings.Cut(text, "="); ok && named(strings.TrimLeft(name, "-")) && len(a.Variables()) == 0 && !strings.Contains(name, "://") {
			text = name + "=" + trace.Redacted
		} else if secretArgument(words, i) && a.Plain() {
			text = trace.Redacted
		} else if name, value, ok := headerArgument(words, i); ok {
			if _, secret := trace.SplitScheme(value); isVariable(secret) {
				text = a.Template()
			} else {
				text = name + ": " + trace.Redacted
			}
		} else {
			text = hideUserinfo(a.Template())
		}
		shown = append(shown, text)
	}
	return trace.Line(strings.Join(shown, " "))
}
