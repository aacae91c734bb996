package dialect

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/tree"
)

// runners are the commands of the registries' packages: runtimeForPackage of Inspector's importer. mcpb has none.
var runners = map[string]struct {
	command   string
	versioned bool
	before    []string
}{
	"npm":   {command: "npx", versioned: true},
	"pypi":  {command: "uvx"},
	"nuget": {command: "dnx", versioned: true},
	"oci":   {command: "docker", before: []string{"run", "-i", "--rm"}},
}

// pack reads a package: a process, or a server that somebody has to start.
func (d *described) pack() {
	kind := d.pick(d.node, "registryType", "registry_type", "registry_name")
	where := object(d.node, "transport")
	d.Transport = config.Stdio
	if where.Kind != tree.None && !d.transport(object(where, "type")) {
		return
	}
	if d.Transport != config.Stdio {
		d.Say("this package is spoken to over HTTP, and nothing starts it here", object(where, "type").Where())
		d.url(where, d.packageInputs)
		return
	}
	run, known := runners[kind.Literal()]
	if !known {
		d.Refuse(`a package of the type "`+kind.Literal()+`" is no command`, "Use another package of the server.", d.Where)
		return
	}
	d.Command = d.literal(run.command, kind.Where())
	for _, word := range run.before {
		d.AddArg(d.literal(word, kind.Where()))
	}
	d.arguments(d.pick(d.node, "runtimeArguments", "runtime_arguments"))
	if run.command == "npx" {
		d.AddArg(d.literal("-y", kind.Where()))
	}
	d.environment(run.command == "docker")
	d.identifier(run.versioned)
	d.arguments(d.pick(d.node, "packageArguments", "package_arguments"))
}

// literal is a text without variables.
func (d *described) literal(text string, where msg.Position) config.Value {
	return d.Split("an argument", text, where, 0)
}

// identifier adds the package itself.
func (d *described) identifier(versioned bool) {
	n := d.pick(d.node, "identifier", "name")
	text, ok := n.Text()
	if !ok {
		d.Refuse(`"`+d.Name+`" has no identifier`, "Name the package.", d.Where)
		return
	}
	if version, there := object(d.node, "version").Text(); versioned && there {
		text += "@" + version
	}
	d.AddArg(d.literal(text, n.Where()))
}

// arguments adds a list of arguments: those with a name are two words.
func (d *described) arguments(list tree.Node) {
	for _, n := range list.Items() {
		if flag := object(n, "name"); object(n, "type").Literal() == "named" && flag.Kind == tree.String {
			d.AddArg(d.literal(flag.Literal(), flag.Where()))
		}
		if _, v, there := d.input(n, config.InArgs, "name", "valueHint", "value_hint"); there {
			d.AddArg(v)
		}
	}
}

// environment adds the variables; told says that a container is told their names.
func (d *described) environment(told bool) {
	for _, n := range d.pick(d.node, "environmentVariables", "environment_variables").Items() {
		name, v, there := d.input(n, config.InEnv, "name")
		if !there {
			continue
		}
		d.AddEnv(name, v)
		if told {
			where := placeOf(object(n, "name"), n)
			d.AddArg(d.literal("-e", where))
			d.AddArg(d.literal(name, where))
		}
	}
}

// packageInputs says of a name in a package's URL what its variables and arguments say.
func (d *described) packageInputs(name string) config.Variable {
	for _, lists := range [][]string{{"environmentVariables", "environment_variables"}, {"runtimeArguments", "runtime_arguments"}, {"packageArguments", "package_arguments"}} {
		for _, n := range d.pick(d.node, lists...).Items() {
			if object(n, "name").Literal() == name || d.pick(n, "valueHint", "value_hint").Literal() == name {
				return d.preset(name, n)
			}
		}
	}
	return config.Variable{Text: "{" + name + "}"}
}
