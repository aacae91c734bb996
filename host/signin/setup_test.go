package signin_test

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/headfast/headfast/host/internal/testbed"
)

// npm is the folder of the npm packages; node is a Node that oidc-provider runs on.
var (
	npm  = testbed.NPM("oidc-provider", "npm")
	node = testbed.Node22("oidc-provider", npm)
)

// zitadelProgram and goSDKProgram are the programs of the nested modules.
var (
	zitadelProgram = goProgram("zitadel")
	goSDKProgram   = goProgram("gosdk")
)

func goProgram(dir string) func() (string, error) {
	return sync.OnceValues(func() (string, error) {
		program, err := testbed.GoProgram(dir, ".", dir)
		if err != nil {
			return "", fmt.Errorf("host/signin/%s needs the Go module proxy: run go mod download there\n%w", dir, err)
		}
		return program, nil
	})
}

// nodeScript runs a script of the folder npm.
func nodeScript(t *testing.T, name string, args ...string) *exec.Cmd {
	t.Helper()
	return exec.Command(testbed.Need(t, node), append([]string{filepath.Join(testbed.Need(t, npm), name)}, args...)...)
}
