package resolve

import (
	"strconv"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/weburl"
)

// The bounds of what a person is asked to agree to: so many facts, of so many bytes together.
const (
	mostFacts     = 450
	mostFactBytes = 64 << 10
)

// facts gathers what an entry says.
type facts struct {
	list []msg.Fact
	size int
	// names are the entry's variables, each once, and goes says where each one's value would go.
	names, goes []string
}

// Facts are what an entry would do, whole, for a person to agree to: what is sent where, what is started with what, and
// which variables would go where. Values of headers, and what else the file holds that is a secret, are told by their
// fingerprints. ok is false where it is more than can be put to a person.
func Facts(e *config.Entry) (list []msg.Fact, ok bool) {
	f := &facts{}
	f.add("transport", e.Transport)
	if e.Transport == config.Stdio {
		f.process(e)
	} else {
		f.remote(e)
	}
	if len(e.Helper) > 0 {
		f.program("headersHelper", e.Helper)
		f.add("folder of headersHelper", e.HelperDir)
	}
	if e.Auth.Text != "auto" {
		f.add("auth", e.Auth.Text)
	}
	f.oauth(e.OAuth)
	for i, name := range f.names {
		what := "variable " + name
		if kind, rest, other := strings.Cut(name, ":"); other && (kind == "input" || kind == "file") {
			what = kind + " " + rest
		}
		f.add(what, "goes to "+f.goes[i])
	}
	return f.list, len(f.list) <= mostFacts && f.size <= mostFactBytes
}

// add is not inlined, which would be kilobytes of the module.
//
//go:noinline
func (f *facts) add(name, text string) {
	if f.size += len(name) + len(text); len(f.list) <= mostFacts {
		f.list = append(f.list, msg.Fact{Name: name, Text: text})
	}
}

// send notes where the variables of a value go.
func (f *facts) send(v config.Value, to string) {
next:
	for _, name := range v.Variables() {
		for i, known := range f.names {
			if known == name {
				if !strings.Contains(f.goes[i], to) {
					f.goes[i] += " and " + to
				}
				continue next
			}
		}
		f.names, f.goes = append(f.names, name), append(f.goes, to)
	}
}

// remote is a server with a URL.
func (f *facts) remote(e *config.Entry) {
	f.add("url", told(e.URL))
	to := "where the url leads"
	if u, err := weburl.Parse(strings.TrimSpace(e.URL.Text)); err == nil && !strings.ContainsAny(u.Host, "${}%") {
		to = u.Origin()
	}
	f.send(e.URL, to)
	for _, h := range e.Headers {
		text := source(h.Value)
		if strings.EqualFold(h.Name, "Cookie") {
			text = cookies(text)
		}
		f.add("header "+h.Name, text)
		f.send(h.Value, to)
	}
}

// process is a server that is started.
func (f *facts) process(e *config.Entry) {
	f.program("command", append([]config.Value{e.Command}, e.Args...))
	if e.Folder != "" {
		f.add("folder", e.Folder)
	}
	for _, v := range e.Env {
		text := told(v.Value)
		if named(v.Name) {
			text = source(v.Value)
		}
		f.add("env "+v.Name, text)
		f.send(v.Value, "the process")
	}
}

// program is a command with each of its arguments.
func (f *facts) program(what string, words []config.Value) {
	to := "the process"
	if what != "command" {
		to = "the program of " + what
	}
	for i, w := range words {
		text, name := w.Text, what
		if i > 0 {
			name = what + ", argument " + strconv.Itoa(i)
		}
		if i > 0 || what != "command" {
			text = argument(words, i)
		}
		f.add(name, text)
		f.send(w, to)
	}
}

// oauth is how a sign-in would be.
func (f *facts) oauth(o *config.OAuth) {
	if o == nil {
		return
	}
	for _, name := range o.Names() {
		v, _ := o.Text(name)
		text := told(v)
		if contains(secret, name) {
			text = source(v)
		}
		f.add("oauth "+name, text)
		f.send(v, "the sign-in")
	}
	if o.HasScopes {
		f.add("oauth scopes", strings.Join(o.Scopes, " "))
	}
	if o.Port != 0 {
		f.add("oauth callbackPort", strconv.Itoa(o.Port))
	}
}
