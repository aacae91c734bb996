//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestHelper: a helper is that of the file's folder wherever the person stands; explain names it and does not run it.
func TestHelper(t *testing.T) {
	t.Parallel()
	p := at(t, `{"mcpServers": {"acme": {"type": "http", "url": "`+start(t).URL("/modern")+`",
  "headersHelper": "./keys.sh one"}}}`)
	script := func(text string) {
		if err := os.WriteFile(filepath.Join(p.dir, "keys.sh"), []byte("#!/bin/sh\n"+text+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	script(`touch ran; printf '{"X-API-Key": "` + goodKey + `"}'`)
	elsewhere := p
	elsewhere.dir = t.TempDir()
	file := filepath.Join(p.dir, ".mcp.json")
	elsewhere.run("explain", "acme", "-c", file).want(0, "headersHelper  ./keys.sh", "the folder of the file", ".mcp.json:2\n")
	if doc := elsewhere.run("explain", "acme", "-c", file, "--json").want(0).document(); doc.Helper == nil || doc.Helper.Program != "./keys.sh" || !strings.HasSuffix(doc.Helper.Source, ".mcp.json:2") {
		t.Errorf("%+v", doc.Helper)
	}
	if has(p.dir, "ran") {
		t.Error("explain has run it")
	}
	elsewhere.run("tools", "acme", "-c", file).want(0, "echo")
	if !has(p.dir, "ran") {
		t.Error("it ran elsewhere")
	}
	for _, broken := range []string{"echo no", "exit 1", `printf '{"X-API-Key": 1}'`} {
		script(broken)
		elsewhere.run("tools", "acme", "-c", file).want(3, "HF211", "./keys.sh")
	}
	if err := os.Remove(filepath.Join(p.dir, "keys.sh")); err != nil {
		t.Fatal(err)
	}
	p.run("tools", "acme").want(3, "HF211", "./keys.sh")
	p.run("help", "headersHelper").want(0, "exit code 3", "folder of the file")
	p.run("help", "headershelper").want(0, "exit code 3")
	p.run("help", "HF211").want(0, "Exit code 3")
	p.run("help", "oauth").want(0, "headfast login NAME", `"oauth": false`, "callbackPort")
}
