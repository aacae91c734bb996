//go:build js && wasm

// Command wasm is the core as a module: GOOS=js GOARCH=wasm go build ./wasm.
//
// It holds no policy and no state of its own: package machine is the core, package jsbridge the boundary.
package main

import (
	"github.com/headfast/headfast/jsbridge"
	"github.com/headfast/headfast/wasm/machine"
)

func main() { jsbridge.Serve(machine.New()) }
