package host

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/headfast/headfast/host/gojs"
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// Instance is one running module. It is not safe for concurrent use; Client puts a queue before it.
//
// It implements the boundary of package jsbridge: alloc, write, step, read.
type Instance struct {
	ctx   context.Context
	mod   api.Module
	alloc api.Function
	step  api.Function
	// stack is the argument and result slot of a call, kept so that a call allocates nothing.
	stack  [1]uint64
	stderr bytes.Buffer
	// dead is why the instance must not be used any more.
	dead error
}

// ErrDead says that the module has panicked or trapped. The error that wraps it says how.
var ErrDead = errors.New("headfast: the core has died")

// OpenInstance starts the module by itself, without the driver: for those who write one.
func OpenInstance(ctx context.Context, kind Engine, dir string) (*Instance, error) {
	dir = cacheDir(dir)
	e, err := shared.get(kind, dir)
	if err != nil {
		return nil, err
	}
	return shared.instance(ctx, e, dir)
}

// newInstance starts the module and lets Go's runtime run until main waits.
func newInstance(ctx context.Context, rt wazero.Runtime, compiled wazero.CompiledModule) (*Instance, error) {
	in := &Instance{}
	in.ctx = gojs.With(context.WithoutCancel(ctx), &gojs.Host{Stderr: &in.stderr})
	mod, err := rt.InstantiateModule(withMemory(in.ctx), compiled, wazero.NewModuleConfig().WithName("").WithStartFunctions())
	if err != nil {
		return nil, fmt.Errorf("headfast: the module does not start: %w", err)
	}
	in.mod, in.alloc, in.step = mod, mod.ExportedFunction("alloc"), mod.ExportedFunction("step")
	run := mod.ExportedFunction("run")
	if in.alloc == nil || in.step == nil || run == nil {
		_ = mod.Close(ctx)
		return nil, errors.New("headfast: the module does not export run, alloc and step")
	}
	// argc and argv are those of a program without a name: one empty list, which ends at once.
	if _, err := run.Call(in.ctx, 0, 0); err != nil {
		_ = mod.Close(ctx)
		return nil, in.die(err)
	}
	return in, nil
}

// Step hands one encoded msg.Batch to the core and appends the encoded msg.Output to out.
func (in *Instance) Step(batch, out []byte) ([]byte, error) {
	if in.dead != nil {
		return out, in.dead
	}
	if len(batch) > msg.MaxBatch {
		return out, fmt.Errorf("headfast: a batch of %d bytes is over the bound of %d", len(batch), msg.MaxBatch)
	}
	in.stack[0] = uint64(len(batch))
	if err := in.alloc.CallWithStack(in.ctx, in.stack[:]); err != nil {
		return out, in.die(err)
	}
	intake := uint32(in.stack[0])
	if intake < mark || !in.mod.Memory().Write(intake, batch) {
		return out, in.die(errors.New("alloc answered an address outside memory"))
	}
	in.stack[0] = uint64(len(batch))
	if err := in.step.CallWithStack(in.ctx, in.stack[:]); err != nil {
		return out, in.die(err)
	}
	if done, ok := in.mod.Memory().ReadByte(intake - mark); !ok || done != 1 {
		return out, in.die(errors.New("a step blocked, which it must never do"))
	}
	answer, ok := in.mod.Memory().Read(uint32(in.stack[0]>>32), uint32(in.stack[0]))
	if !ok {
		return out, in.die(errors.New("step answered bytes outside memory"))
	}
	return append(out, answer...), nil
}

// mark is how far before the intake the byte stands that says that a step came to its end.
const mark = 8

// die latches: after a panic the memory is whatever the panic left. Go's own report comes first, wazero's
// stack trace after it.
func (in *Instance) die(err error) error {
	report, _, _ := bytes.Cut(bytes.TrimSpace(in.stderr.Bytes()), []byte("\n"))
	if len(report) > 0 {
		err = fmt.Errorf("%s: %w", report, err)
	}
	in.dead = fmt.Errorf("%w: %w", ErrDead, err)
	return in.dead
}

// MemoryBytes is the size of the module's linear memory.
func (in *Instance) MemoryBytes() uint32 { return in.mod.Memory().Size() }

// Close ends the instance and frees its memory.
func (in *Instance) Close(ctx context.Context) error {
	if in.dead == nil {
		in.dead = fmt.Errorf("%w: it was closed", ErrDead)
	}
	return in.mod.Close(ctx)
}
