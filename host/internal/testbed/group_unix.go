//go:build unix

package testbed

import "syscall"

// bound makes a process the head of a group, so that what it starts can be ended with it.
func bound() *syscall.SysProcAttr {
	a := &syscall.SysProcAttr{Setpgid: true}
	endWithParent(a)
	return a
}

// killGroup ends a process that is bound, and what it started.
func killGroup(pid int) error { return syscall.Kill(-pid, syscall.SIGKILL) }
