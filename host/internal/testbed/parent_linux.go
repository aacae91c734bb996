package testbed

import "syscall"

// endWithParent has the system end a process when the tests are killed before they can (prctl(2), PR_SET_PDEATHSIG).
func endWithParent(a *syscall.SysProcAttr) { a.Pdeathsig = syscall.SIGKILL }
