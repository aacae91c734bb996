package term

import (
	"os"

	"golang.org/x/sys/windows"
)

// silence turns a console's echo off.
func silence(f *os.File) error {
	handle := windows.Handle(f.Fd())
	var mode uint32
	if err := windows.GetConsoleMode(handle, &mode); err != nil {
		return err
	}
	return windows.SetConsoleMode(handle, mode&^windows.ENABLE_ECHO_INPUT)
}

// discard drops what was typed and not read.
func discard(f *os.File) { _ = windows.FlushConsoleInputBuffer(windows.Handle(f.Fd())) }
