package term

import (
	"os"

	"golang.org/x/sys/unix"
)

const (
	getState = unix.TCGETS
	setState = unix.TCSETS
)

// discard drops what was typed and not read.
func discard(f *os.File) { _ = unix.IoctlSetInt(int(f.Fd()), unix.TCFLSH, unix.TCIFLUSH) }
