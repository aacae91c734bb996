//go:build unix

package host

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
)

const killedWords = "signal: killed"

// behaveHere are behaviours that only this system has.
func behaveHere(how string, _ []string) {
	switch how {
	case "parent", "parent of a stranger":
		// The grandchild has our stdout, and outlives us.
		grandchild := exec.Command(executablePath)
		grandchild.Env = append(os.Environ(), behaviour+"=sleep")
		grandchild.Stdout = os.Stdout
		grandchild.SysProcAttr = &syscall.SysProcAttr{Setsid: how != "parent"}
		if err := grandchild.Start(); err != nil {
			os.Exit(9)
		}
		fmt.Printf("pid %d\n", grandchild.Process.Pid)
		os.Exit(5)
	}
}

// grandchild is the number that the child told.
func (c *child) grandchild() int {
	c.t.Helper()
	c.says("pid ")
	_, after, _ := strings.Cut(c.stdout(), "pid ")
	number, _, _ := strings.Cut(after, "\n")
	pid, err := strconv.Atoi(number)
	if err != nil {
		c.t.Fatal(err)
	}
	return pid
}

// alive says whether a process runs; one that only waits to be reaped does not.
func alive(pid int) bool {
	if syscall.Kill(pid, 0) != nil {
		return false
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err != nil || !strings.Contains(string(stat), ") Z ")
}

func TestTerminate(t *testing.T) {
	c := spawn(t, self("sleep"))
	c.says("ready")
	c.stop(msg.StopTerminate)
	c.wants(msg.FailExit, "signal: terminated", false)
}

// TestStubborn: neither the end of its input nor SIGTERM ends it; SIGKILL does.
func TestStubborn(t *testing.T) {
	c := spawn(t, self("stubborn"))
	c.stop(msg.StopClose)
	c.says("still here")
	c.stop(msg.StopTerminate)
	time.Sleep(100 * time.Millisecond)
	if len(c.ends()) > 0 {
		t.Fatal("SIGTERM has ended it")
	}
	c.stop(msg.StopKill)
	c.wants(msg.FailExit, killedWords, false)
}

// TestGrandchild: a child of a child that holds the pipe is given a moment, and then ends with the group.
func TestGrandchild(t *testing.T) {
	c := spawn(t, self("parent"))
	pid := c.grandchild()
	c.wants(msg.FailExit, "exit status 5", false)
	eventually(t, "the grandchild ends", func() bool { return !alive(pid) })
}

// TestStranger: who has left the group is not ours to end, and not waited for without end.
func TestStranger(t *testing.T) {
	c := spawn(t, self("parent of a stranger"))
	pid := c.grandchild()
	defer syscall.Kill(pid, syscall.SIGKILL)
	began := time.Now()
	c.wants(msg.FailExit, "exit status 5", false)
	if took := time.Since(began); took > 2*drainTime {
		t.Errorf("the End takes %v", took)
	}
	if !alive(pid) {
		t.Error("the stranger was ended")
	}
}

// TestCloseKillsGroup: Close ends grandchildren at once.
func TestCloseKillsGroup(t *testing.T) {
	f, session := faked(t, Options{}, nil)
	pid := f.spawn(t, session, self("parent")).grandchild()
	if err := f.client.Close(t.Context()); err != nil {
		t.Error(err)
	}
	eventually(t, "the grandchild ends", func() bool { return !alive(pid) })
	noneLeft(t)
}

// TestPath: a command is looked up in the PATH that the process gets, and a file that may not be run says so.
func TestPath(t *testing.T) {
	dir, empty := t.TempDir(), t.TempDir()
	script := func(name, text string, mode os.FileMode) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), mode); err != nil {
			t.Fatal(err)
		}
	}
	script("server", "#!/bin/sh\nprintf '%s in %s' \"$0\" \"$PWD\"\n", 0o755)
	script("locked", "#!/bin/sh\n", 0o644)
	script("lost", "#!/nowhere/sh\n", 0o755)
	script("noise", "\x01\x02", 0o755)
	run := func(command, dir string, path string) *child {
		return spawn(t, &msg.Spawn{ID: 1, Command: command, Dir: dir, Env: []msg.Header{{Name: "PATH", Value: path}}})
	}
	c := run("server", empty, ".::relative:"+empty+":"+dir)
	c.wants(msg.FailExit, "exit status 0", false)
	if want := filepath.Join(dir, "server") + " in " + empty; c.stdout() != want {
		t.Errorf("got %q, not %q", c.stdout(), want)
	}
	c = run("./server", dir, "")
	c.wants(msg.FailExit, "exit status 0", false)
	for command, want := range map[string]string{
		"locked": "no permission to run it", "lost": "there is no such file, or what should interpret it is missing",
		"noise": "exec format error", "other": "there is no such command in its PATH",
	} {
		run(command, "", dir).wants(msg.FailSpawn, want, false)
	}
	t.Chdir(dir)
	run("server", "", ".").wants(msg.FailSpawn, "there is no such command in its PATH", false)
}
