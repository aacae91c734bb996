//go:build !linux

package peers

import "syscall"

func endWithParent() *syscall.SysProcAttr { return nil }
