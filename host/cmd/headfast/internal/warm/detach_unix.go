//go:build !windows

package warm

import "syscall"

// Detached is a session of its own: no terminal, and no signal of this one's.
func Detached() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }
