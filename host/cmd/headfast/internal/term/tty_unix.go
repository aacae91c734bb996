//go:build linux || darwin || dragonfly || freebsd || netbsd || openbsd

package term

import (
	"os"

	"golang.org/x/sys/unix"
)

// silence turns a terminal's echo off.
func silence(f *os.File) error {
	state, err := unix.IoctlGetTermios(int(f.Fd()), getState)
	if err != nil {
		return err
	}
	state.Lflag &^= unix.ECHO
	return unix.IoctlSetTermios(int(f.Fd()), setState, state)
}
