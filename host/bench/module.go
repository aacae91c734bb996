package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// module is what is measured of the module alone.
type module struct {
	sizes
	Steps  map[string]steps `json:"steps"`
	Errors []string         `json:"errors,omitempty"`
}

// sizes is what size.mjs prints.
type sizes struct {
	Raw    int `json:"raw"`
	Brotli int `json:"brotli"`
}

// steps is what cmd/step and step.mjs print, in nanoseconds: medians of the rounds.
type steps struct {
	// ColdNS is compiling in wazero without a cache.
	ColdNS    float64 `json:"cold_ns,omitempty"`
	CompileNS float64 `json:"compile_ns"`
	StartNS   float64 `json:"start_ns"`
	EmptyNS   float64 `json:"empty_ns"`
	CallNS    float64 `json:"call_ns"`
	Bytes     int     `json:"bytes"`
}

// The engines that run the module.
const (
	compiler    = "wazero's compiler"
	interpreter = "wazero's interpreter"
	inNode      = "Node"
	inChromium  = "Chromium"
)

func (b *bench) module(ctx context.Context) module {
	progress("the module alone")
	m := module{sizes: b.sizes, Steps: map[string]steps{}}
	m.note(b.record(ctx))
	rounds := 3
	if b.quick {
		rounds = 1
	}
	all := map[string][]steps{}
	for range rounds {
		for _, r := range b.replays() {
			var one steps
			m.note(runJSON(ctx, &one, r.argv...))
			all[r.engine] = append(all[r.engine], one)
		}
	}
	for name, list := range all {
		m.Steps[name] = middle(list)
	}
	if m.Steps[compiler].Bytes != m.Steps[inNode].Bytes {
		m.note(fmt.Errorf("the core answers %d bytes under wazero and %d in Node", m.Steps[compiler].Bytes, m.Steps[inNode].Bytes))
	}
	if !b.quick {
		m.note(b.chromium(ctx, &m))
	}
	return m
}

func (m *module) note(err error) {
	if err != nil {
		m.Errors = append(m.Errors, err.Error())
	}
}

// How many calls are on the tapes: the interpreter gets a short one.
const longTape, shortTape = 3000, 200

func (b *bench) record(ctx context.Context) error {
	server, err := b.serve(ctx)
	if err != nil {
		return err
	}
	defer server.close()
	cache := filepath.Join(b.program("home"), ".cache", "headfast")
	for file, calls := range map[string]int{"long": longTape, "short": shortTape} {
		if err := do(ctx, ".", b.program("step"), "record", wasm, server.url+"/open", b.program(file), strconv.Itoa(calls), cache); err != nil {
			return err
		}
	}
	return nil
}

// replay is a command that prints steps.
type replay struct {
	engine string
	argv   []string
}

func (b *bench) replays() []replay {
	return []replay{
		{compiler, []string{b.program("step"), "compiler", wasm, b.program("long"), b.program("code")}},
		{interpreter, []string{b.program("step"), "interpreter", wasm, b.program("short"), ""}},
		{inNode, []string{"node", "node/step.mjs", wasm, b.program("long"), wasmExec}},
	}
}

// middle is the medians of all but of what the first round alone can tell: compiling without a cache.
func middle(list []steps) steps {
	pick := func(of func(steps) float64, from int) float64 {
		var values []float64
		for _, s := range list[min(from, len(list)-1):] {
			values = append(values, of(s))
		}
		return median(values)
	}
	return steps{
		ColdNS:    list[0].CompileNS,
		CompileNS: pick(func(s steps) float64 { return s.CompileNS }, 1),
		StartNS:   pick(func(s steps) float64 { return s.StartNS }, 0),
		EmptyNS:   pick(func(s steps) float64 { return s.EmptyNS }, 0),
		CallNS:    pick(func(s steps) float64 { return s.CallNS }, 0),
		Bytes:     list[0].Bytes,
	}
}

// runJSON runs a program of the set-up and reads the JSON that it prints.
func runJSON(ctx context.Context, into any, argv ...string) error {
	command := exec.CommandContext(ctx, argv[0], argv[1:]...)
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err == nil {
		err = json.Unmarshal(out, into)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("%v", argv), err)
	}
	return nil
}
