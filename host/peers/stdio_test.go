package peers

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/headfast/headfast/host/internal/testbed"
)

// TestStdioHygiene has server-everything over its standard streams, in each way that Headfast has: it gets what its
// entry names and nothing that is the parent's own, what it writes to its standard error is told, and when the session
// is closed its process is gone.
func TestStdioHygiene(t *testing.T) {
	t.Setenv("PEERS_SECRET", canary)
	t.Run("cli", func(t *testing.T) {
		s := everythingStdio().serve(t)
		config := configText(t, "peer", s.entry)
		o := headfastWith(t, []string{"PEERS_SECRET=" + canary}, config, "call", "peer", "get-env", "--json")
		requireEnvironment(t, string(o.document(t).Result), s)
		forbid(t, o.all(), canary)
		requireGone(t, s, "the command ended")
		if o = headfast(t, config, "tools", "peer", "--json"); len(o.document(t).Tools) == 0 {
			t.Errorf("exit %d: %s", o.code, o.all())
		}
		requireGone(t, s, "the command ended")
	})
	for _, each := range apis {
		t.Run(each.name, func(t *testing.T) {
			s := everythingStdio().serve(t)
			a := each.open(t)
			c := must(t, a, step{Do: "connect", Config: configText(t, "peer", s.entry), How: connection{Elicitation: true}, AwaitLog: "Starting default (STDIO) server..."})
			if log := strings.Join(c.Log, "\n"); log != "Starting default (STDIO) server..." {
				t.Errorf("its standard error is told as %q", log)
			}
			if n := len(marked(s.mark)); n != 1 {
				t.Errorf("%d processes run", n)
			}
			c = must(t, a, step{Do: "call", Name: "get-env"})
			requireEnvironment(t, string(c.Result), s)
			begin := time.Now()
			must(t, a, step{Do: "close"})
			within(t, begin, 1500*time.Millisecond) // it ends with its input
			requireGone(t, s, "the session was closed")
		})
	}
}

func everythingStdio() able {
	return able{name: "stdio", kind: "stdio", command: node(everything, "stdio", "PEERS_GIVEN=given")}
}

// requireEnvironment looks at what get-env answered.
func requireEnvironment(t *testing.T, text string, s *serving) {
	t.Helper()
	forbid(t, text, canary)
	_, mark, _ := strings.Cut(s.mark, "=")
	for _, want := range []string{`\"PEERS_GIVEN\": \"given\"`, `\"PEERS_MARK\": \"` + mark, `\"PATH\": \"`, `\"HOME\": \"`} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not in its environment: %s", want, text)
		}
	}
	for _, foreign := range []string{"PEERS_SECRET", "HEADFAST_", "XDG_CACHE_HOME", "GOFLAGS", "GOPATH"} {
		if strings.Contains(text, foreign) {
			t.Errorf("%s is in its environment", foreign)
		}
	}
}

// requireGone says that no process of the server is there any more, at once.
func requireGone(t *testing.T, s *serving, after string) {
	t.Helper()
	if left := marked(s.mark); len(left) > 0 {
		t.Errorf("after %s, %d processes are left", after, len(left))
	}
}

// TestStdioInterrupted ends the command line in the middle of a call, as Ctrl-C does, and as a crash does: the server
// ends with it.
func TestStdioInterrupted(t *testing.T) {
	for name, signal := range map[string]os.Signal{"interrupt": os.Interrupt, "kill": os.Kill} {
		t.Run(name, func(t *testing.T) {
			s := everythingStdio().serve(t)
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, ".mcp.json"), []byte(configText(t, "peer", s.entry)), 0o600); err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(testbed.Need(t, cli), "call", "peer", "trigger-long-running-operation", `{"duration":1.5,"steps":1}`)
			cmd.Dir, cmd.Env = dir, append(testbed.Environment(), "HOME="+dir)
			child, err := testbed.Launch(cmd)
			if err != nil {
				t.Fatal(err)
			}
			eventually(t, "the server runs", func() bool { return len(marked(s.mark)) == 1 })
			time.Sleep(500 * time.Millisecond)
			if err := cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			<-child.Gone()
			if code := cmd.ProcessState.ExitCode(); signal == os.Interrupt && code != 130 {
				t.Errorf("exit %d", code)
			}
			if signal == os.Interrupt {
				requireGone(t, s, "the interrupt")
			} else { // it sees the end of its input, and has its call to end
				eventually(t, fmt.Sprint("the server ends with its client: ", marked(s.mark)), func() bool { return len(marked(s.mark)) == 0 })
			}
		})
	}
}
