// Package lap is what all Go contenders of the benchmark share: the command line "SCENARIO URL N" and the
// one line of JSON with what a scenario took.
package lap

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime/pprof"
	"strconv"
	"sync"
	"time"
)

// Client is a contender. Each method does its scenario once.
type Client interface {
	// List connects and lists the tools, and tells how many there are.
	List(ctx context.Context) (int, error)
	// Text calls a tool and returns the text of its answer.
	Text(ctx context.Context, tool string, args map[string]any) (string, error)
	// Flood makes one call that n notifications precede and tells how many were handed over.
	Flood(ctx context.Context, n int) (int, error)
	Close() error
}

// Result is one scenario's outcome, printed as JSON.
type Result struct {
	Ops  int   `json:"ops"`
	NS   int64 `json:"ns"`
	Lost int   `json:"lost"`
	// PeakKB is the most memory that the process ever had resident, 0 where that cannot be told.
	PeakKB int `json:"peak_kb"`
}

// Main runs a contender. Open must not connect before it is asked to list.
func Main(open func(ctx context.Context, url string) (Client, error)) {
	if err := run(open, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(open func(context.Context, string) (Client, error), args []string) error {
	if len(args) != 3 {
		return fmt.Errorf("usage: SCENARIO URL N")
	}
	n, err := strconv.Atoi(args[2])
	if err != nil {
		return err
	}
	ctx := context.Background()
	client, err := open(ctx, args[1])
	if err != nil {
		return err
	}
	result, err := scenario(ctx, client, args[0], n)
	if err != nil {
		return err
	}
	if err := client.Close(); err != nil {
		return err
	}
	result.PeakKB = peakKB()
	return json.NewEncoder(os.Stdout).Encode(result)
}

func scenario(ctx context.Context, c Client, name string, n int) (Result, error) {
	start := time.Now()
	if tools, err := c.List(ctx); err != nil || tools == 0 {
		return Result{}, fmt.Errorf("%d tools: %w", tools, err)
	}
	switch name {
	case "list":
		return Result{Ops: 1, NS: int64(time.Since(start))}, nil
	case "call":
		return timed(n, n/4, func(n int) error { return calls(ctx, c, n) })
	case "flight":
		return timed(n, n/4, func(n int) error { return flight(ctx, c, n) })
	case "big":
		return timed(1, 0, func(int) error { return text(ctx, c, "big", map[string]any{"bytes": n}, n) })
	case "flood":
		got := 0
		r, err := timed(n, 0, func(n int) (err error) { got, err = c.Flood(ctx, n); return err })
		r.Lost = n - got
		return r, err
	}
	return Result{}, fmt.Errorf("no scenario %q", name)
}

// timed does f(warm), untimed, and then f(n).
func timed(n, warm int, f func(n int) error) (Result, error) {
	if warm > 0 {
		if err := f(warm); err != nil {
			return Result{}, err
		}
	}
	defer profile()()
	start := time.Now()
	err := f(n)
	return Result{Ops: n, NS: int64(time.Since(start))}, err
}

const said = "hello, loopback"

func calls(ctx context.Context, c Client, n int) error {
	for range n {
		if err := text(ctx, c, "echo", map[string]any{"text": said}, len(said)); err != nil {
			return err
		}
	}
	return nil
}

// InFlight is how many calls the scenario flight keeps under way.
const InFlight = 32

func flight(ctx context.Context, c Client, n int) error {
	var all sync.WaitGroup
	failed := make(chan error, InFlight)
	for i := range InFlight {
		share := n / InFlight
		if i < n%InFlight {
			share++
		}
		all.Go(func() { failed <- calls(ctx, c, share) })
	}
	all.Wait()
	for range InFlight {
		if err := <-failed; err != nil {
			return err
		}
	}
	return nil
}

// text makes one call and checks that the whole text came.
func text(ctx context.Context, c Client, tool string, args map[string]any, want int) error {
	got, err := c.Text(ctx, tool, args)
	if err == nil && len(got) != want {
		err = fmt.Errorf("%s answered %d bytes, want %d", tool, len(got), want)
	}
	return err
}

// profile writes a CPU profile of the timed part to the file that BENCH_CPUPROFILE names.
func profile() (stop func()) {
	path := os.Getenv("BENCH_CPUPROFILE")
	if path == "" {
		return func() {}
	}
	f, err := os.Create(path)
	if err == nil {
		err = pprof.StartCPUProfile(f)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return func() { pprof.StopCPUProfile(); _ = f.Close() }
}
