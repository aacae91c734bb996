//go:build !linux

package peers

import (
	"os"
	"syscall"
)

func endWithParent() *syscall.SysProcAttr { return nil }

func killGroup(pid int) {
	if p, err := os.FindProcess(pid); err == nil {
		_ = p.Kill()
	}
}
