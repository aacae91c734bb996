package main

import (
	"context"
	"fmt"
	"io"

	"github.com/headfast/headfast/host/gojs"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// core is one running module, as package host runs it.
type core struct {
	ctx         context.Context
	mod         api.Module
	alloc, exec api.Function
	stack       [1]uint64
}

// compile makes a runtime of the kind "compiler" or "interpreter". The directory keeps compiled code.
func compile(ctx context.Context, kind, dir string, wasm []byte) (wazero.Runtime, wazero.CompiledModule, error) {
	ctx = experimental.WithCompilationWorkers(ctx, 2)
	config := wazero.NewRuntimeConfigInterpreter()
	if kind == "compiler" {
		cache, err := wazero.NewCompilationCacheWithDir(dir)
		if err != nil {
			return nil, nil, err
		}
		config = wazero.NewRuntimeConfigCompiler().WithCompilationCache(cache)
	}
	rt := wazero.NewRuntimeWithConfig(ctx, config)
	if err := gojs.Define(ctx, rt); err != nil {
		return nil, nil, err
	}
	compiled, err := rt.CompileModule(ctx, wasm)
	return rt, compiled, err
}

func start(ctx context.Context, rt wazero.Runtime, compiled wazero.CompiledModule) (*core, error) {
	ctx = gojs.With(ctx, &gojs.Host{Stderr: io.Discard})
	mod, err := rt.InstantiateModule(ctx, compiled, wazero.NewModuleConfig().WithName("").WithStartFunctions())
	if err != nil {
		return nil, err
	}
	if _, err := mod.ExportedFunction("run").Call(ctx, 0, 0); err != nil {
		return nil, err
	}
	return &core{ctx: ctx, mod: mod, alloc: mod.ExportedFunction("alloc"), exec: mod.ExportedFunction("step")}, nil
}

// step appends the answer to out.
func (c *core) step(batch, out []byte) ([]byte, error) {
	c.stack[0] = uint64(len(batch))
	if err := c.alloc.CallWithStack(c.ctx, c.stack[:]); err != nil {
		return nil, err
	}
	if !c.mod.Memory().Write(uint32(c.stack[0]), batch) {
		return nil, fmt.Errorf("alloc answered an address outside memory")
	}
	c.stack[0] = uint64(len(batch))
	if err := c.exec.CallWithStack(c.ctx, c.stack[:]); err != nil {
		return nil, err
	}
	answer, ok := c.mod.Memory().Read(uint32(c.stack[0]>>32), uint32(c.stack[0]))
	if !ok {
		return nil, fmt.Errorf("step answered bytes outside memory")
	}
	return append(out, answer...), nil
}
