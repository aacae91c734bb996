package main

import (
	"context"
	"os"
	"time"
)

// result is printed as JSON; step.mjs prints the same.
type result struct {
	// CompileNS is what compiling took, from the cache where there is one; StartNS what instantiating did.
	CompileNS int64 `json:"compile_ns"`
	StartNS   int64 `json:"start_ns"`
	// EmptyNS and CallNS are for one step: with no inputs, and the mean of the two steps of a call.
	EmptyNS float64 `json:"empty_ns"`
	CallNS  float64 `json:"call_ns"`
	// Bytes is how much the core answered: the same everywhere.
	Bytes int `json:"bytes"`
}

// empties is how often the empty batch is stepped.
const empties = 20_000

func replay(ctx context.Context, kind, wasmFile, tapeFile, cache string) (r result, err error) {
	wasm, err := os.ReadFile(wasmFile)
	if err != nil {
		return r, err
	}
	recorded, err := os.ReadFile(tapeFile)
	if err != nil {
		return r, err
	}
	t, err := decode(recorded)
	if err != nil {
		return r, err
	}
	began := time.Now()
	rt, compiled, err := compile(ctx, kind, cache, wasm)
	if err != nil {
		return r, err
	}
	defer rt.Close(ctx)
	r.CompileNS = int64(time.Since(began))
	began = time.Now()
	c, err := start(ctx, rt, compiled)
	if err != nil {
		return r, err
	}
	r.StartNS = int64(time.Since(began))
	return r, r.steps(c, t)
}

// steps warms up with the first fifth of the calls.
func (r *result) steps(c *core, t tape) (err error) {
	warm := len(t.calls) / 10 * 2
	if _, err = r.time(c, t.setup); err != nil {
		return err
	}
	if _, err = r.time(c, t.calls[:warm]); err != nil {
		return err
	}
	if r.CallNS, err = r.time(c, t.calls[warm:]); err != nil {
		return err
	}
	nothing := make([][]byte, empties)
	for i := range nothing {
		nothing[i] = t.empty[0]
	}
	r.EmptyNS, err = r.time(c, nothing)
	return err
}

// time is the mean of a step in nanoseconds.
func (r *result) time(c *core, batches [][]byte) (float64, error) {
	var out []byte
	began := time.Now()
	for _, batch := range batches {
		var err error
		if out, err = c.step(batch, out[:0]); err != nil {
			return 0, err
		}
		r.Bytes += len(out)
	}
	return float64(time.Since(began)) / float64(len(batches)), nil
}
