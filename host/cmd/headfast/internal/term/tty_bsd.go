//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package term

import (
	"os"

	"golang.org/x/sys/unix"
)

const (
	getState = unix.TIOCGETA
	setState = unix.TIOCSETA
	// readQueue is FREAD of <sys/fcntl.h>.
	readQueue = 1
)

// discard drops what was typed and not read.
func discard(f *os.File) { _ = unix.IoctlSetPointerInt(int(f.Fd()), unix.TIOCFLUSH, readQueue) }
