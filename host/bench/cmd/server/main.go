// Command server is the one server that all contenders talk to: it prints its address and ends with its
// standard input.
package main

import (
	"fmt"
	"io"
	"os"

	"github.com/headfast/headfast/host/demo"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	// One page holds all tools: some clients follow the pages by themselves and some do not.
	server, err := demo.Start(demo.Options{Behave: demo.Behaviour{PageSize: 100}})
	if err != nil {
		return err
	}
	fmt.Println(server.URL(""))
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return err
	}
	return server.Close()
}
