//go:build !windows

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWritesNothingOutside: a project's file that is a link out of it, or lies in a folder that is one, is not written,
// neither by doctor nor by translate; a link within the project is followed.
func TestWritesNothingOutside(t *testing.T) {
	t.Parallel()
	const faulty = "{ \"mcpServers\": { \"acme\": { \"type\": \"http\", \"url\": \"https://acme.example/mcp\" }, } }\n"
	for _, c := range []struct {
		link, to string
		written  bool
	}{
		{".mcp.json", "../elsewhere/notes.json", false}, {".vscode", "../elsewhere", false}, {".mcp.json", "kept/notes.json", true},
	} {
		p := project(t, "")
		put(t, p.dir, map[string]string{"../elsewhere/notes.json": faulty, "../elsewhere/mcp.json": strings.Replace(faulty, "mcpServers", "servers", 1), "kept/notes.json": faulty,
			"named.json": strings.Replace(faulty, ", }", " }", 1)})
		if err := os.Symlink(c.to, filepath.Join(p.dir, c.link)); err != nil {
			t.Fatal(err)
		}
		o := p.run("doctor", "--fix")
		p.run("translate", "acme", "-c", "named.json", "--to", "vs-code", "--write")
		for _, name := range []string{"../elsewhere/notes.json", "../elsewhere/mcp.json"} {
			if text, err := os.ReadFile(filepath.Join(p.dir, name)); err != nil || !strings.Contains(string(text), "}, }") {
				t.Errorf("%s -> %s: %s is %q, %v\n%s%s", c.link, c.to, name, text, err, o.out, o.err)
			}
		}
		text, err := os.ReadFile(filepath.Join(p.dir, "kept/notes.json"))
		if err != nil || strings.Contains(string(text), "}, }") == c.written {
			t.Errorf("%s -> %s: %q, %v\n%s%s", c.link, c.to, text, err, o.out, o.err)
		}
		if !c.written && c.link == ".mcp.json" {
			o.want(1, "is left as it is", "outside of the project")
		}
	}
}

// TestHalfAPath: a variable that makes a place relative leads to no file: a project's would pass for the person's own.
func TestHalfAPath(t *testing.T) {
	t.Parallel()
	p := project(t, "", "OPENCODE_CONFIG=custom.json", "XDG_CONFIG_HOME=.config")
	file := `{"mcp": {"rel": {"type": "remote", "url": "https://rel.example/mcp"}}}`
	put(t, p.dir, map[string]string{"custom.json": file, ".config/opencode/opencode.json": file})
	p.run("tools", "rel").want(3, "HF200")
}

// TestStartsInTheProject: a project's process is the same one wherever the person stands in it, and starts in its folder.
func TestStartsInTheProject(t *testing.T) {
	t.Parallel()
	p := project(t, `{"mcpServers": {"local": {"command": "bin/s.sh", "args": ["a"]}}}`)
	put(t, p.dir, map[string]string{"bin/s.sh": "#!/bin/sh\npwd >\"$(dirname \"$0\")/ran\"\n", "sub/bin/s.sh": "#!/bin/sh\ntouch \"$(dirname \"$0\")/ran\"\n"})
	for _, script := range []string{"bin/s.sh", "sub/bin/s.sh"} {
		if err := os.Chmod(filepath.Join(p.dir, script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	below := p
	below.dir = filepath.Join(p.dir, "sub")
	below.run("tools", "local", "--trust").want(4, "HF122")
	if text, err := os.ReadFile(filepath.Join(p.dir, "bin/ran")); err != nil || strings.TrimSpace(string(text)) != p.dir {
		t.Errorf("%q, %v", text, err)
	}
	if _, err := os.Stat(filepath.Join(p.dir, "sub/bin/ran")); err == nil {
		t.Error("the folder that the person stands in chose the program")
	}
}
