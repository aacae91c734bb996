package peers

import (
	"maps"
	"testing"
)

// goCommand runs an example of a Go module of others, or the command of gosdk/paged, unchanged.
func goCommand(path string, args ...string) func(*testing.T) []string {
	return func(t *testing.T) []string { return append([]string{goProgram(t, path)}, args...) }
}

const (
	goSDK = "github.com/modelcontextprotocol/go-sdk/examples/"
	mcpGo = "github.com/mark3labs/mcp-go/examples/"
	paged = "github.com/headfast/headfast/host/peers/gosdk/paged"
)

// goPeers are the servers of the Go SDK and of github.com/mark3labs/mcp-go.
func goPeers() []able {
	return append(goSDKPeers(), mcpGoPeers()...)
}

func goSDKPeers() []able {
	everything := offers{
		"tools":         lists("tools", "greet", "ping", "log", "sample", "elicit (form)", "elicit (url)", "roots"),
		"call":          calls("ping", `{}`, ""), // it pings us in it
		"pages":         without("its pages have a thousand entries"),
		"resources":     lists("resources", "embedded:info"),
		"templates":     lists("templates", "http://example.com/~{resource_name}/"),
		"read":          reads("embedded:info", "This is the hello example server."),
		"prompts":       lists("prompts", "greet", "greet (with Icons)"),
		"prompt":        prompts("greet", `{"name":"Ada"}`, "Say hi to Ada"),
		"completion":    completes("greet", "name", "Ad", "", "Adx"),
		"elicit-accept": elicits("elicit (form)", `{}`, "accept", `{"random":"words"}`, "provide a random string", "words"),
		"elicit-url":    elicits("elicit (url)", `{}`, "accept", "", "http://localhost:6062", "(elicitation pending)"),
		"sampling":      asks("sample", `{}`, "", "a model's words"),
		"roots":         calls("roots", `{}`, "usr:file:///usr"),
		"logging":       logs("log", `{}`, "debug"),
		"session-loss":  calls("greet", `{"name":"Ada"}`, "Hi Ada"),
	}
	quiet := offers{} // without a word to the command line, which does not pin the revision
	maps.Copy(quiet, everything)
	quiet["call"] = calls("greet", `{"name":"Ada"}`, "Hi Ada")
	const rest = "it has no tool that takes long, and no event store; its tool that asks panics at a no"
	pages := func(what string) offer {
		return lists(what, "note:five", "note:four", "note:one", "note:three", "note:two")
	}
	return []able{
		{
			name: "go-sdk-everything", kind: "http", revision: "2025-11-25",
			command: goCommand(goSDK+"server/everything", "-http", "127.0.0.1:<port>"), offers: everything, rest: rest,
		},
		{
			name: "go-sdk-everything-stdio", kind: "stdio", pin: "2025-11-25", revision: "2025-11-25",
			command: goCommand(goSDK + "server/everything"), offers: quiet, rest: rest,
		},
		{
			name: "go-sdk-everything-stdio-2026", kind: "stdio", revision: "2026-07-28", command: goCommand(goSDK + "server/everything"),
			offers: only(quiet, "tools", "call", "resources", "templates", "read", "prompts", "prompt", "completion", "session-loss"),
			rest:   "its tools ask and log as before 2026-07-28, which has none of that; " + rest,
		},
		{
			name: "go-sdk-paged", kind: "http", revision: "2025-11-25", command: goCommand(paged, "go-sdk", "127.0.0.1:<port>"),
			offers: offers{
				"tools":        lists("tools", "one", "two", "three", "four", "five", "steps", "change"),
				"call":         calls("two", `{}`, "two"),
				"pages":        pages("resources"),
				"resources":    lists("resources", "note:one", "note:five"),
				"read":         reads("note:five", "five"),
				"prompts":      lists("prompts", "one", "five"),
				"prompt":       prompts("five", `{}`, "five"),
				"progress":     progresses("steps", `{"n":4,"ms":50}`, 4),
				"listen":       listens(filter{Tools: true, URIs: []string{"note:one"}}, "change", `{}`, "notifications/resources/updated"),
				"cancel":       long("steps", `{"n":30,"ms":100}`, "").logging("steps was cancelled"),
				"resume":       cutAt("steps", `{"n":4,"ms":400}`, "4 steps", 4, `"progress":2`),
				"dies":         long("steps", `{"n":300,"ms":100}`, ""),
				"session-loss": calls("two", `{}`, "two"),
			},
			rest: "go-sdk-everything has it",
		},
	}
}

