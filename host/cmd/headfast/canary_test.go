package main

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// theCanary is in every place of a configuration that may hold a secret; no run of any command shows it.
const theCanary = "fake+CANARY/0123456789=zx"

// canaryRuns are the commands, each as it is run for a server. A command that is not here fails TestCanary.
var canaryRuns = map[string]string{
	"call": "call NAME echo text=hello", "complete": "complete NAME prompt:greet who A", "explain": "explain NAME --compare all -v --probe",
	"ping": "ping NAME", "prompt": "prompt NAME greet who=Ann", "prompts": "prompts NAME", "read": "read NAME file:///notes.md",
	"resources": "resources NAME", "tools": "tools NAME", "watch": "watch NAME --timeout 1s", "login": "login NAME --no-browser --timeout 2s",
	"logout": "logout oauth", "tokens": "tokens", "servers": "servers", "doctor": "doctor --fix --dry-run",
	"translate": "translate NAME --to all", "trust": "trust list", "inputs": "inputs list",
}

// canaryless are those that read no configuration.
var canaryless = []string{"help", "completion", "version", "demo-server", "schema"}

// errorPaths are all commands' ways to fail: how a server answers, told by its path. The request's headers are in each.
var errorPaths = map[string]func(w http.ResponseWriter, echo string){
	"refused": func(w http.ResponseWriter, echo string) {
		w.Header().Set("WWW-Authenticate", `Bearer realm="`+echo+`", error_description="`+echo+`"`)
		http.Error(w, fmt.Sprintf(`{"detail": %q}`, "not valid: "+echo), http.StatusUnauthorized)
	},
	"page": func(w http.ResponseWriter, echo string) {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusInternalServerError)
		fmt.Fprintf(w, "<title>%s</title><h1>%s</h1>", echo, url.QueryEscape(echo))
	},
	"rpc": func(w http.ResponseWriter, echo string) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"jsonrpc": "2.0", "id": null, "error": {"code": -32000, "message": %q, "data": {"sent": %q}}}`, echo, echo)
	},
	"moved": func(w http.ResponseWriter, echo string) {
		w.Header().Set("Location", "https://elsewhere.example/?key="+url.QueryEscape(echo))
		w.WriteHeader(http.StatusTemporaryRedirect)
	},
	"offers": func(w http.ResponseWriter, echo string) {
		w.Header().Set("WWW-Authenticate", `Bearer resource_metadata="https://elsewhere.example/`+url.PathEscape(echo)+`"`)
		w.WriteHeader(http.StatusForbidden)
	},
	"stream": func(w http.ResponseWriter, echo string) {
		w.Header().Set("Content-Type", "text/event-stream; "+echo)
		fmt.Fprintf(w, "event: %s\ndata: %s\n\nid: %s\n\n", echo, echo, echo)
	},
	"none": func(w http.ResponseWriter, echo string) { http.Error(w, echo, http.StatusNotFound) },
}

func echoing(t *testing.T) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		echo := strings.Join([]string{r.Header.Get("X-API-Key"), r.Header.Get("Authorization"), r.URL.RawQuery}, " ")
		answer, known := errorPaths[strings.Trim(r.URL.Path, "/")]
		if !known { // a probe's own
			answer = errorPaths["none"]
		}
		answer(w, echo)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// leaky are configurations with the canary in every place; FORM stands for the server's entry.
func leaky(server string) map[string]string {
	quoted := fmt.Sprintf("%q", theCanary)
	var entries []string
	for path := range errorPaths {
		entries = append(entries, fmt.Sprintf(`%q: {"type": "http", "url": "%s/%s?token=${CANARY}", "headers": {"X-API-Key": "${CANARY}", "Authorization": "Bearer ${CANARY}", "X-Literal-Token": %s}}`,
			path, server, path, quoted))
	}
	entries = append(entries,
		fmt.Sprintf(`"down": {"type": "http", "url": "http://127.0.0.1:1/${CANARY}?key=%s", "headers": {"X-API-Key": %s}}`, url.QueryEscape(theCanary), quoted),
		fmt.Sprintf(`"user": {"type": "http", "url": "https://bob:%s@127.0.0.1:1/", "headers": {"X-API-Key": "a\n%s"}}`, url.QueryEscape(theCanary), strings.Trim(quoted, `"`)),
		fmt.Sprintf(`"unset": {"type": "http", "url": "https://h.example/", "headers": {"X-API-Key": "%s${NOT_SET}"}}`, strings.Trim(quoted, `"`)),
		fmt.Sprintf(`"process": {"command": "sh", "args": ["-c", "echo $KEY >&2; exit 3", "--token=${CANARY}", "--header", "X-API-Key: ${CANARY}"], "env": {"KEY": "${CANARY}", "LITERAL": %s}}`, quoted),
		fmt.Sprintf(`"oauth": {"type": "http", "url": "http://127.0.0.1:1/", "oauth": {"clientId": "c", "clientSecret": %s, "issuer": "https://h.example/${CANARY}"}}`, quoted),
		fmt.Sprintf(`"odd": {"type": "http", "url": [%s], "headers": {%s: %s}, %s: %s}`, quoted, quoted, quoted, quoted, quoted))
	whole := "{\"mcpServers\": {\n" + strings.Join(entries, ",\n") + "}}"
	return map[string]string{
		"all.json":         whole,
		"cut.json":         whole[:len(whole)-len(theCanary)-12],
		"cut.toml":         "[mcp_servers.acme]\nurl = 'https://h.example'\nhttp_headers = { X = '" + theCanary,
		"cut.yaml":         "mcpServers:\n  - name: acme\n    url: [" + theCanary + "\n   apiKey: \"" + theCanary,
		"list.json":        "[" + quoted + "]",
		"top.json":         `{"mcpServer": {"acme": {"url": "https://h.example/` + url.QueryEscape(theCanary) + `"}}, ` + quoted + ": " + quoted + "}",
		".vscode/mcp.json": `{"servers": {"code": {"type": "http", "url": "https://h.example/", "headers": {"X-API-Key": ` + quoted + `, "X": "${input:k}"}}}, "inputs": [{"id": "k", "type": "promptString", "description": "d", "default": ` + quoted + `}]}`,
	}
}

