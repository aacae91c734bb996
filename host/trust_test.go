package host

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/headfast/headfast/host/demo"
	"github.com/headfast/headfast/host/store"
)

// found loads a configuration as one that was found in a project's folder.
func found(t *testing.T, c *Client, dir, text string) *Config {
	t.Helper()
	return must(c.Load(".mcp.json", []byte(text), InFolder(dir), InScope("project")))
}

func entryAt(url string) string {
	return `{"mcpServers":{"acme":{"type":"http","url":"` + url + `","headers":{"X-API-Key":"${KEY}"}}}}`
}

// TestAgreement: nobody agrees by default; what is agreed to is kept, and is asked again once it is taken back or changed.
func TestAgreement(t *testing.T) {
	t.Parallel()
	s := must(demo.Start(demo.Options{Key: "test-key-12345"}))
	t.Cleanup(func() { _ = s.Close() })
	kept, dir := must(store.Trust(t.TempDir())), t.TempDir()
	looked := false
	env := func(name string) (string, bool) { looked = looked || name == "KEY"; return "test-key-12345", true }
	for _, o := range []Options{{}, {Agree: func(context.Context, Agreement) bool { return false }}} {
		o.Env, o.Trust = env, kept
		_, err := found(t, client(t, o), dir, entryAt(s.URL("/modern"))).Connect(t.Context(), "acme")
		if !errors.Is(err, NotAgreed) || looked || len(s.Requests()) != 0 {
			t.Errorf("%v, looked up: %v, %d requests", err, looked, len(s.Requests()))
		}
	}
	var asked []Agreement
	o := Options{Env: env, Trust: kept, Agree: func(_ context.Context, a Agreement) bool { asked = append(asked, a); return true }}
	connect := func(text string) {
		t.Helper()
		session := must(found(t, client(t, o), dir, text).Connect(t.Context(), "acme"))
		_ = session.Close(t.Context())
	}
	connect(entryAt(s.URL("/modern")))
	connect(entryAt(s.URL("/modern")))
	if len(asked) != 1 || asked[0].Server != "acme" || asked[0].Changed {
		t.Fatalf("asked %+v", asked)
	}
	connect(strings.Replace(entryAt(s.URL("/modern")), `"type"`, `"timeout":1,"type"`, 1))
	if len(asked) != 2 || !asked[1].Changed {
		t.Fatalf("asked %+v", asked[1:])
	}
	c := client(t, o)
	all := must(c.Trusted(t.Context()))
	if len(all) != 1 || all[0].Server != "acme" || all[0].File != filepath.Join(dir, ".mcp.json") || len(all[0].Facts) != 4 || all[0].At.IsZero() {
		t.Fatalf("%+v", all)
	}
	if err := c.Distrust(t.Context(), all[0].Key); err != nil || len(must(c.Trusted(t.Context()))) != 0 {
		t.Error(err)
	}
	connect(entryAt(s.URL("/modern")))
	if len(asked) != 3 || asked[2].Changed {
		t.Fatalf("asked %+v", asked[2:])
	}
}

// TestAgreementTogether: several that wait ask once, and who gives up takes the question back.
func TestAgreementTogether(t *testing.T) {
	t.Parallel()
	s := must(demo.Start(demo.Options{Key: "test-key-12345"}))
	t.Cleanup(func() { _ = s.Close() })
	asked, over := make(chan struct{}, 9), make(chan struct{}, 9)
	c := client(t, Options{Agree: func(ctx context.Context, _ Agreement) bool {
		asked <- struct{}{}
		<-ctx.Done()
		over <- struct{}{}
		return true
	}})
	config := found(t, c, t.TempDir(), entryAt(s.URL("/modern")))
	ctx, cancel := context.WithCancel(t.Context())
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			if _, err := config.Connect(ctx, "acme"); !errors.Is(err, Cancelled) {
				t.Error(err)
			}
		})
	}
	<-asked
	cancel()
	all.Wait()
	<-over
	if len(asked) != 0 || len(s.Requests()) != 0 {
		t.Errorf("asked %d times more, %d requests", len(asked), len(s.Requests()))
	}
}

// TestAgreementFiles: what is kept is in files for their owner only, without a secret, beside the sign-ins.
func TestAgreementFiles(t *testing.T) {
	t.Parallel()
	s := must(demo.Start(demo.Options{Key: "test-key-12345"}))
	t.Cleanup(func() { _ = s.Close() })
	dir := filepath.Join(t.TempDir(), "store")
	const key = "canary-key-0123456789abcdef"
	o := Options{Trust: must(store.Trust(dir)), Agree: func(context.Context, Agreement) bool { return true }}
	text := strings.Replace(entryAt(s.URL("/open")), "${KEY}", key, 1)
	_ = must(found(t, client(t, o), t.TempDir(), text).Connect(t.Context(), "acme")).Close(t.Context())
	files := must(filepath.Glob(filepath.Join(dir, "trust", "*.account")))
	if len(files) != 1 {
		t.Fatalf("%v", files)
	}
	if strings.Contains(string(must(os.ReadFile(files[0]))), key) || must(os.Stat(files[0])).Mode().Perm()&0o077 != 0 {
		t.Error("others can read it, or it has the key")
	}
	if err := store.File(dir).Put(t.Context(), "a", "b"); err != nil {
		t.Error(err)
	}
}
