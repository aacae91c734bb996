//go:build unix

package host

import (
	"io/fs"
	"os"
	"os/exec"
	"syscall"
)

// inherited are the variables that a process gets from us: what a login session has.
var inherited = []string{"HOME", "LOGNAME", "PATH", "SHELL", "TERM", "USER", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TZ"}

const separators = "/"

func sameVariable(a, b string) bool { return a == b }

func fileNames(name string, _ []string) []string { return []string{name} }

// resolve has nothing to add: a path is a path.
func resolve(path, _ string, _ []string) string { return path }

func executable(info fs.FileInfo) bool { return info.Mode()&0o111 != 0 }

// viaInterpreter has nothing to do: the kernel reads #! lines.
func viaInterpreter(*exec.Cmd) error { return nil }

// ownGroup has the process lead a group, so that what npx and its like start ends with them, and so that Ctrl-C in a
// terminal reaches us alone.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// group is a process with its descendants, but for those that left it.
type group struct{ id int }

func newGroup(leader *os.Process) *group { return &group{leader.Pid} }

// terminate sends SIGTERM. An error says that nobody is left.
func (g *group) terminate() { _ = syscall.Kill(-g.id, syscall.SIGTERM) }

// kill sends SIGKILL. Where the leader is gone already, its number is no other's while its group has members.
func (g *group) kill() { _ = syscall.Kill(-g.id, syscall.SIGKILL) }

// free has nothing to give back.
func (g *group) free() {}
