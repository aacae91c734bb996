//go:build !linux && !darwin && !dragonfly && !freebsd && !netbsd && !openbsd && !windows

package term

import (
	"errors"
	"os"
)

func silence(*os.File) error { return errors.ErrUnsupported }

func discard(*os.File) {}
