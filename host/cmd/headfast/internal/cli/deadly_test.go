package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/host/native"
)

// fragile is a core that a text kills.
type fragile struct {
	host.Core
	dead error
}

const killer = "fake-text-that-kills"

func (f *fragile) Step(batch, out []byte) ([]byte, error) {
	if bytes.Contains(batch, []byte(killer)) {
		f.dead = fmt.Errorf("%w: by a text", host.ErrDead)
	}
	if f.dead != nil {
		return out, f.dead
	}
	return f.Core.Step(batch, out)
}

// TestDeadlyFile: a file that the core does not survive is told, and the servers of all others are listed and found.
func TestDeadlyFile(t *testing.T) {
	home, here := t.TempDir(), t.TempDir()
	for name, value := range map[string]string{"HOME": home, "USERPROFILE": home, "HEADFAST_NO_WARM": "1", "HEADFAST_STORE": "memory"} {
		t.Setenv(name, value)
	}
	t.Chdir(here)
	entry := `{"mcpServers": {"%s": {"url": "https://%s.example/mcp"}}}`
	for path, text := range map[string]string{
		".cursor/mcp.json": fmt.Sprintf(entry, "first", "first"), ".gemini/settings.json": killer, ".kiro/settings/mcp.json": fmt.Sprintf(entry, "last", "last"),
	} {
		path = filepath.Join(home, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"servers"}, {"explain", "last"}} {
		var out, talk bytes.Buffer
		a := &app{in: strings.NewReader(""), out: term.NewScreen(&out, os.Getenv), talk: term.NewScreen(&talk, os.Getenv), store: &accounts{}}
		a.keys, a.signing = term.NewKeyboard(a.in), &signing{app: a}
		a.core = func(ctx context.Context) (host.Core, error) {
			core, err := native.Core(ctx)
			return &fragile{Core: core}, err
		}
		root := a.root(args)
		root.SetArgs(args)
		if err := root.ExecuteContext(t.Context()); err != nil || !strings.Contains(out.String(), "https://last.example/mcp") {
			t.Errorf("%q: %v\n%s%s", args, err, out.String(), talk.String())
		}
		if args[0] == "servers" && (!strings.Contains(out.String(), "https://first.example/mcp") || !strings.Contains(talk.String(), "ends the core")) {
			t.Errorf("%s%s", out.String(), talk.String())
		}
	}
}
