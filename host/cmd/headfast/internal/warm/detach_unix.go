//go:build !windows

package warm

import "syscall"

// detached is a session of its own: no terminal, and no signal of this one's.
func detached() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }
