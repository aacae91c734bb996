package warm

import (
	"syscall"

	"golang.org/x/sys/windows"
)

// Detached is a process without a console, in a group of its own.
func Detached() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{CreationFlags: windows.DETACHED_PROCESS | windows.CREATE_NEW_PROCESS_GROUP, HideWindow: true}
}
