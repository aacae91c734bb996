package cli

import (
	"errors"
	"io"
	"os/exec"
	"time"

	"github.com/cli/browser"
)

// browserTime is how long the program that opens a browser may take to fail. One that still runs has opened it.
const browserTime = 3 * time.Second

// openBrowser hands a URL to the system's browser, as one argument and without a shell.
func openBrowser(url string) error {
	browser.Stdout, browser.Stderr = io.Discard, io.Discard
	ended := make(chan error, 1)
	go func() { ended <- browser.OpenURL(url) }()
	select {
	case err := <-ended:
		if errors.Is(err, exec.ErrNotFound) {
			return errors.New("there is none")
		}
		return err
	case <-time.After(browserTime):
		return nil
	}
}
