package peers

import "syscall"

// endWithParent has the system end a server when the tests are killed before they can.
func endWithParent() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
