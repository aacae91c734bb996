package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/headfast/headfast/host/demo"
)

// The keys of these tests. No run may ever print one: run checks that for every run there is.
const (
	goodKey  = "canary-good-0123456789-7f3c"
	wrongKey = "canary-wrong-987654321-9a2b"
)

// binary is the program, built once; cache has the core compiled, so that every run is quick.
var binary, cache string

func TestMain(m *testing.M) {
	if era := os.Getenv(peerVariable); era != "" {
		runPeer(era)
	}
	if record := os.Getenv(browserRecord); record != "" {
		runBrowser(record)
	}
	// What is run under nohup would hand an ignored SIGHUP on to the commands, which then rightly go on.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP)
	folder, err := os.MkdirTemp("", "headfast-cli")
	if err == nil {
		err = prepare(folder)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(folder)
	os.Exit(code)
}

func prepare(folder string) error {
	binary, cache = filepath.Join(folder, "headfast"), filepath.Join(folder, "cache")
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	warm := exec.Command(binary, "warm")
	warm.Env = environment()
	if out, err := warm.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

// environment is all that a run sees, so that the machine's own settings do not matter.
func environment(more ...string) []string {
	env := []string{"HOME=" + os.TempDir(), "XDG_CACHE_HOME=" + cache, "LocalAppData=" + cache, "HEADFAST_NO_WARM=1", "HEADFAST_STORE=memory"}
	for _, name := range []string{"PATH", "SystemRoot", "TMPDIR", "TEMP"} {
		env = append(env, name+"="+os.Getenv(name))
	}
	return append(env, more...)
}

// place is a working folder and an environment.
type place struct {
	t     *testing.T
	dir   string
	env   []string
	stdin string
	input *os.File // instead of stdin
}

// hang is longer than any of it takes on a busy machine, and shorter than the time-out that it must not wait for.
const hang = 15 * time.Second

// at makes a folder with this .mcp.json; empty is none. The folder is the person's home, whose file is their own and acts
// without asking: see project.
func at(t *testing.T, config string, env ...string) place {
	t.Helper()
	dir := t.TempDir()
	if config != "" {
		if err := os.WriteFile(filepath.Join(dir, ".mcp.json"), []byte(config), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return place{t: t, dir: dir, env: environment(append([]string{"HOME=" + dir, "USERPROFILE=" + dir}, env...)...)}
}

func (p place) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, binary, args...)
	cmd.Dir, cmd.Env, cmd.Stdin = p.dir, p.env, strings.NewReader(p.stdin)
	if p.input != nil {
		cmd.Stdin = p.input
	}
	return cmd
}

// outcome is what a run did.
type outcome struct {
	t        *testing.T
	out, err string
	code     int
}

func (p place) run(args ...string) outcome {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), 20*time.Second)
	defer cancel()
	cmd := p.command(ctx, args...)
	var out, talk bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &talk
	err := cmd.Run()
	if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
		p.t.Fatal(err)
	}
	o := outcome{p.t, out.String(), talk.String(), cmd.ProcessState.ExitCode()}
	o.noSecret()
	return o
}

func (o outcome) noSecret() {
	o.t.Helper()
	for _, secret := range append([]string{goodKey, wrongKey}, canaries...) {
		if strings.Contains(o.out+o.err, secret) {
			o.t.Errorf("a key was printed:\n%s\n%s", o.out, o.err)
		}
	}
}

// want checks the exit code and that these pieces were printed, wherever.
func (o outcome) want(code int, pieces ...string) outcome {
	o.t.Helper()
	if o.code != code {
		o.t.Errorf("exit code %d, want %d\n%s\n%s", o.code, code, o.out, o.err)
	}
	for _, piece := range pieces {
		if !strings.Contains(o.out+o.err, piece) {
			o.t.Errorf("no %q in\n%s\n%s", piece, o.out, o.err)
		}
	}
	return o
}

// printed is the document of --json.
type printed struct {
	Server, URL, Revision string
	Auth                  *struct {
		Mode, Reason string
		Headers      []struct {
			Name, Source, Fingerprint, Note string
			Variable                        []string
		}
		Rules []struct {
			Name string
			Won  bool
		}
	}
	Helper   *struct{ Program, Source string }
	Store    string
	Accounts []struct {
		Key, URL, Profile, Issuer, Client, Scope, Scheme, Fingerprint string
		ExpiresIn                                                     int
		Renews                                                        bool
	}
	Forgotten []string
	Tools     []json.RawMessage
	Result    json.RawMessage
	Servers   []json.RawMessage
	Warnings  []json.RawMessage
	Asked     []struct{ Method, Mode, Action string }

	Resources, ResourceTemplates, Prompts []json.RawMessage

	Command string
	Env     []struct {
		Name     string
		Variable []string
	}
	Ping *struct {
		MS                               float64
		Method, Era, Revision, Transport string
	}
	Error *struct {
		Code, Title, Message, Hint, Where, Outcome string
		Exit                                       int
	}
}

// document demands that stdout is exactly one JSON object.
func (o outcome) document() (doc printed) {
	o.t.Helper()
	d := json.NewDecoder(strings.NewReader(o.out))
	if err := d.Decode(&doc); err != nil {
		o.t.Fatalf("stdout is not a JSON object: %v\n%s\n%s", err, o.out, o.err)
	}
	if _, err := d.Token(); err != io.EOF {
		o.t.Errorf("there is more than one JSON value:\n%s", o.out)
	}
	return doc
}

func start(t *testing.T) *demo.Server {
	t.Helper()
	s, err := demo.Start(demo.Options{Key: goodKey})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// acme is a configuration of one server; the header is at line 6.
func acme(url string) string {
	return fmt.Sprintf(`{
  "mcpServers": {
    "acme": {
      "type": "http",
      "url": %q,
      "headers": { "X-API-Key": "${ACME_KEY}" }
    }
  }
}
`, url)
}

// bare is a server without headers.
func bare(url string) string {
	return fmt.Sprintf(`{"mcpServers": {"acme": {"type": "http", "url": %q}}}`, url)
}
