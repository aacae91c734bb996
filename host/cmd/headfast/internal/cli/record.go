package cli

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/spf13/cobra"
)

// recording gives a command the flags that tell what was exchanged, when all is over.
func (a *app) recording(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&a.flags.har, "har", "", "write all HTTP exchanges to `FILE` as a HAR, without secrets; a browser's network panel opens it (- is stdout)")
	f.BoolVar(&a.flags.curl, "curl", false, "print a curl command for each HTTP request on stderr, with variables in the place of secrets")
	_ = cmd.MarkFlagFilename("har", "har")
}

// records says that exchanges are kept, but where the core is only asked what it would do.
func (a *app) records() bool { return !a.quiet && (a.flags.har != "" || a.flags.curl) }

// toStdout is the --har that stands for standard output.
const toStdout = "-"

// checkHAR says what is wrong with --har before anything is sent. With "-", what would go to standard output goes to
// standard error.
func (a *app) checkHAR() error {
	path := a.flags.har
	switch {
	case path == "":
		return nil
	case path == toStdout && a.flags.json:
		return usage("--har - and --json both write to standard output", "Name a file: --har FILE.")
	case path == toStdout:
		a.archive, a.out = a.out, a.talk
		return nil
	}
	info, err := os.Lstat(path)
	switch {
	case err == nil && info.Mode()&fs.ModeSymlink != 0:
		return usage(term.Line(path)+" is a symbolic link, which --har does not follow", "Name the file itself; - is standard output.")
	case err == nil && info.IsDir():
		return usage(term.Line(path)+" is a folder", "Name a file: --har FILE.")
	case err != nil:
		if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
			return usage("There is no folder for --har "+term.Line(path), "Name a file in a folder that is there.")
		}
	}
	return nil
}

// exportTime bounds the export: after Ctrl-C too, it fits into the time that is left.
const exportTime = 2 * time.Second

// export tells what was exchanged, however the command ended: failed is why, or nil.
func (a *app) export(ctx context.Context, client *host.Client, failed error) error {
	if !a.records() {
		return failed
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), exportTime)
	defer cancel()
	err := a.exportAll(ctx, client)
	if failed == nil {
		return err
	}
	if err != nil {
		f := asFault(err)
		f.Severity = "warning"
		a.warn(&f.reason)
	}
	return failed
}

func (a *app) exportAll(ctx context.Context, client *host.Client) error {
	if a.flags.curl {
		text, err := client.Export(ctx, host.Curl)
		if err != nil {
			return err
		}
		if err := a.showCurl(string(text)); err != nil {
			return err
		}
	}
	if a.flags.har == "" {
		return nil
	}
	text, err := client.Export(ctx, host.HAR)
	if err == nil {
		err = a.writeHAR(append(text, '\n'))
	}
	return err
}

// showCurl prints the commands, or puts them into the document, one by one. watch has printed its own by then.
func (a *app) showCurl(text string) error {
	text = strings.TrimSuffix(text, "\n")
	if a.flags.json && !a.printed {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.doc.Curl = []string{}
		if text != "" {
			a.doc.Curl = strings.Split(text, "\n\n")
		}
		return nil
	}
	return a.talk.Print(text + "\n")
}

// writeHAR writes the archive, which nobody else can read: into a new file that takes the place of one that is there,
// so that no link is followed. What is no file, such as a pipe, is written to as it is.
func (a *app) writeHAR(text []byte) error {
	path := a.flags.har
	if path == toStdout {
		return a.archive.Print(string(text))
	}
	err := replaceFile(path, text)
	if err != nil {
		return newFault(problem.Usage, "--har cannot be written", term.Line(err.Error())+".", "Name a file that can be written: --har FILE.")
	}
	a.say("HAR   " + term.Line(path) + "  " + a.talk.Dim("open it in the network panel of a browser; check what servers answered before you share it") + "\n")
	return nil
}

func replaceFile(path string, text []byte) (err error) {
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() && info.Mode()&fs.ModeSymlink == 0 {
		return os.WriteFile(path, text, 0o600)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".headfast-*.har") // for the owner alone
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}
