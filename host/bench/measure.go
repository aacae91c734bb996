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
	"syscall"
	"time"
)

// sample is one process's outcome.
type sample struct {
	NS     float64 `json:"ns"` // for one operation, or for the whole
	PeakKB int     `json:"peak_kb"`
	Lost   int     `json:"lost"`
}

// series is one contender's samples, one for each round.
type series struct {
	Name    string   `json:"name"`
	Peer    string   `json:"peer"`
	Samples []sample `json:"samples"`
	Error   string   `json:"error,omitempty"`
}

// row is one scenario's outcome.
type row struct {
	Key    string   `json:"key"`
	Title  string   `json:"title"`
	Unit   string   `json:"unit"`
	Series []series `json:"series"`
	unit   unit
	flood  bool
}

// processTimeout bounds one process.
const processTimeout = 60 * time.Second

// measure lets all contenders take turns against a fresh server: the server remembers every request, so
// that an old one is slower.
func (b *bench) measure(ctx context.Context, s scenario) row {
	progress("%s", s.title)
	r := row{Key: s.key, Title: s.title, Unit: s.unit.name, unit: s.unit, flood: s.key == "flood"}
	for _, c := range s.who {
		r.Series = append(r.Series, series{Name: c.name, Peer: c.peer})
	}
	server, err := b.serve(ctx)
	if err != nil {
		r.Series[0].Error = err.Error()
		return r
	}
	defer server.close()
	for range s.rounds {
		for i, c := range s.who {
			if r.Series[i].Error != "" || ctx.Err() != nil {
				continue
			}
			one, err := b.turn(ctx, s, c, server.url)
			if err != nil {
				r.Series[i].Error = err.Error()
				continue
			}
			r.Series[i].Samples = append(r.Series[i].Samples, one)
		}
	}
	return r
}

// turn runs one contender once.
func (b *bench) turn(ctx context.Context, s scenario, c contender, url string) (sample, error) {
	home := b.program("home")
	if s.fresh {
		var err error
		if home, err = os.MkdirTemp(b.dir, "fresh-"); err != nil {
			return sample{}, err
		}
		defer os.RemoveAll(home)
	}
	if !c.cli {
		return launch(ctx, home, s.whole, append(c.command, s.name, url+s.path, strconv.Itoa(s.n)))
	}
	if err := os.WriteFile(b.program("mcp.json"), configuration(url+s.path), 0o600); err != nil {
		return sample{}, err
	}
	if s.fresh {
		// The CLI leaves a process behind that compiles into this home.
		defer awaitCompiled(filepath.Join(home, ".cache", "headfast"))
	}
	return launch(ctx, home, s.whole, c.command)
}

func configuration(url string) []byte {
	return fmt.Appendf(nil, `{"mcpServers":{"bench":{"type":"http","url":%q}}}`, url)
}

// awaitCompiled waits for the marker that package host leaves, but not for long.
func awaitCompiled(dir string) {
	for range 100 {
		if found, _ := filepath.Glob(filepath.Join(dir, "*.compiled")); len(found) > 0 {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// launch runs a process and takes its time: what it says itself or, if whole, from its start to its end.
func launch(ctx context.Context, home string, whole bool, argv []string) (sample, error) {
	ctx, cancel := context.WithTimeout(ctx, processTimeout)
	defer cancel()
	command := exec.CommandContext(ctx, argv[0], argv[1:]...)
	command.Env = atHome(home)
	began := time.Now()
	out, err := command.Output()
	took := time.Since(began)
	if exit := new(exec.ExitError); errors.As(err, &exit) {
		err = fmt.Errorf("%w: %.300s", err, exit.Stderr)
	}
	if err != nil {
		return sample{}, err
	}
	one := told(out)
	if one.PeakKB == 0 {
		one.PeakKB = maxRSS(command.ProcessState)
	}
	if whole {
		one.NS = float64(took)
	}
	return one, nil
}

// told reads a contender's line; the CLI prints none.
func told(out []byte) sample {
	var line struct {
		Ops    float64
		NS     float64
		Lost   int
		PeakKB int `json:"peak_kb"`
	}
	if json.Unmarshal(out, &line) != nil || line.Ops == 0 {
		return sample{}
	}
	return sample{NS: line.NS / line.Ops, Lost: line.Lost, PeakKB: line.PeakKB}
}

func maxRSS(state *os.ProcessState) int {
	if usage, ok := state.SysUsage().(*syscall.Rusage); ok {
		return int(usage.Maxrss)
	}
	return 0
}
