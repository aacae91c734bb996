package term

import (
	"os"

	"golang.org/x/sys/windows"
)

// enable makes a console understand escape sequences (Windows 10 and later); false where it cannot.
func enable(f *os.File) bool {
	handle := windows.Handle(f.Fd())
	var mode uint32
	if windows.GetConsoleMode(handle, &mode) != nil {
		return false
	}
	return windows.SetConsoleMode(handle, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}
