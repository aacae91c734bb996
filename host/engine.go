package host

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"

	"github.com/headfast/headfast/host/gojs"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/experimental"
)

// Engine is how the module is run.
type Engine int

const (
	// Auto takes the compiler where its result is cached or already made in this process, else the
	// interpreter, at once; the compiler then works in the background for the next Open.
	Auto Engine = iota
	// Compiler compiles if need be, which takes about a second the first time on a machine.
	Compiler
	// Interpreter starts at once and steps slowly.
	Interpreter
)

// engine is a runtime with the module compiled for it.
type engine struct {
	kind     Engine
	runtime  wazero.Runtime
	compiled wazero.CompiledModule
}

// engines are made once in a process and shared by all clients: compiled code is immutable.
type engines struct {
	mu       sync.Mutex
	made     map[Engine]*engine
	dir      string
	inflight sync.Once
}

var shared = engines{made: map[Engine]*engine{}}

// get is the engine of that kind, made if need be.
func (e *engines) get(kind Engine, dir string) (*engine, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if m := e.made[kind]; m != nil {
		return m, nil
	}
	m, err := tried(kind, dir)
	if err == nil {
		e.made[kind] = m
	}
	return m, err
}

// choose is Auto.
func (e *engines) choose(dir string, background bool) (*engine, error) {
	e.mu.Lock()
	ready := e.made[Compiler] != nil
	e.mu.Unlock()
	if ready || cached(dir) {
		return e.get(Compiler, dir)
	}
	if background {
		e.inflight.Do(func() { go func() { _ = Warm(dir) }() })
	}
	return e.get(Interpreter, dir)
}

// Warm compiles the module into the cache below dir, so that the next process starts fast.
// An empty dir is the user's cache directory.
func Warm(dir string) error {
	dir = cacheDir(dir)
	m, err := tried(Compiler, dir)
	if err != nil {
		return err
	}
	shared.mu.Lock()
	defer shared.mu.Unlock()
	if shared.made[Compiler] == nil {
		shared.made[Compiler] = m
	}
	return markCached(dir)
}

func makeEngine(kind Engine, dir string) (*engine, error) {
	ctx := experimental.WithCompilationWorkers(context.Background(), 2)
	config := wazero.NewRuntimeConfigInterpreter()
	if kind == Compiler {
		config = wazero.NewRuntimeConfigCompiler()
		config = withCache(config, dir)
	}
	rt := wazero.NewRuntimeWithConfig(ctx, config.WithMemoryLimitPages(memoryLimit>>16))
	if err := gojs.Define(ctx, rt); err != nil {
		return nil, fmt.Errorf("headfast: %w", err)
	}
	compiled, err := rt.CompileModule(ctx, module)
	if err != nil {
		_ = rt.Close(ctx)
		return nil, fmt.Errorf("headfast: the module does not compile: %w", err)
	}
	return &engine{kind, rt, compiled}, nil
}

// tried compiles. Compiled code that a disk or a tool has damaged shows itself by an error or a panic; it is then
// thrown away and made anew, without the cache if need be.
func tried(kind Engine, dir string) (*engine, error) {
	e, err := attempt(kind, dir)
	if err == nil || kind != Compiler || dir == "" {
		return e, err
	}
	purge(dir)
	if e, err = attempt(kind, dir); err == nil {
		return e, nil
	}
	return attempt(kind, "")
}

func attempt(kind Engine, dir string) (e *engine, err error) {
	defer damaged(&err)
	return makeEngine(kind, dir)
}

// damaged turns a panic of wazero's into an error.
func damaged(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("headfast: the compiled module is damaged: %v", p)
	}
}

// instance starts the module on an engine of that kind; if compiled code from the cache does not start, it is
// made anew once.
func (e *engines) instance(ctx context.Context, m *engine, dir string) (*Instance, error) {
	in, err := started(ctx, m)
	if err == nil || m.kind != Compiler || dir == "" {
		return in, err
	}
	purge(dir)
	e.mu.Lock()
	delete(e.made, Compiler)
	e.mu.Unlock()
	if m, err = e.get(Compiler, dir); err != nil {
		return nil, err
	}
	return started(ctx, m)
}

func started(ctx context.Context, m *engine) (in *Instance, err error) {
	defer damaged(&err)
	return newInstance(ctx, m.runtime, m.compiled)
}

// purge removes what the cache has of this module and of others: wazero's own folders and our markers.
func purge(dir string) {
	for _, pattern := range []string{"wazero-*", "*.compiled"} {
		found, _ := filepath.Glob(filepath.Join(dir, pattern))
		for _, path := range found {
			_ = os.RemoveAll(path)
		}
	}
}

// withCache keeps compiled code below dir; without a usable one every process compiles for itself.
func withCache(config wazero.RuntimeConfig, dir string) wazero.RuntimeConfig {
	if dir == "" {
		return config
	}
	cache, err := wazero.NewCompilationCacheWithDir(dir)
	if err != nil {
		return config
	}
	return config.WithCompilationCache(cache)
}

// memoryLimit bounds one instance's linear memory, in bytes.
const memoryLimit = 2 << 30

// cacheDir is where compiled code is kept: dir, or headfast below the user's cache directory, or nowhere
// where the user has none. The code is run as it is found, so it is never a place that others can write.
func cacheDir(dir string) string {
	if dir != "" {
		return dir
	}
	base, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(base, "headfast")
}

// marker is a file that says that the cache has this module, compiled by this wazero: wazero's own names
// are not for us to guess.
func marker(dir string) string {
	return filepath.Join(dir, ModuleSHA256()[:32]+"-wazero-"+wazeroVersion()+".compiled")
}

var wazeroVersion = sync.OnceValue(func() string {
	info, _ := debug.ReadBuildInfo()
	if info != nil {
		for _, d := range info.Deps {
			if d.Path == "github.com/tetratelabs/wazero" {
				return d.Version
			}
		}
	}
	return "unknown"
})

// Cached says whether the cache below dir has the compiled module, so that Auto takes the compiler. An empty
// dir is the user's cache directory.
func Cached(dir string) bool { return cached(cacheDir(dir)) }

func cached(dir string) bool {
	if dir == "" {
		return false
	}
	_, err := os.Stat(marker(dir))
	return err == nil
}

func markCached(dir string) error {
	if dir == "" {
		return nil
	}
	return os.WriteFile(marker(dir), nil, 0o600)
}
