package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/zalando/go-keyring"
)

// roles are what this binary does as a process of its own, when childRole names one.
var roles = map[string]func(args []string) error{}

const childRole = "HEADFAST_STORE_TEST_ROLE"

func TestMain(m *testing.M) {
	role := roles[os.Getenv(childRole)]
	if role == nil {
		os.Exit(m.Run())
	}
	if err := role(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func process(role string, args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	// The race detector would have each of them wait a second at its end.
	cmd.Env = append(os.Environ(), childRole+"="+role, "GORACE=atexit_sleep_ms=0")
	return cmd
}

// alone runs a test in a process of its own, and says whether this is that.
func alone(t *testing.T) bool {
	t.Helper()
	const name = "HEADFAST_STORE_TEST_ALONE"
	if os.Getenv(name) != "" {
		return true
	}
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), name+"=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if bytes.Contains(out, []byte("--- SKIP")) {
		t.Skipf("%s", out)
	}
	return false
}

// named opens a store of a kind in dir. That of a keychain has its items in a folder beside, for all processes.
func named(kind, dir string) *files {
	if kind == "keychain" {
		return sealed(newFolder(dir), Service, folderRing(dir+"-ring"))
	}
	return plainly(newFolder(dir))
}

// folderRing is a keychain that several processes share, as an operating system's is.
type folderRing string

func (folderRing) present(context.Context) bool { return true }

func (r folderRing) Get(service, item string) (string, error) {
	data, err := os.ReadFile(filepath.Join(string(r), stem(service+item)))
	if errors.Is(err, os.ErrNotExist) {
		err = keyring.ErrNotFound
	}
	return string(data), err
}

func (r folderRing) Set(service, item, text string) error {
	if err := os.MkdirAll(string(r), 0o700); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(string(r), stem(service+item)), []byte(text), 0o600)
}

// faulty has something happen before every step of writing, and in the middle of every write.
type faulty struct {
	disk
	steps int
	on    func(step int) error
}

func (f *faulty) step() error {
	f.steps++
	return f.on(f.steps)
}

func (f *faulty) create(path string) (handle, error) {
	if err := f.step(); err != nil {
		return nil, err
	}
	h, err := f.disk.create(path)
	return &faultyHandle{h, f}, err
}

func (f *faulty) rename(from, to string) error {
	if err := f.step(); err != nil {
		return err
	}
	return f.disk.rename(from, to)
}

func (f *faulty) syncDir(dir string) error {
	if err := f.step(); err != nil {
		return err
	}
	return f.disk.syncDir(dir)
}

type faultyHandle struct {
	handle
	f *faulty
}

func (h *faultyHandle) Write(p []byte) (int, error) {
	n, err := h.handle.Write(p[:len(p)/2])
	if err == nil {
		err = h.f.step()
	}
	if err != nil {
		return n, err
	}
	rest, err := h.handle.Write(p[n:])
	return n + rest, err
}

func (h *faultyHandle) Sync() error {
	if err := h.f.step(); err != nil {
		return err
	}
	return h.handle.Sync()
}

func (h *faultyHandle) Close() error {
	if err := h.f.step(); err != nil {
		_ = h.handle.Close()
		return err
	}
	return h.handle.Close()
}
