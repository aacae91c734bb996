package cli

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/spf13/cobra"
)

// TestEveryCommandHasExamples: the words of --help are the program's documentation.
func TestEveryCommandHasExamples(t *testing.T) {
	root := new(app).root(nil)
	for _, cmd := range append([]*cobra.Command{root}, root.Commands()...) {
		if cmd.Runnable() && cmd.Example == "" || cmd.Short == "" {
			t.Errorf("%s has no example or no short text", cmd.Name())
		}
	}
}

func TestShownPath(t *testing.T) {
	root := real(t.TempDir())
	home, here := filepath.Join(root, "home"), filepath.Join(root, "work", "deep")
	for _, dir := range []string{home, here} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	t.Chdir(here)
	for path, want := range map[string]string{
		filepath.Join(here, ".mcp.json"):         ".mcp.json",
		"./x/../.mcp.json":                       ".mcp.json",
		filepath.Join(home, "a", ".mcp.json"):    filepath.Join("~", "a", ".mcp.json"),
		filepath.Join(root, "work", ".mcp.json"): filepath.Join("..", ".mcp.json"),
		filepath.Join(root, "else", "x.json"):    filepath.Join(root, "else", "x.json"),
	} {
		if got := shownPath(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

// TestDocumentKeepsBytes: a payload's white space and characters stay as they are, in order.
func TestDocumentKeepsBytes(t *testing.T) {
	d := document{Server: "a<b", Result: json.RawMessage(`{ "x" : 1.0, "y":"<\u003c" }`), Tools: []json.RawMessage{json.RawMessage(`{ }`), json.RawMessage(`{}`)}}
	if got, want := string(d.append(nil)), `{"server":"a<b","tools":[{ },{}],"result":{ "x" : 1.0, "y":"<\u003c" }}`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestAsFault(t *testing.T) {
	if f := asFault(errors.New("odd")); f.Code != problem.Internal || f.Hint == "" {
		t.Errorf("%+v", f)
	}
	if asFault(nil) != nil {
		t.Error("no error is no fault")
	}
}

// TestHeaderWords are the core's: the error of a refused header says the same.
func TestHeaderWords(t *testing.T) {
	at := msg.Position{File: ".mcp.json", Line: 6}
	for _, c := range []struct {
		header              msg.HeaderUse
		fingerprint, source string
	}{
		{msg.HeaderUse{Scheme: "Bearer", Fingerprint: "7f3c", Length: 40, Where: at, Variables: []string{"A", "B"}}, "Bearer ....7f3c, 40 characters", "A and B (.mcp.json:6)"},
		{msg.HeaderUse{Length: 1, Where: at}, "1 character", ".mcp.json:6"},
		{msg.HeaderUse{Where: at}, "", ".mcp.json:6"},
	} {
		if f, s := fingerprint(c.header), source(c.header); f != c.fingerprint || s != c.source {
			t.Errorf("%q and %q", f, s)
		}
	}
}

// TestNothingForAShell: what a person may copy is never a server's own command.
func TestNothingForAShell(t *testing.T) {
	for tool, want := range map[string]string{
		"get-sum":     "headfast call acme get-sum",
		"x; rm -rf ~": "headfast call NAME TOOL",
		"$(id)":       "headfast call NAME TOOL",
		"a`id`b":      "headfast call NAME TOOL",
		"--config":    "headfast call NAME TOOL",
		"":            "headfast call NAME TOOL",
	} {
		if got := commandLine([]string{"call", "acme", tool}, "call NAME TOOL"); got != want {
			t.Errorf("%q: %s", tool, got)
		}
	}
}
