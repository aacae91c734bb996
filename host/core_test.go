package host

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/headfast/headfast/host/gojs"
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/tetratelabs/wazero"
)

// testCore is one more engine: the module of testdata/core, which does what it must not when it is told to.
const testCore Engine = 100

// compileTestCore builds the module once and puts it among the engines, interpreted: it is compiled too
// seldom to be worth the compiler's time under -race.
var compileTestCore = sync.OnceValue(func() error {
	dir, err := os.MkdirTemp("", "headfast-core-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "core.wasm")
	build := exec.Command("go", "build", "-trimpath", "-o", path, "./testdata/core")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=-buildvcs=false")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return err
	}
	wasm, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	ctx := context.Background()
	rt := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfigInterpreter().WithMemoryLimitPages(memoryLimit>>16))
	if err := gojs.Define(ctx, rt); err != nil {
		return err
	}
	compiled, err := rt.CompileModule(ctx, wasm)
	if err != nil {
		return err
	}
	shared.mu.Lock()
	shared.made[testCore] = &engine{Interpreter, rt, compiled}
	shared.mu.Unlock()
	return nil
})

// testCache keeps what the tests compile, so that only the first run of a module pays for it: 20 MB each.
func testCache(t testing.TB) string {
	t.Helper()
	dir, err := pruned()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// pruned is the directory without what is a day old.
var pruned = sync.OnceValues(func() (string, error) {
	base, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(base, "headfast-go-test")
	files, _ := filepath.Glob(filepath.Join(dir, "wazero-*", "*"))
	for _, path := range files {
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > 24*time.Hour {
			_ = os.Remove(path)
		}
	}
	return dir, nil
})

// onEngines runs f on the real module, compiled and interpreted.
func onEngines(t *testing.T, f func(t *testing.T, kind Engine)) {
	for name, kind := range map[string]Engine{"compiler": Compiler, "interpreter": Interpreter} {
		t.Run(name, func(t *testing.T) { f(t, kind) })
	}
}

// instance starts a core that has not begun.
func instance(t testing.TB, kind Engine) *Instance {
	t.Helper()
	if kind == testCore {
		if err := compileTestCore(); err != nil {
			t.Fatal(err)
		}
	}
	e, err := shared.get(kind, testCache(t))
	if err != nil {
		t.Fatal(err)
	}
	in, err := newInstance(t.Context(), e.runtime, e.compiled)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close(context.Background()) })
	return in
}

// begun starts a core and greets it.
func begun(t testing.TB, kind Engine) *Instance {
	t.Helper()
	in := instance(t, kind)
	if out := step(t, in, begin()); out.Hello == nil {
		t.Fatalf("no Hello: %+v", out)
	}
	return in
}

func begin() msg.Input {
	return msg.Input{Begin: &msg.Begin{Version: msg.Version, Schema: msg.SchemaHash, Entropy: make([]byte, 32), Name: "test", ClientVersion: "1"}}
}

// encode is a batch of these inputs at one moment.
func encode(t testing.TB, inputs ...msg.Input) []byte {
	t.Helper()
	batch, err := (&msg.Batch{Now: 1, Inputs: inputs}).MarshalMsg(nil)
	if err != nil {
		t.Fatal(err)
	}
	return batch
}

// step hands inputs over and demands an answer that can be read.
func step(t testing.TB, in *Instance, inputs ...msg.Input) *msg.Output {
	t.Helper()
	return stepBytes(t, in, encode(t, inputs...))
}

func stepBytes(t testing.TB, in *Instance, batch []byte) *msg.Output {
	t.Helper()
	answer, err := in.Step(batch, nil)
	if err != nil {
		t.Fatalf("the step failed: %v", err)
	}
	out := new(msg.Output)
	rest, err := out.UnmarshalMsg(answer)
	if err != nil || len(rest) > 0 {
		t.Fatalf("the answer is no Output: %v, %d bytes after it", err, len(rest))
	}
	return out
}

// do is a command for the test core.
func do(what string, text []byte) msg.Input {
	return msg.Input{Load: &msg.Load{ID: 1, Path: "do:" + what, Dialect: "claude-code", Text: text}}
}
