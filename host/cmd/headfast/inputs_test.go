package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// crm is VS Code's file of one server, whose key and environment a person is asked for.
func crm(url string) string {
	return `{
  "inputs": [
    { "type": "promptString", "id": "crm-key", "description": "Key of the \u001b[31mCRM", "password": true },
    { "type": "pickString", "id": "env", "description": "Which one", "options": ["dev", { "label": "Live", "value": "prod" }], "default": "dev" }
  ],
  "servers": {
    "crm": { "type": "http", "url": "` + url + `", "headers": { "X-API-Key": "${input:crm-key}", "X-Env": "${input:env}" } }
  }
}
`
}

// atCRM is a place with crm's file and a store of its own.
func atCRM(t *testing.T, url string, env ...string) place {
	t.Helper()
	p := at(t, "", append(env, "HEADFAST_STORE="+t.TempDir())...)
	p.vsCode(crm(url))
	return p
}

func (p place) vsCode(text string) {
	p.t.Helper()
	if err := os.MkdirAll(filepath.Join(p.dir, ".vscode"), 0o700); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(p.dir, inputsPath), []byte(text), 0o600); err != nil {
		p.t.Fatal(err)
	}
}

const inputsPath = ".vscode/mcp.json"

// TestInputScript: without a person the environment answers, and what has no answer is told with its name and places.
func TestInputScript(t *testing.T) {
	t.Parallel()
	s := start(t)
	p := atCRM(t, s.URL("/modern"))
	p.run("tools", "crm", "-c", inputsPath).want(3, "The input crm-key was not given  HF102",
		".vscode/mcp.json:7 needs it for X-API-Key; it is defined at .vscode/mcp.json:3.", "set HEADFAST_INPUT_CRM_KEY")
	if doc := p.run("tools", "crm", "-c", inputsPath, "--json").want(3).document(); doc.Error == nil || doc.Error.Code != "HF102" || doc.Error.Outcome != "not_sent" {
		t.Errorf("%+v", doc.Error)
	}
	p.env = append(p.env, "HEADFAST_INPUT_CRM_KEY="+goodKey, "HEADFAST_INPUT_ENV=prod")
	p.run("tools", "crm", "-c", inputsPath).want(0, "echo")
	p.run("explain", "crm", "-c", inputsPath).want(0, "from  HEADFAST_INPUT_CRM_KEY (.vscode/mcp.json:7), environment")
	p.run("inputs", "list").want(0, "There is no answer to an input")
	p.env = append(p.env, "HEADFAST_INPUT_ENV=moon")
	p.run("tools", "crm", "-c", inputsPath).want(3, "The answer to the input env is none of its options", "Its options are dev and prod.")
	p.env = append(p.env, "HEADFAST_INPUT_CRM_KEY="+wrongKey, "HEADFAST_INPUT_ENV=dev")
	p.run("tools", "crm", "-c", inputsPath).want(5, "HF101", "Put a valid key into HEADFAST_INPUT_CRM_KEY.")
}

// TestInputCommands: what is asked of headfast inputs in a way that it does not know.
func TestInputCommands(t *testing.T) {
	t.Parallel()
	p := at(t, "", "HEADFAST_STORE="+t.TempDir())
	p.run("inputs").want(0, "forget", "list", "HEADFAST_INPUT_ID")
	p.run("inputs", "list", "x").want(2, `"x" is too much`)
	p.run("inputs", "forget").want(2, "Which answers?", "headfast inputs forget --all")
	p.run("inputs", "forget", "x", "--all").want(2, "Which answers?")
	p.run("inputs", "forget", "x").want(2, `There is no answer to the input "x"`)
	p.run("inputs", "forget", "--all").want(0, "There is no answer to an input")
	if o := p.run("inputs", "list", "--json").want(0); !strings.Contains(o.out, `"inputs":[]`) {
		t.Errorf("%s", o.out)
	}
	p.run("inputs", "lsit").want(2)
}

// keptInputs are the answers that headfast inputs list tells of.
func (p place) keptInputs() (list []struct{ Key, Input, File, Origin, When string }) {
	p.t.Helper()
	var doc struct {
		Inputs []struct{ Key, Input, File, Origin, When string }
	}
	if err := json.Unmarshal([]byte(p.run("inputs", "list", "--json").want(0).out), &doc); err != nil {
		p.t.Fatal(err)
	}
	return doc.Inputs
}
