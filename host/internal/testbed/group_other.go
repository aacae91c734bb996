//go:build !unix

package testbed

import (
	"os"
	"syscall"
)

// bound does nothing: there are no process groups here.
func bound() *syscall.SysProcAttr { return nil }

// killGroup ends the process alone.
func killGroup(pid int) error {
	p, err := os.FindProcess(pid)
	if err != nil {
		return err
	}
	return p.Kill()
}
