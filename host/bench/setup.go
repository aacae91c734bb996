package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// Where things are, seen from this folder.
const (
	root     = "../.."
	wasm     = "../headfast.wasm"
	manifest = root + "/dist/manifest.json"
	tsDir    = root + "/jsbridge/ts"
	tsEntry  = tsDir + "/dist/node.js"
	wasmExec = tsDir + "/dist/wasm_exec.js"
)

// bench is one run. Everything that it writes is below dir.
type bench struct {
	dir   string
	quick bool
	cli   []string
	note  string
	size  chan error
	sizes sizes
}

func (b *bench) program(name string) string { return filepath.Join(b.dir, name) }

// setUp builds and installs what is not there.
func (b *bench) setUp(ctx context.Context) error {
	if _, err := os.Stat(wasm); err != nil {
		return fmt.Errorf("the module is missing (run ./build.sh): %w", err)
	}
	progress("building")
	b.weigh(ctx)
	if err := do(ctx, ".", "go", "build", "-o", b.dir, "./cmd/..."); err != nil {
		return err
	}
	if err := b.buildCLI(ctx); err != nil {
		return err
	}
	if err := install(ctx, "node"); err != nil {
		return err
	}
	if _, err := os.Stat(tsEntry); err != nil {
		if err := install(ctx, tsDir); err != nil {
			return err
		}
		if err := do(ctx, tsDir, "npm", "run", "--silent", "build"); err != nil {
			return err
		}
	}
	return errors.Join(b.homes(ctx), <-b.size)
}

// weigh has the module compressed while the rest of the set-up goes on, unless build.sh has written down
// what came of that: quality 11 takes ten seconds.
func (b *bench) weigh(ctx context.Context) {
	b.size = make(chan error, 1)
	go func() { b.size <- runJSON(ctx, &b.sizes, "node", "node/size.mjs", wasm, manifest) }()
}

// buildCLI builds the program that users start; without it the contender of package host stands in.
func (b *bench) buildCLI(ctx context.Context) error {
	program := b.program("headfast")
	if err := do(ctx, root, "go", "build", "-o", program, "./host/cmd/headfast"); err != nil {
		b.note = "headfast CLI: it does not build, so package host stands in for it."
		return nil
	}
	b.cli = []string{program, "tools", "-c", filepath.Join(b.dir, "mcp.json"), "bench"}
	return nil
}

// install installs what a lock file names, once.
func install(ctx context.Context, dir string) error {
	if _, err := os.Stat(filepath.Join(dir, "node_modules/.package-lock.json")); err == nil {
		return nil
	}
	return do(ctx, dir, "npm", "ci", "--silent")
}

// homes makes the home of later runs: one in which the module has been compiled.
func (b *bench) homes(ctx context.Context) error {
	home := b.program("home")
	if err := os.Mkdir(home, 0o700); err != nil {
		return err
	}
	command := exec.CommandContext(ctx, b.program("ours"), "warm")
	command.Env, command.Stderr = atHome(home), os.Stderr
	return command.Run()
}

// atHome is this environment with another home, so that no cache of this machine's user counts.
func atHome(home string) []string {
	return append(os.Environ(), "HOME="+home, "XDG_CACHE_HOME="+filepath.Join(home, ".cache"))
}

// do runs a command of the set-up and shows what it says only if it fails.
func do(ctx context.Context, dir, name string, args ...string) error {
	command := exec.CommandContext(ctx, name, args...)
	command.Dir = dir
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %v: %w\n%s", name, args, err, out)
	}
	return nil
}

func progress(format string, args ...any) { fmt.Fprintf(os.Stderr, "bench: "+format+"\n", args...) }
