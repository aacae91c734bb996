package peers

import (
	"fmt"
	"strings"
	"testing"

	"github.com/headfast/headfast/host/internal/testbed"
)

// goServer runs an example of the Go SDK; <port> in an argument is a free port, and an argument like NAME=value
// goes into the environment.
func goServer(example, path string, args ...string) func(*testing.T) (*testbed.Process, string) {
	return func(t *testing.T) (*testbed.Process, string) {
		port := freePort(t)
		var with, env []string
		for _, arg := range args {
			arg = strings.ReplaceAll(arg, "<port>", fmt.Sprint(port))
			if strings.Contains(arg, "=") {
				env = append(env, arg)
			} else {
				with = append(with, arg)
			}
		}
		return start(t, port, env, goExample(t, example), with...), fmt.Sprintf("http://localhost:%d%s", port, path)
	}
}
