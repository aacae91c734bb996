//go:build !linux

package signin_test

import "syscall"

func endWithParent() *syscall.SysProcAttr { return nil }

// killGroup does nothing: there is no group here, and the process itself has ended.
func killGroup(int) {}
