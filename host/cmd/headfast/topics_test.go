package main

import (
	"strings"
	"testing"
)

func TestTopics(t *testing.T) {
	t.Parallel()
	p := at(t, "")
	p.run("help", "HF101").want(0, "the server refused the configured header", "Exit code 5", "valid key")
	p.run("help", "hf122").want(0, "--trace")
	p.run("help", "HF102").want(0, "${env:NAME}", "headfast help clients")
	p.run("help", "HF201").want(0, "TOML or YAML", "--as CLIENT")
	p.run("help", "HF202").want(0, "context_servers", "extensions")
	p.run("help", "clients").want(0, "vs-code  VS Code", ".vscode/mcp.json  (project)", "Bearer ${env:MY_KEY}", "TOML, mcp_servers", "codex-rs/config/src/mcp_types.rs")
	p.run("help", "json").want(0, "meanings", "probe", "alsoIn", "disabled")
	p.run("--version").want(0, "headfast ", ", core ")
	if p.run("--version").out != p.run("version").out {
		t.Error("--version and version differ")
	}
	o := p.run("--help").want(0)
	if strings.Contains(o.out, "conformance") || strings.Contains(o.out, "HF1") {
		t.Errorf("%s", o.out)
	}
	p.run("conformance", "--help").want(0, "MCP_CONFORMANCE_SCENARIO")
	p.run("conformance", "http://127.0.0.1:1/").want(2, "MCP_CONFORMANCE_SCENARIO")
	p.env = append(p.env, "MCP_CONFORMANCE_SCENARIO=tools_call")
	p.run("conformance", "http://127.0.0.1:1/").want(4, "HF107")
}

// TestNoSuchTopic: help for what there is not is a mistake on the command line, like any other.
func TestNoSuchTopic(t *testing.T) {
	t.Parallel()
	p := at(t, "")
	p.run("help", "HF999").want(2, "HF301", `There is no topic "HF999"`, "headfast help codes")
	p.run("help", "nosuch").want(2, "HF301", `There is no topic "nosuch"`, "headfast --help")
	p.run("help", "toolz").want(2, "Did you mean headfast help tools?")
	p.run("nosuch", "--help").want(2, "HF301", `There is no command "nosuch"`)
	p.run("toolz", "-h").want(2, "Did you mean headfast tools?")
	if o := p.run("nosuch", "--help", "--json").want(2); o.document().Error.Code != "HF301" {
		t.Error(o.out)
	}
	for _, args := range [][]string{{"help"}, {"--help"}, {"tools", "--help"}, {"help", "tools"}, {"help", "completion", "bash"}, {"help", "HF130"}, {"help", "hf138"}} {
		p.run(args...).want(0)
	}
}
