package signin_test

import "syscall"

// endWithParent has the system end a server when the tests are killed before they can, and makes it the leader of a
// group, so that what it starts can be ended with it.
func endWithParent() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}

// killGroup ends a server and what it started.
func killGroup(pid int) { _ = syscall.Kill(-pid, syscall.SIGKILL) }
