//go:build unix && !linux

package testbed

import "syscall"

// endWithParent does nothing: only Linux has it.
func endWithParent(*syscall.SysProcAttr) {}
