package dialect

import (
	"strconv"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/tree"
)

// registry is the MCP registry's server.json, which describes a server for others to configure. Sources: the schema of
// 2025-12-11 at modelcontextprotocol/static, and where that leaves it open the importer of modelcontextprotocol/inspector,
// core/mcp/import/serverJson.ts.
var registry = &config.Dialect{
	ID: "registry", Name: "the MCP registry",
	Tops:      []string{"remotes"},
	Servers:   readRegistry,
	Fill:      readDescribed,
	Types:     map[string]string{"streamable-http": config.HTTP, "sse": config.SSE, "streamable": config.HTTP, "stdio": config.Stdio},
	Expansion: config.Expansion{Forms: config.Curly, In: config.Everywhere, Unset: config.Fails},
	Places:    []config.Place{{Scope: "project", Path: "server.json"}},
}

// readRegistry makes an entry of each remote and of each package.
func readRegistry(f *config.File, root tree.Node) {
	if server := object(root, "server"); server.Kind == tree.Map {
		root = server
	}
	nameNode := object(root, "name")
	name, _ := nameNode.Text()
	remotes, packages := object(root, "remotes").Items(), object(root, "packages").Items()
	if len(remotes)+len(packages) == 0 {
		f.Fail("has neither remotes nor packages", "Name a file that the registry's publisher writes.", root)
	}
	for i, n := range append(remotes[:len(remotes):len(remotes)], packages...) {
		called := name
		if len(remotes)+len(packages) > 1 {
			called += "#" + strconv.Itoa(i+1)
		}
		if !f.Add(called, n) {
			return
		}
		if !registryName(name) {
			f.Entries[len(f.Entries)-1].Say("the schema wants a name like com.example/server", placeOf(nameNode, root))
		}
	}
}

// readDescribed reads a remote, or a package, which says of what kind it is.
func readDescribed(e *config.Entry, n tree.Node) {
	d := &described{e, n}
	for _, name := range []string{"registryType", "registry_type", "registry_name"} {
		if object(n, name).Kind != tree.None {
			d.pack()
			return
		}
	}
	d.remote()
}

// registryName is the schema's ^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$.
func registryName(name string) bool {
	domain, rest, _ := strings.Cut(name, "/")
	return domain != "" && rest != "" && config.IsToken(domain) && config.IsToken(rest) &&
		!strings.ContainsAny(domain, "!#$%&'*+^_`|~") && !strings.ContainsAny(rest, "!#$%&'*+^`|~")
}

// described is an entry that is made of a remote or of a package.
type described struct {
	*config.Entry
	node tree.Node
}

// pick is the member of the first of these names that is there; all but the first are those of older schemas.
func (d *described) pick(of tree.Node, names ...string) tree.Node {
	for i, name := range names {
		m, _ := of.Last(name)
		if m == nil {
			continue
		}
		if i > 0 {
			d.Say("this is an older schema, which the registry no longer takes", m.Where())
		}
		return m.Value
	}
	return tree.Node{}
}

func (d *described) remote() {
	if !d.transport(d.pick(d.node, "type", "transport_type")) {
		return
	}
	d.url(d.node, d.inputs(object(d.node, "variables")))
	for _, h := range object(d.node, "headers").Items() {
		if name, v, there := d.input(h, config.InHeaders, "name"); there {
			d.AddHeader(name, v)
			if d.secret(h) {
				d.Declared, d.Credentials = true, append(d.Credentials, name)
			}
		}
	}
}

// transport reads a type; it is false where there is none that can be used.
func (d *described) transport(kind tree.Node) bool {
	text, is := kind.Text()
	transport, known := d.Dialect.Types[text]
	switch {
	case kind.Kind == tree.None:
		d.Refuse(`"`+d.Name+`" has no type, which the schema needs`, `Add "type": "streamable-http".`, d.Where)
	case !is || !known:
		d.Refuse(`"`+d.Name+`" has a type that the schema does not know`, `Write "streamable-http" or "sse".`, kind.Where())
	}
	d.Transport = transport
	return is && known
}

func (d *described) url(of tree.Node, say func(string) config.Variable) {
	n := object(of, "url")
	text, ok := n.Text()
	if !ok {
		d.Refuse(`"`+d.Name+`" has no url`, `Add "url": "https://…/mcp".`, d.Where)
		return
	}
	d.URL = d.Split("url", text, n.Where(), config.InURL).Bind(say)
}

// secret says whether an input, or one of its variables, is marked as a secret.
func (d *described) secret(n tree.Node) bool {
	if d.pick(n, "isSecret", "is_secret").Is(true) {
		return true
	}
	for _, v := range object(n, "variables").Members() {
		if d.pick(v.Value, "isSecret", "is_secret").Is(true) {
			return true
		}
	}
	return false
}

// input is what an Input of the schema is sent as: its value with its variables put in, its default or what a person
// answers. by are the members that name it. It is not there where it is optional and nothing gives a value.
func (d *described) input(n tree.Node, in config.In, by ...string) (name string, v config.Value, there bool) {
	named := n
	for _, member := range by {
		if found := object(n, member); found.Kind == tree.String {
			named = found
			name, _ = found.Text()
			break
		}
	}
	if value := object(n, "value"); value.Kind == tree.String {
		text, _ := value.Text()
		return name, d.Split(name, text, value.Where(), in).Bind(d.inputs(object(n, "variables"))), true
	}
	if preset := object(n, "default"); preset.Kind != tree.None {
		return name, config.Answer("input:"+name, preset.Literal(), true, preset.Where()), true
	}
	if d.pick(n, "isRequired", "is_required").Is(true) {
		d.ask(name, n)
		return name, config.Answer("input:"+name, "", false, named.Where()), true
	}
	if object(n, "type").Literal() != "named" {
		d.Say(name+" is optional and has no value: it is left out", named.Where())
	}
	return name, config.Value{}, false
}

// inputs says of a name what a map of inputs says.
func (d *described) inputs(variables tree.Node) func(string) config.Variable {
	return func(name string) config.Variable {
		m, _ := variables.Last(name)
		if m == nil {
			return config.Variable{Text: "{" + name + "}"}
		}
		return d.preset(name, m.Value)
	}
}

// preset is one input as a variable.
func (d *described) preset(name string, n tree.Node) config.Variable {
	if value := object(n, "value"); value.Kind == tree.String {
		return config.Variable{Text: value.Literal()}
	}
	fallback := object(n, "default")
	if fallback.Kind == tree.None {
		d.ask(name, n)
	}
	return config.Variable{Name: "input:" + name, Text: fallback.Literal(), HasDefault: fallback.Kind != tree.None}
}

// placeOf is the place of a node, or of the other one where it is not there.
func placeOf(n, or tree.Node) msg.Position {
	if n.Kind == tree.None {
		return or.Where()
	}
	return n.Where()
}

// object is the member of that name, or a node of the kind None.
func object(n tree.Node, name string) tree.Node {
	if m, _ := n.Last(name); m != nil {
		return m.Value
	}
	return tree.Node{}
}

// ask has a person asked for an input.
func (d *described) ask(id string, n tree.Node) {
	q := &config.Question{ID: id, Description: object(n, "description").Literal(), Secret: d.pick(n, "isSecret", "is_secret").Is(true), Where: n.Where()}
	for _, choice := range object(n, "choices").Items() {
		q.Options = append(q.Options, choice.Literal())
	}
	d.Ask(q)
}
