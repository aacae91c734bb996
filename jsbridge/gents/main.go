// Command gents reads package msg with msgp's own parser and writes what msgp does not: the schema's
// hash and the unions' checks for Go, and the whole codec for TypeScript.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	dir := flag.String("dir", ".", "directory of the schema's package")
	goOut := flag.String("go", "schema_gen.go", "Go file to write")
	tsOut := flag.String("ts", "msg.gen.ts", "TypeScript file to write")
	flag.Parse()
	if err := run(*dir, *goOut, *tsOut); err != nil {
		fmt.Fprintln(os.Stderr, "gents:", err)
		os.Exit(1)
	}
}

func run(dir, goOut, tsOut string) error {
	schema, err := readSchema(dir)
	if err != nil {
		return err
	}
	goText, err := emitGo(schema)
	if err != nil {
		return err
	}
	if err := os.WriteFile(goOut, goText, 0o644); err != nil {
		return err
	}
	return os.WriteFile(tsOut, emitTypeScript(schema), 0o644)
}
