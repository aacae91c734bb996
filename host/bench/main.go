// Command bench measures Headfast beside the SDKs of Go and TypeScript and beside bare HTTP:
//
//	cd host/bench && go run . [--quick] [--json FILE]
//
// Every contender is a process of its own (cmd/* and node/*.mjs) and does the same scenarios against the
// same server. Machines are noisy, so contenders take turns, and what counts are ratios of neighbours:
// each round gives one ratio, and the median of them is printed. Nothing here asserts a time; the exit
// status tells only whether everything ran.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
)

func main() {
	quick := flag.Bool("quick", false, "fewer rounds and calls: under 45 seconds")
	file := flag.String("json", "", "write all samples to this `file`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	failed, err := run(ctx, *quick, *file)
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
	}
	if err != nil || failed {
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, quick bool, file string) (failed bool, err error) {
	dir, err := os.MkdirTemp("", "headfast-bench-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(dir)
	b := &bench{dir: dir, quick: quick}
	if err := b.setUp(ctx); err != nil {
		return false, err
	}
	r := report{note: b.note}
	for _, s := range b.scenarios() {
		r.Rows = append(r.Rows, b.measure(ctx, s))
	}
	r.Module = b.module(ctx)
	r.Aims = aims(&r)
	r.print(os.Stdout)
	if file != "" {
		err = r.write(file)
	}
	return r.failed(), err
}
