package vectors

import (
	"context"
	"fmt"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/machine"
)

// Runner runs one vector's batches on a fresh core and returns the encoded outputs.
type Runner interface {
	Name() string
	Run(batches [][]byte) (outputs [][]byte, err error)
	Close() error
}

// Native is the core compiled into this process, from the same sources as the module.
type Native struct{}

// Name is how reports call the runner.
func (Native) Name() string { return "native" }

// Close does nothing.
func (Native) Close() error { return nil }

// Run steps a new machine.
func (Native) Run(batches [][]byte) ([][]byte, error) {
	m := machine.New()
	return each(batches, func(b []byte) ([]byte, error) { return m.Step(b, nil), nil })
}

// Wazero is the module under wazero.
type Wazero struct {
	Engine   host.Engine
	CacheDir string
}

// Name says which of wazero's engines it is.
func (w Wazero) Name() string {
	if w.Engine == host.Interpreter {
		return "wazero interpreter"
	}
	return "wazero compiler"
}

// Close does nothing: instances are closed after each vector.
func (Wazero) Close() error { return nil }

// Run steps a new instance.
func (w Wazero) Run(batches [][]byte) ([][]byte, error) {
	ctx := context.Background()
	in, err := host.OpenInstance(ctx, w.Engine, w.CacheDir)
	if err != nil {
		return nil, err
	}
	defer in.Close(ctx)
	return each(batches, func(b []byte) ([]byte, error) { return in.Step(b, nil) })
}

func each(batches [][]byte, step func([]byte) ([]byte, error)) ([][]byte, error) {
	out := make([][]byte, len(batches))
	for i, b := range batches {
		var err error
		if out[i], err = step(b); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Check runs a vector and compares. The results are the effects as text and, where they are not those
// expected, an error that shows both.
func Check(r Runner, v *Vector) (got []string, err error) {
	batches, err := v.Encoded()
	if err != nil {
		return nil, err
	}
	outputs, err := r.Run(batches)
	if err != nil {
		return nil, fmt.Errorf("%s: %s: %w", r.Name(), v.Name, err)
	}
	if len(outputs) != len(v.Steps) {
		return nil, fmt.Errorf("%s: %s: %d outputs for %d steps", r.Name(), v.Name, len(outputs), len(v.Steps))
	}
	for i, o := range outputs {
		var out msg.Output
		if rest, err := out.UnmarshalMsg(o); err != nil || len(rest) > 0 {
			return nil, fmt.Errorf("%s: %s: step %d: the output cannot be read: %v", r.Name(), v.Name, i+1, err)
		}
		got = append(got, Render(&out))
	}
	return got, firstMismatch(r, v, got)
}

func firstMismatch(r Runner, v *Vector, got []string) error {
	for i, text := range got {
		if s := v.Steps[i]; text != s.Want {
			return fmt.Errorf("%s: %s: step %d (%s)\n--- want\n%s--- got\n%s", r.Name(), v.Name, i+1, s.input[0], s.Want, text)
		}
	}
	return nil
}
