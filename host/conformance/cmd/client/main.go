// Command client is package client as a program: client [-core wasm|native] URL. What went wrong is on stderr, with
// exit code 1.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/conformance/client"
	"github.com/headfast/headfast/host/native"
)

func main() {
	core := flag.String("core", "wasm", "how the core is run: wasm, or native")
	flag.Parse()
	open, found := map[string]client.Opener{"wasm": host.Open, "native": openNative}[*core]
	if !found || flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: client [-core wasm|native] URL")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := client.Run(ctx, open, client.FromEnvironment(), flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func openNative(ctx context.Context, o host.Options) (*host.Client, error) {
	o.Core = native.Core
	return host.Open(ctx, o)
}
