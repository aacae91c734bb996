package peers

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// need runs a piece of set-up once, and fails the test that needs it with what it says.
func need[T any](t *testing.T, once func() (T, error)) T {
	t.Helper()
	value, err := once()
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// cli is the command line, built from this tree, with the core compiled in a cache of this run's own.
var cli = sync.OnceValues(func() (string, error) {
	binary := filepath.Join(folder, "headfast")
	if err := command("../..", "go", "build", "-o", binary, "./host/cmd/headfast"); err != nil {
		return "", err
	}
	warm := exec.Command(binary, "warm")
	warm.Env = environment()
	if out, err := warm.CombinedOutput(); err != nil {
		return "", fmt.Errorf("headfast warm: %w\n%s", err, out)
	}
	return binary, nil
})

// coreCache is Options.CacheDir, the CLI's too.
func coreCache() string { return filepath.Join(folder, "cache", "headfast") }

// environment is all that the CLI sees, so that the machine's own settings do not matter.
func environment() []string {
	return []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + folder, "XDG_CACHE_HOME=" + filepath.Join(folder, "cache"), "HEADFAST_NO_WARM=1",
	}
}

// npm is the folder of the npm peers, installed as package-lock.json says.
var npm = sync.OnceValues(func() (string, error) {
	if newer("npm/node_modules/.package-lock.json", "npm/package-lock.json") {
		return "npm", nil
	}
	if err := command("npm", "npm", "ci", "--no-audit", "--no-fund"); err != nil {
		return "", fmt.Errorf("the npm peers need Node 20 or later and the npm registry: run npm ci in host/peers/npm\n%w", err)
	}
	return "npm", nil
})

// jsPackage is the built npm package headfast.
var jsPackage = sync.OnceValues(func() (string, error) {
	dist := "../../jsbridge/ts/dist"
	for _, name := range []string{"node.js", "web.js", "headfast.wasm", "wasm_exec.js"} {
		if _, err := os.Stat(filepath.Join(dist, name)); err != nil {
			return "", fmt.Errorf("the npm package headfast is not built: run ./build.sh, or npm run build in jsbridge/ts\n%w", err)
		}
	}
	return filepath.Abs(dist)
})

// goExample builds an example of the Go SDK, unchanged, by its package path.
func goExample(t *testing.T, name string) string {
	return goProgram(t, "github.com/modelcontextprotocol/go-sdk/examples/"+name)
}

// programs are the Go programs that were built.
var programs struct {
	sync.Mutex
	built map[string]string
}

// goProgram builds a program of the module gosdk or of one that it requires, once, by its package path.
func goProgram(t *testing.T, path string) string {
	t.Helper()
	programs.Lock()
	defer programs.Unlock()
	if programs.built[path] == "" {
		binary := filepath.Join(folder, strings.ReplaceAll(path, "/", "-"))
		if err := command("gosdk", "go", "build", "-o", binary, path); err != nil {
			t.Fatalf("the Go peers need the Go module proxy: run go mod download in host/peers/gosdk\n%v", err)
		}
		if programs.built == nil {
			programs.built = map[string]string{}
		}
		programs.built[path] = binary
	}
	return programs.built[path]
}

// fastAPI is Debian's Python with FastAPI and uvicorn.
var fastAPI = sync.OnceValues(func() (string, error) {
	return "/usr/bin/python3", command(".", "./ensure-fastapi.sh")
})

// chromium is the path of a Chromium.
var chromium = sync.OnceValues(func() (string, error) {
	out, err := exec.Command("../../web/e2e/ensure-chromium.sh").Output()
	if err != nil {
		return "", describe(err, out)
	}
	return strings.TrimSpace(string(out)), nil
})

func command(dir, name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s in host/peers/%s: %w\n%s", cmd, dir, err, out)
	}
	return nil
}

func describe(err error, out []byte) error {
	if exit, ok := err.(*exec.ExitError); ok {
		out = append(out, exit.Stderr...)
	}
	return fmt.Errorf("%w\n%s", err, out)
}

func newer(a, b string) bool {
	first, err := os.Stat(a)
	if err != nil {
		return false
	}
	second, err := os.Stat(b)
	return err == nil && !first.ModTime().Before(second.ModTime())
}
