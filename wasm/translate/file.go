package translate

import (
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/edit"
	"github.com/headfast/headfast/wasm/tree"
)

// file is a whole file with the entry and nothing else.
func (j *job) file() string {
	switch j.to.Format {
	case config.TOML:
		return j.entry.table(j.to.Tops[0], j.name)
	case config.YAML:
		return j.to.Preamble + j.block("")
	}
	root := node{kind: tree.Map}
	if len(j.inputs) > 0 {
		root.list = []node{{name: "inputs", kind: tree.List, list: j.inputs}}
	}
	top := root.at(j.to.Tops[0])
	top.list = []node{j.named()}
	return root.json("  ", "") + "\n"
}

// named is the entry with its name.
func (j *job) named() node { return object(j.name, j.entry.list...) }

// block is the top key with the entry below it, in YAML.
func (j *job) block(indent string) string {
	if j.to.Listed {
		return indent + j.to.Tops[0] + ":\n" + indent + "  " + j.item(indent+"  ")
	}
	return indent + j.to.Tops[0] + ":\n" + indent + "  " + j.member(indent+"  ")
}

// item is the entry as an element of a YAML list that is so indented, without that of the first line.
func (j *job) item(indent string) string { return "- " + j.entry.yaml(indent+"  ") }

// member is the entry as a member of a YAML map that is so indented.
func (j *job) member(indent string) string {
	return edit.YAML.Name(j.name) + ":\n" + indent + "  " + j.entry.yaml(indent+"  ")
}
