package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

const (
	msgDir  = "../msg"
	command = "go generate ./jsbridge/msg"
)

func TestGeneratedFilesAreFresh(t *testing.T) {
	schema, err := readSchema(msgDir)
	if err != nil {
		t.Fatal(err)
	}
	goText, err := emitGo(schema)
	if err != nil {
		t.Fatal(err)
	}
	compare(t, filepath.Join(msgDir, "schema_gen.go"), goText)
	compare(t, "../ts/src/msg.gen.ts", emitTypeScript(schema))
}

func TestGoCodecIsFresh(t *testing.T) {
	out := filepath.Join(t.TempDir(), "codec_gen.go")
	cmd := exec.Command("go", "tool", "msgp", "-file", ".", "-o", out, "-tests=false", "-io=false")
	cmd.Dir = msgDir
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	want, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	compare(t, filepath.Join(msgDir, "codec_gen.go"), want)
}

func compare(t *testing.T, name string, want []byte) {
	t.Helper()
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatalf("%v: run %q", err, command)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is stale: run %q", name, command)
	}
}
