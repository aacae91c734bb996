package main_test

import (
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/headfast/headfast/"

// direction is rule 1. A package imports of Headfast what its line names and nothing else, and a line names
// only packages of the lines above it: so there is one direction, from the wire up to main.
var direction = []struct {
	pkg string
	may string
}{
	{"jsbridge/msg", ""},
	{"jsbridge", "jsbridge/msg"},

	{"wasm/jsontext", ""},
	{"wasm/sse", ""},
	{"wasm/weburl", ""},
	{"wasm/jsonrpc", "wasm/jsontext"},

	{"wasm/problem", "jsbridge/msg"},
	{"wasm/trace", "wasm/jsontext wasm/weburl"},
	{"wasm/oauth", "wasm/jsontext wasm/weburl"},
	{"wasm/provider", "wasm/weburl"},
	{"wasm/tree", "jsbridge/msg wasm/jsontext"},
	{"wasm/edit", "jsbridge/msg wasm/jsontext wasm/tree"},
	{"wasm/config", "jsbridge/msg wasm/oauth wasm/problem wasm/tree"},
	{"wasm/dialect", "jsbridge/msg wasm/config wasm/jsontext wasm/tree"},
	{"wasm/revision", "jsbridge/msg wasm/jsonrpc wasm/jsontext"},

	{"wasm/resolve", "jsbridge/msg wasm/config wasm/jsontext wasm/problem wasm/trace wasm/weburl"},
	{"wasm/trust", "jsbridge/msg wasm/config wasm/jsontext wasm/oauth wasm/tree"},
	{"wasm/translate", "jsbridge/msg wasm/config wasm/edit wasm/problem wasm/resolve wasm/trace wasm/tree"},
	{"wasm/lint", "jsbridge/msg wasm/config wasm/edit wasm/jsontext wasm/problem wasm/resolve wasm/trace wasm/tree"},
	{"wasm/record", "jsbridge/msg wasm/jsontext wasm/problem wasm/resolve wasm/trace wasm/weburl"},
	{"wasm/transport", "jsbridge/msg wasm/sse wasm/weburl"},

	{"wasm/authflow", "jsbridge/msg wasm/config wasm/jsontext wasm/oauth wasm/problem wasm/provider wasm/record wasm/resolve wasm/trace wasm/transport wasm/weburl"},
	{"wasm/session", "jsbridge/msg wasm/authflow wasm/config wasm/jsonrpc wasm/jsontext wasm/oauth wasm/problem wasm/record wasm/resolve wasm/revision wasm/sse wasm/trace wasm/transport wasm/weburl"},
	{"wasm/probe", "jsbridge/msg wasm/authflow wasm/config wasm/jsonrpc wasm/oauth wasm/problem wasm/record wasm/resolve wasm/revision wasm/session wasm/sse wasm/trace wasm/transport wasm/weburl"},
	{"wasm/machine", "jsbridge/msg wasm/authflow wasm/config wasm/dialect wasm/jsontext wasm/lint wasm/oauth wasm/probe wasm/problem wasm/record wasm/resolve wasm/revision wasm/session wasm/trace wasm/translate wasm/transport wasm/trust"},
	{"wasm", "jsbridge wasm/machine"},
}

// onlyIn are packages that have their places; a place includes what is below it. The rest of the
// repository must not import them.
var onlyIn = []struct {
	path   string
	places []string
}{
	{"syscall/js", []string{"jsbridge"}},
	{"unsafe", []string{"jsbridge"}},
	{"github.com/tetratelabs/wazero", []string{"host", "host/gojs", "host/bench/"}},
	{"net/http", []string{"host/"}},
	{"github.com/tinylib/msgp", []string{"jsbridge/"}},
	{"github.com/tidwall/gjson", []string{"wasm/", "host/cmd/"}},
}

// TestDirectionIsOne checks the table itself: no line names a package of a line below it.
func TestDirectionIsOne(t *testing.T) {
	var above []string
	for _, line := range direction {
		for _, may := range strings.Fields(line.may) {
			if !slices.Contains(above, may) {
				t.Errorf("%s may import %s, which is not above it", line.pkg, may)
			}
		}
		above = append(above, line.pkg)
	}
}

// TestImportDirection holds every package to the table, and what has a place to its place.
func TestImportDirection(t *testing.T) {
	seen := map[string]bool{}
	for _, file := range goFiles(t) {
		if strings.HasSuffix(file, "_test.go") || strings.Contains(file, "/testdata/") {
			continue
		}
		pkg := path.Dir(file)
		seen[pkg] = true
		fset := token.NewFileSet()
		for _, spec := range parse(t, fset, file, nil, parser.ImportsOnly).Imports {
			if why := misplaced(pkg, imported(t, spec)); why != "" {
				t.Errorf("%s: %s", fset.Position(spec.Pos()), why)
			}
		}
	}
	for _, line := range direction {
		if !seen[line.pkg] {
			t.Errorf("the table has %s, which is not there", line.pkg)
		}
	}
}

// TestImportDirectionFinds is the test of the test.
func TestImportDirectionFinds(t *testing.T) {
	for _, c := range [][2]string{
		{"wasm/jsontext", module + "wasm/session"}, {"wasm/trace", module + "jsbridge/msg"}, {"wasm/resolve", module + "host"},
		{"wasm/new", "strings"}, {"wasm/machine", "unsafe"}, {"host/gojs/sub", "github.com/tetratelabs/wazero/api"},
		{"host", module + "wasm/machine"}, {"host", "syscall/js"}, {"jsbridge", "net/http"}, {"wasm/sse", "net/http/httptrace"},
		{"host/demo", module + "host"}, {"host", "github.com/tidwall/gjson"}, {"wasm/trace", "github.com/tinylib/msgp/msgp"},
	} {
		if misplaced(c[0], c[1]) == "" {
			t.Errorf("%s may import %s", c[0], c[1])
		}
	}
	for _, c := range [][2]string{
		{"jsbridge", "unsafe"}, {"host/gojs", "github.com/tetratelabs/wazero/api"}, {"wasm", module + "wasm/machine"},
		{"host/demo", "net/http"}, {"host", module + "wasm/problem"}, {"wasm/sse", "net/http2"},
	} {
		if why := misplaced(c[0], c[1]); why != "" {
			t.Errorf("%s may not import %s: %s", c[0], c[1], why)
		}
	}
}

// misplaced says why pkg must not import what it imports, or is empty.
func misplaced(pkg, what string) string {
	for _, o := range onlyIn {
		if within(o.path, what) && !slices.ContainsFunc(o.places, func(p string) bool {
			return pkg == p || strings.HasSuffix(p, "/") && within(strings.TrimSuffix(p, "/"), pkg)
		}) {
			return pkg + " imports " + what + ", which only " + strings.Join(o.places, " and ") + " may"
		}
	}
	ours, isOurs := strings.CutPrefix(what, module)
	for _, line := range direction {
		if line.pkg == pkg {
			if isOurs && !slices.Contains(strings.Fields(line.may), ours) {
				return pkg + " imports " + ours + ", which its line in the table does not name"
			}
			return ""
		}
	}
	switch {
	case within("wasm", pkg):
		return pkg + " has no line in the table"
	case within("host/demo", pkg) && isOurs && within("host", ours) && !within("host/demo", ours):
		return "the demo server must not know the client that it tests"
	case pkg == "host/vectors" || pkg == "host/native": // run the core natively, beside the module
	case within("host", pkg) && isOurs && within("wasm", ours) && ours != "wasm/problem" && ours != "wasm/jsontext":
		return pkg + " imports " + ours + ": a driver knows the core by its messages, the codes of wasm/problem, and reads JSON by wasm/jsontext"
	}
	return ""
}

// within says whether path is dir or below it.
func within(dir, path string) bool { return path == dir || strings.HasPrefix(path, dir+"/") }

// TestModuleIsSmall looks at all that is linked into the module, dependencies of dependencies too: rule 3.
func TestModuleIsSmall(t *testing.T) {
	list := exec.Command("go", "list", "-deps", ".")
	list.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	deps := strings.Fields(string(out))
	if !slices.Contains(deps, module+"wasm/machine") {
		t.Fatalf("the list is not the module's: %v", deps)
	}
	for _, dep := range deps {
		switch dep {
		case "net", "net/http", "net/url", "crypto/tls", "math/rand", "math/rand/v2", "log", "text/template":
			t.Errorf("the module has %s in it", dep)
		}
	}
}
