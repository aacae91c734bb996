package peers

import "maps"

// tsPeers are the servers of the TypeScript SDK: examples of version 1, and one on the public API of version 2.
func tsPeers() []able {
	const example = "node_modules/@modelcontextprotocol/sdk/dist/esm/examples/server/"
	return append([]able{
		{
			name: "ts-v1-simple", kind: "http", path: "/mcp", revision: "2025-11-25",
			command: node(example+"simpleStreamableHttp.js", "MCP_PORT=<port>"),
			offers: offers{
				"tools":     lists("tools", "greet", "multi-greet", "collect-user-info", "list-files"),
				"call":      calls("greet", `{"name":"Ada"}`, "Hello, Ada!"),
				"resources": lists("resources", "https://example.com/greetings/default", "file:///example/file1.txt"),
				"read":      reads("file:///example/file1.txt", "This is the content of file 1"),
				"prompts":   lists("prompts", "greeting-template"),
				"prompt":    prompts("greeting-template", `{"name":"Ada"}`, "Please greet Ada"),
				"elicit-accept": elicits("collect-user-info", `{"infoType":"preferences"}`, "accept", `{"theme":"dark"}`, "Please set your preferences",
					`\"notifications\": true`),
				"elicit-decline": elicits("collect-user-info", `{"infoType":"contact"}`, "decline", "", "contact information", "User declined"),
				"elicit-cancel":  elicits("collect-user-info", `{"infoType":"feedback"}`, "cancel", "", "feedback", "cancelled by the user"),
				"logging":        logs("start-notification-stream", `{"interval":10,"count":3}`, "debug"),
				"cancel":         long("start-notification-stream", `{"interval":1500,"count":1}`, ""),
				"resume":         cutAt("start-notification-stream", `{"interval":400,"count":4}`, "every 400ms", 0, "data: \n"),
				"dies":           long("start-notification-stream", `{"interval":30000,"count":1}`, ""),
				"session-loss":   calls("greet", `{"name":"Ada"}`, "Hello, Ada!"),
			},
			rest: "it has none; its URL elicitation is an example that wants a sign-in (OAuth)",
		},
		{
			name: "ts-v1-ssePolling", kind: "http", path: "/mcp", fixed: 3001, revision: "2025-11-25", command: node(example + "ssePollingExample.js"),
			offers: offers{
				"tools":  lists("tools", "long-task"),
				"resume": long("long-task", `{}`, "Long task completed successfully!"), // it closes the stream itself
			},
			rest: "it has a tool that closes its stream, and nothing else",
		},
		{
			name: "ts-v1-elicitationForm", kind: "http", path: "/mcp", revision: "2025-11-25", command: node(example+"elicitationFormExample.js", "PORT=<port>"),
			offers: offers{
				"tools": lists("tools", "register_user", "create_event"),
				"elicit-accept": elicits("register_user", `{}`, "accept", `{"username":"ada","email":"ada@example.com","password":"correct horse"}`,
					"Please provide your registration information", "Newsletter: No"),
				"elicit-decline": elicits("register_user", `{}`, "decline", "", "registration", "Registration cancelled by user"),
				"elicit-cancel":  elicits("register_user", `{}`, "cancel", "", "registration", "Registration was cancelled"),
			},
			rest: "it has tools that ask, and nothing else",
		},
		{
			name: "ts-v1-progress", kind: "stdio", revision: "2025-11-25", command: node(example + "progressExample.js"),
			offers: offers{
				"tools":        lists("tools", "count"),
				"call":         calls("count", `{"n":1}`, "Counted to 1"),
				"progress":     progresses("count", `{"n":3}`, 3),
				"cancel":       long("count", `{"n":100}`, ""),
				"dies":         long("count", `{"n":100}`, ""),
				"session-loss": calls("count", `{"n":1}`, "Counted to 1"),
			},
			rest: "it has a tool that counts, and nothing else",
		},
		{
			// It writes a line to its standard output that is no JSON.
			name: "ts-v1-toolWithSample", kind: "stdio", revision: "2025-11-25", command: node(example + "toolWithSampleServer.js"),
			offers: offers{
				"tools":    lists("tools", "summarize"),
				"sampling": asks("summarize", `{"text":"a long story"}`, "a long story", "a model's words"),
			},
			rest: "it has a tool that asks a model, and nothing else",
		},
	}, tsV2Peers()...)
}

func tsV2Peers() []able {
	const script = "ts-v2-server.mjs"
	legacy := ours(offers{"pages": without(noPages)})
	return []able{
		{
			name: "ts-v2-modern", whole: true, kind: "http", path: "/mcp", revision: "2026-07-28", command: node(script, "stateless", "<port>"),
			offers: ours(offers{"pages": without(noPages), "resume": without(noResuming)}),
		},
		{
			name: "ts-v2-sessions", kind: "http", path: "/mcp", revision: "2025-11-25", command: node(script, "sessions", "<port>"),
			offers: ours(offers{"pages": without(noPages), "resume": cutAt("steps", `{"n":4,"ms":400}`, "4 steps", 4, `"progress":2`)}),
		},
		{
			name: "ts-v2-stateless-2025", kind: "http", path: "/mcp", pin: "2025-11-25", revision: "2025-11-25", command: node(script, "stateless", "<port>"),
			offers: only(legacy, "tools", "call", "resources", "templates", "read", "prompts", "prompt", "completion", "progress", "dies", "session-loss"),
			rest:   "without a session it can neither ask nor be told anything",
		},
		{
			name: "ts-v2-stdio", whole: true, kind: "stdio", revision: "2026-07-28", command: node(script),
			offers: ours(offers{"pages": without(noPages), "resume": without(ownPipe)}),
		},
	}
}

// ours are the offers of the servers that are written here on others' public API, all with the same tools.
func ours(more offers) offers {
	all := offers{
		"tools":          lists("tools", "add", "steps", "log", "ask", "visit", "sample", "roots", "change"),
		"call":           calls("add", `{"a":19,"b":23}`, "42"),
		"resources":      lists("resources", "note://one"),
		"templates":      lists("templates", "note://of/{name}"),
		"read":           reads("note://of/Bonn", "The note of Bonn"),
		"prompts":        lists("prompts", "greet"),
		"prompt":         prompts("greet", `{"name":"Ada"}`, "Greet Ada"),
		"completion":     completes("note://of/{name}", "name", "Al", "", "Alan"),
		"elicit-accept":  elicits("ask", `{}`, "accept", `{"name":"Grace"}`, "Who are you?", `accept {\"name\":\"Grace\",\"years\":36}`),
		"elicit-decline": elicits("ask", `{}`, "decline", "", "Who are you?", "decline null"),
		"elicit-cancel":  elicits("ask", `{}`, "cancel", "", "Who are you?", "cancel null"),
		"elicit-url":     elicits("visit", `{}`, "accept", "", "https://example.com/sign-in", "visit accept"),
		"elicit-error":   without(noError),
		"sampling":       asks("sample", `{}`, `"maxTokens":9`, "a model's words"),
		"roots":          calls("roots", `{}`, "file:///usr"),
		"progress":       progresses("steps", `{"n":4,"ms":50}`, 4),
		"logging":        logs("log", `{}`, "debug"),
		"listen":         listens(filter{Tools: true}, "change", `{}`, "notifications/tools/list_changed"),
		"cancel":         long("steps", `{"n":30,"ms":100}`, "").logging("steps was cancelled"),
		"dies":           long("steps", `{"n":300,"ms":100}`, ""),
		"session-loss":   calls("add", `{"a":19,"b":23}`, "42"),
	}
	maps.Copy(all, more)
	return all
}
