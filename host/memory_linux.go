package host

import "syscall"

// noReserve keeps the system from counting memory that is only set aside.
const noReserve = syscall.MAP_NORESERVE
