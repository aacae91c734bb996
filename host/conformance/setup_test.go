package conformance

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/internal/testbed"
)

func TestMain(m *testing.M) { os.Exit(testbed.Main(m, "conformance")) }

// installed is the npm folder; newNode is a Node that the suite runs on.
var (
	installed = testbed.NPM("the conformance suite", "npm")
	newNode   = testbed.Node22("the conformance suite", installed)
)

// program is cmd/client, with the module compiled in the cache of this run.
var program = sync.OnceValues(func() (string, error) {
	binary, err := testbed.GoProgram(".", "./cmd/client", "client")
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(testbed.Cache(), 0o700); err != nil {
		return "", err
	}
	return quoted(binary), host.Warm(testbed.Cache())
})

// goClient is cmd/client with the core run as WebAssembly, or natively.
func goClient(core string) func() (string, error) {
	return func() (string, error) {
		binary, err := program()
		return binary + " -core " + core, err
	}
}

// cliClient is the command line's own, "headfast conformance".
var cliClient = sync.OnceValues(func() (string, error) {
	if _, err := program(); err != nil { // has compiled the module
		return "", err
	}
	binary, err := testbed.CLI()
	return quoted(binary) + " conformance", err
})

// nodeClient is node/client.mjs with the built npm package, on the system's Node.
var nodeClient = sync.OnceValues(func() (string, error) {
	dist, err := testbed.JSPackage()
	if err != nil {
		return "", err
	}
	script, err := filepath.Abs("node/client.mjs")
	return strings.Join([]string{"node", quoted(script), quoted(dist)}, " "), err
})

// quoted is a word for the shell.
func quoted(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }
