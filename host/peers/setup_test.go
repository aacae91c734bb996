package peers

import (
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/headfast/headfast/host/internal/testbed"
)

// cli is the command line, with the core compiled in a cache of this run's own.
var cli = sync.OnceValues(func() (string, error) {
	program, err := testbed.CLI()
	if err != nil {
		return "", err
	}
	warm := exec.Command(program, "warm")
	warm.Env = testbed.Environment()
	if out, err := warm.CombinedOutput(); err != nil {
		return "", fmt.Errorf("headfast warm: %w\n%s", err, out)
	}
	return program, nil
})

// npm is the folder of the npm peers.
var npm = testbed.NPM("the npm peers", "npm")

// goExample builds an example of the Go SDK, unchanged, by its package path.
func goExample(t *testing.T, name string) string {
	t.Helper()
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
		program, err := testbed.GoProgram("gosdk", path, strings.ReplaceAll(path, "/", "-"))
		if err != nil {
			t.Fatalf("the Go peers need the Go module proxy: run go mod download in host/peers/gosdk\n%v", err)
		}
		if programs.built == nil {
			programs.built = map[string]string{}
		}
		programs.built[path] = program
	}
	return programs.built[path]
}

// fastAPI is Debian's Python with FastAPI and uvicorn.
var fastAPI = sync.OnceValues(func() (string, error) {
	return "/usr/bin/python3", testbed.Command(".", "./ensure-fastapi.sh")
})