// TestCanary: every command, as text and as JSON, with its wire traced, over every way to fail.
func TestCanary(t *testing.T) {
	t.Parallel()
	p := at(t, "", "CANARY="+theCanary)
	files := leaky(echoing(t))
	put(t, p.dir, files)
	for _, command := range p.commands() {
		line, known := canaryRuns[command]
		if !known && !slices.Contains(canaryless, command) {
			t.Errorf("%s is not among the commands of this test", command)
		}
		if !known {
			continue
		}
		t.Run(command, func(t *testing.T) {
			t.Parallel()
			p := p
			p.t = t
			for _, server := range canaryServers(command) {
				p.showsNoCanary(strings.ReplaceAll(line, "NAME", server) + fileOf(command, "all.json"))
			}
			for file := range files {
				if readsAll(command) && file != "all.json" {
					p.showsNoCanary(strings.ReplaceAll(line, "NAME", "acme") + fileOf(command, file))
				}
			}
		})
	}
}

// fileOf has a command read a file; those that are about a store read none.
func fileOf(command, file string) string {
	if slices.Contains([]string{"inputs", "tokens", "trust"}, command) {
		return ""
	}
	return " -c " + file
}

// readsAll says of which commands every file and server is tried: the others read and connect as tools does.
func readsAll(command string) bool {
	return slices.Contains([]string{"doctor", "explain", "login", "servers", "tools", "translate"}, command)
}

// canaryServers are those that a command is run for.
func canaryServers(command string) []string {
	servers := []string{"refused"}
	switch {
	case !strings.Contains(canaryRuns[command], "NAME"):
		return servers
	case !readsAll(command):
		return append(servers, "process")
	}
	servers = append(servers, "process", "odd", "down", "user", "unset", "oauth")
	for path := range errorPaths {
		servers = append(servers, path)
	}
	return servers
}

// commands are all that there are, hidden ones but for those of our own use.
func (p place) commands() (names []string) {
	p.t.Helper()
	for _, line := range strings.Split(p.run("__complete", "").out, "\n") {
		if name, _, ok := strings.Cut(line, "\t"); ok {
			names = append(names, name)
		}
	}
	if len(names) < len(canaryRuns) {
		p.t.Fatalf("completion names %d commands of %d: %s", len(names), len(canaryRuns), names)
	}
	return names
}

func (p place) showsNoCanary(line string) {
	p.t.Helper()
	for _, more := range []string{"", " --json", " --trace", " --curl --har -"} {
		args := strings.Fields(line + more)
		if strings.HasSuffix(more, "--trace") || strings.HasSuffix(more, "-") { // what is on the wire
			if args[0] != "tools" && args[0] != "login" {
				continue
			}
		}
		o := p.run(args...)
		if o.code == 2 && strings.Contains(o.out+o.err, "--help") {
			p.t.Errorf("%s is not how the command is used: %s", args, o.err)
		}
		if form := shown(o.out + o.err); form != "" {
			p.t.Errorf("%s shows the secret as %s:\n%s\n%s", strings.Join(args, " "), form, o.out, o.err)
		}
	}
}

// shown is the form in which a text holds the canary or most of it, empty where it does not.
func shown(text string) string {
	for form, is := range map[string]string{
		"itself": theCanary[:20], "its end": theCanary[len(theCanary)-14:], "percent-encoded": url.QueryEscape(theCanary)[:22],
		"path": url.PathEscape(theCanary)[:20], "base64": base64.StdEncoding.EncodeToString([]byte(theCanary))[:24],
		"JSON": strings.ReplaceAll(theCanary, "/", `\/`)[:20],
	} {
		if strings.Contains(text, is) {
			return form
		}
	}
	return ""
}
