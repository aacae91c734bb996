// Command unline takes the line tables out of a module that Go has built for wasm, in place. They are a sixth of it when
// compressed, and are for stack traces only: the functions' names stay in those, the files and lines go.
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: unline FILE.wasm")
		os.Exit(2)
	}
	if err := rewrite(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "unline:", os.Args[1]+":", err)
		os.Exit(1)
	}
}

func rewrite(path string) error {
	module, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	slim, err := strip(module)
	if err != nil {
		return err
	}
	return os.WriteFile(path, slim, 0o755)
}

// strip is the module without its line tables.
func strip(module []byte) ([]byte, error) {
	sections, err := split(module)
	if err != nil {
		return nil, err
	}
	for i := range sections {
		if sections[i].id != dataSection {
			continue
		}
		memory, err := readData(sections[i].body)
		if err != nil {
			return nil, err
		}
		if err := dropLines(memory); err != nil {
			return nil, err
		}
		sections[i].body = appendData(nil, memory)
	}
	return join(module[:headLength], sections), nil
}