func mcpGoPeers() []able {
	stepsOf := func(resume offer) offers {
		return offers{
			"tools":        lists("tools", "one", "two", "three", "four", "five", "steps", "change"),
			"call":         calls("two", `{}`, "two"),
			"pages":        lists("resources", "note:five", "note:four", "note:one", "note:three", "note:two"),
			"progress":     progresses("steps", `{"n":4,"ms":50}`, 4).losing(), // mcp-go ends the stream when the result is there
			"listen":       listens(filter{Tools: true}, "change", `{}`, "notifications/tools/list_changed"),
			"cancel":       long("steps", `{"n":30,"ms":100}`, "").logging("steps was cancelled"),
			"resume":       resume,
			"dies":         long("steps", `{"n":300,"ms":100}`, ""),
			"session-loss": calls("two", `{}`, "two").keeping(),
		}
	}
	everything := offers{
		"tools":        lists("tools", "echo", "add", "longRunningOperation", "notify"),
		"call":         calls("notify", `{}`, "notification sent successfully"), // of progress that nobody asked for
		"pages":        without(noPages),
		"resources":    lists("resources", "test://static/resource", "test://static/resource/100"),
		"templates":    lists("templates", "test://dynamic/resource/{id}"),
		"read":         reads("test://static/resource/2", `"blob":"QmluYXJ5`),
		"prompts":      lists("prompts", "simple_prompt", "complex_prompt"),
		"prompt":       prompts("complex_prompt", `{"temperature":"1","style":"formal"}`, "temperature=1, style=formal"),
		"completion":   completes("complex_prompt", "style", "c", "", "casual", "creative"),
		"progress":     progresses("longRunningOperation", `{"duration":0.4,"steps":4}`, 4).losing(),
		"cancel":       long("longRunningOperation", `{"duration":1.5,"steps":2}`, ""),
		"dies":         long("longRunningOperation", `{"duration":30,"steps":3}`, ""),
		"session-loss": calls("echo", `{"message":"hi"}`, "Echo: hi"),
	}
	const rest = "its other examples have it: mcp-go-conformance, mcp-go-elicitation, mcp-go-roots, mcp-go-paged"
	return []able{
		{
			name: "mcp-go-everything", kind: "http", path: "/mcp", fixed: 8080, revision: "2026-07-28",
			command: goCommand(mcpGo+"everything", "-t", "http"), offers: everything, rest: rest,
		},
		{
			name: "mcp-go-everything-stdio", kind: "stdio", revision: "2026-07-28",
			command: goCommand(mcpGo + "everything"), offers: everything, rest: rest,
		},
		{
			name: "mcp-go-conformance", kind: "http", path: "/mcp", revision: "2026-07-28",
			command: goCommand(mcpGo+"conformance", "CONFORMANCE_ADDR=127.0.0.1:<port>"),
			offers:  only(mcpGoConformance(), "tools", "call", "resources", "templates", "read", "prompts", "prompt", "progress", "logging", "session-loss"),
			rest:    "its tools ask as before 2026-07-28, which mcp-go refuses there; " + rest,
		},
		{
			name: "mcp-go-conformance-2025", whole: true, kind: "http", path: "/mcp", pin: "2025-11-25", revision: "2025-11-25",
			command: goCommand(mcpGo+"conformance", "CONFORMANCE_ADDR=127.0.0.1:<port>"),
			offers:  mcpGoConformance(), rest: rest,
		},
		{
			name: "mcp-go-elicitation", kind: "stdio", pin: "2025-11-25", revision: "2025-11-25", command: goCommand(mcpGo + "elicitation"),
			offers: offers{
				"tools":          lists("tools", "create_project", "auth_via_url", "protected_action"),
				"elicit-accept":  elicits("create_project", `{}`, "accept", `{"projectName":"one"}`, "set up your project", "Created project 'one' with framework: none, tests: true"),
				"elicit-decline": elicits("create_project", `{}`, "decline", "", "set up your project", "user declined"),
				"elicit-url":     elicits("auth_via_url", `{}`, "accept", "", "https://myserver.com/set-api-key", "User accepted URL open request"),
				"elicit-error":   calls("protected_action", `{}`, "https://myserver.com/authorize").refused(urlRequired),
			},
			rest: rest,
		},
		{
			name: "mcp-go-roots", kind: "stdio", pin: "2025-11-25", revision: "2025-11-25", command: goCommand(mcpGo + "roots_server"),
			offers: offers{"tools": lists("tools", "roots"), "roots": calls("roots", `{}`, "file:///usr")},
			rest:   rest,
		},
		{
			name: "mcp-go-paged", kind: "http", path: "/mcp", revision: "2026-07-28", command: goCommand(paged, "mcp-go", "127.0.0.1:<port>"),
			offers: stepsOf(without(noResuming)), rest: rest,
		},
		{
			name: "mcp-go-paged-2025", kind: "http", path: "/mcp", pin: "2025-11-25", revision: "2025-11-25",
			command: goCommand(paged, "mcp-go", "127.0.0.1:<port>"),
			offers:  stepsOf(cutAt("steps", `{"n":4,"ms":400}`, "4 steps", 4, `"progress":2`).losing()), rest: rest,
		},
	}
}

func mcpGoConformance() offers {
	return offers{
		"tools":     lists("tools", "test_simple_text", "test_sampling", "test_elicitation"),
		"call":      calls("test_simple_text", `{}`, "This is a simple text response"),
		"resources": lists("resources", "test://static-text", "test://static-binary"),
		"templates": lists("templates", "test://template/{id}/data"),
		"read":      reads("test://template/7/data", "Data for ID: 7"),
		"prompts":   lists("prompts", "test_simple_prompt", "test_prompt_with_image"),
		"prompt":    prompts("test_prompt_with_arguments", `{"arg1":"a","arg2":"b"}`, "arg1='a', arg2='b'"),
		"elicit-accept": elicits("test_elicitation_sep1034_defaults", `{}`, "accept", `{}`, "Provide your information",
			"action=accept, content=map[age:30 name:John Doe score:95.5 status:active verified:true]"),
		"elicit-decline": elicits("test_elicitation", `{"message":"Who?"}`, "decline", "", "Who?", "action=decline"),
		"elicit-cancel":  elicits("test_elicitation", `{"message":"Who?"}`, "cancel", "", "Who?", "action=cancel"),
		"sampling":       asks("test_sampling", `{"prompt":"Hi"}`, "Hi", "LLM response: a model's words"),
		"progress":       offer{step: step{Do: "call", Name: "test_tool_with_progress", Progress: true}, says: "progress reported"},
		"logging":        logs("test_tool_with_logging", `{}`, "debug"),
		"session-loss":   calls("test_simple_text", `{}`, "This is a simple text response").keeping(),
	}
}
