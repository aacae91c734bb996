package cli

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/cli/browser"
	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/warm"
)

// browserTime is how long the program that opens a browser may take to fail. One that still runs has opened it.
const browserTime = 3 * time.Second

// browserVariable names the program to open pages with: one program, which gets the URL as its one argument.
const browserVariable = "BROWSER"

// openBrowser hands a URL to a browser, as one argument and without a shell. Only https is opened, and http on this
// machine.
func openBrowser(url string) error {
	if host.Elicitation.CheckURL(host.Elicitation{URL: url}) != nil {
		return errors.New("the address is not one that is safe to open")
	}
	open := systemBrowser
	if program := os.Getenv(browserVariable); program != "" {
		open = func(url string) error { return run(program, url) }
	}
	ended := make(chan error, 1)
	go func() { ended <- open(url) }()
	select {
	case err := <-ended:
		switch {
		case err != nil && os.Getenv(browserVariable) != "":
			return errors.New(browserVariable + ": " + err.Error())
		case errors.Is(err, exec.ErrNotFound):
			return errors.New("there is none")
		}
		return err
	case <-time.After(browserTime):
		return nil
	}
}

// systemBrowser is ShellExecute on Windows, open on macOS, else xdg-open or the like: each gets the URL as an argument.
func systemBrowser(url string) error {
	browser.Stdout, browser.Stderr = io.Discard, io.Discard
	return browser.OpenURL(url)
}

// run runs the person's own program. It is out of this terminal's reach, so that Ctrl-C ends no browser.
func run(program, url string) error {
	cmd := exec.Command(program, url)
	if kind := strings.ToLower(filepath.Ext(cmd.Path)); runtime.GOOS == "windows" && (kind == ".bat" || kind == ".cmd") {
		return errors.New("a batch file is run by a shell, which an address must not go through")
	}
	cmd.SysProcAttr = warm.Detached()
	return cmd.Run()
}

// canBrowse says whether a browser that is started here is one that the person sees: over SSH it is not, unless a
// display or $BROWSER says so, as editors set it for their remote terminals.
func canBrowse(getenv func(string) string) bool {
	if getenv(browserVariable) != "" || getenv("SSH_CONNECTION") == "" {
		return true
	}
	return getenv("DISPLAY") != "" || getenv("WAYLAND_DISPLAY") != ""
}
