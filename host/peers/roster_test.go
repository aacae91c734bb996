package peers

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/headfast/headfast/host/internal/testbed"
)

// peer is a server of other people, and what is known of it.
type peer struct {
	name string
	// run starts it and gives its URL.
	run  func(t *testing.T) (*testbed.Process, string)
	kind string // the transport in .mcp.json
	// tools are some that it has; none means that it has no tools at all, and says so.
	tools []string
	// call is a tool, its arguments, and a part of its answer.
	call, args, says string
	// revision and transport are what is agreed on.
	revision, transport string
	// session says that it lets one be deleted at the end; deletes is what its log then says.
	session bool
	deletes string
	// notifies is a notification that the call sends first, to the session or, where asked, to the call.
	notifies string
	// hears is a notification that it sends by itself, on the session's own stream.
	hears string
	// page is the code that a page gets where the server sends no CORS headers that let it in; empty
	// where it does.
	page string
	// long is a call that takes long, to be cancelled; steps the progress that a short one makes.
	long  *longCall
	steps *longCall
}

type longCall struct {
	tool, args string
	progress   int
}

const (
	streamable = "streamable-http"
	legacySSE  = "http+sse"
	blocked    = "HF106"
)

func roster() []peer {
	everything := func(p peer) peer {
		p.tools, p.call, p.args, p.says = []string{"echo", "get-sum", "trigger-long-running-operation"}, "get-sum", `{"a":19,"b":23}`, "42"
		p.steps = &longCall{"trigger-long-running-operation", `{"duration":0.4,"steps":4}`, 4}
		p.long = &longCall{"trigger-long-running-operation", `{"duration":30,"steps":3}`, 0}
		return p
	}
	return []peer{
		everything(peer{
			name: "server-everything-streamableHttp", run: npmServer("PORT", 0, "/mcp", "server-everything/dist/index.js", "streamableHttp"),
			kind: "http", revision: "2025-11-25", transport: streamable, session: true, deletes: "Received session termination request",
		}),
		everything(peer{
			name: "server-everything-sse", run: npmServer("PORT", 0, "/sse", "server-everything/dist/index.js", "sse"),
			kind: "sse", revision: "2025-11-25", transport: legacySSE,
		}),
		{
			// With sessions, the Go SDK says in its answer to server/discover that it ends at 2025-11-25.
			name: "go-sdk-http", run: goServer("http", "", "-host", "127.0.0.1", "-port", "<port>", "server"), kind: "http",
			revision: "2025-11-25", transport: streamable, session: true,
			tools: []string{"cityTime"}, call: "cityTime", args: `{"city":"sf"}`, says: "San Francisco", page: blocked,
		},
		{
			name: "go-sdk-everything", run: goServer("server/everything", "", "-http", "127.0.0.1:<port>"), kind: "http",
			revision: "2025-11-25", transport: streamable, session: true,
			tools: []string{"greet", "greet (structured)", "roots"}, call: "greet (structured)", args: `{"name":"Ada"}`, says: "Hi Ada", page: blocked,
		},
		{
			// Its child, which it starts so itself: the one example without sessions.
			name: "go-sdk-distributed-stateless", run: goServer("server/distributed", "", "MCP_CHILD_PORT=<port>"), kind: "http",
			revision: "2026-07-28", transport: streamable,
			tools: []string{"inc"}, call: "inc", args: `{}`, says: `"Count":`, page: blocked,
		},
		{
			name: "go-sdk-sse", run: goServer("server/sse", "/greeter1", "-host", "127.0.0.1", "-port", "<port>"), kind: "sse",
			revision: "2025-11-25", transport: legacySSE,
			tools: []string{"greet1"}, call: "greet1", args: `{"name":"Ada"}`, says: "Hi Ada", page: blocked,
		},
		{
			name: "ts-sdk-simpleStreamableHttp", run: tsExample("MCP_PORT", 0, "/mcp", "simpleStreamableHttp.js"), kind: "http",
			revision: "2025-11-25", transport: streamable, session: true, deletes: "Received session termination request",
			tools: []string{"greet", "multi-greet"}, call: "multi-greet", args: `{"name":"Ada"}`, says: "Good morning, Ada!",
			notifies: "notifications/message", page: blocked,
			long: &longCall{"start-notification-stream", `{"interval":30000,"count":2}`, 0},
		},
		{
			name: "ts-sdk-jsonResponseStreamableHttp", run: tsExample("", 3000, "/mcp", "jsonResponseStreamableHttp.js"), kind: "http",
			revision: "2025-11-25", transport: streamable,
			tools: []string{"greet", "multi-greet"}, call: "greet", args: `{"name":"Ada"}`, says: "Hello, Ada!", page: blocked,
		},
		{
			name: "ts-sdk-simpleStatelessStreamableHttp", run: tsExample("", 3000, "/mcp", "simpleStatelessStreamableHttp.js"), kind: "http",
			revision: "2025-11-25", transport: streamable,
			tools: []string{"start-notification-stream"}, call: "start-notification-stream", args: `{"interval":20,"count":3}`,
			says: "every 20ms", page: blocked,
		},
		{
			name: "ts-sdk-simpleSseServer", run: tsExample("", 3000, "/mcp", "simpleSseServer.js"), kind: "sse",
			revision: "2025-11-25", transport: legacySSE, notifies: "notifications/message",
			tools: []string{"start-notification-stream"}, call: "start-notification-stream", args: `{"interval":20,"count":3}`,
			says: "Completed sending 3", page: blocked,
			long: &longCall{"start-notification-stream", `{"interval":30000,"count":2}`, 0},
		},
		{
			name: "ts-sdk-compatibleServer-http", run: tsExample("", 3000, "/mcp", "sseAndStreamableHttpCompatibleServer.js"), kind: "http",
			revision: "2025-11-25", transport: streamable, session: true, notifies: "notifications/message",
			tools: []string{"start-notification-stream"}, call: "start-notification-stream", args: `{"interval":20,"count":3}`,
			says: "every 20ms", page: blocked,
		},
		{
			name: "ts-sdk-compatibleServer-sse", run: tsExample("", 3000, "/sse", "sseAndStreamableHttpCompatibleServer.js"), kind: "sse",
			revision: "2025-11-25", transport: legacySSE, notifies: "notifications/message",
			tools: []string{"start-notification-stream"}, call: "start-notification-stream", args: `{"interval":20,"count":3}`,
			says: "every 20ms", page: blocked,
		},
		{
			name: "ts-sdk-honoWebStandard", run: tsExample("MCP_PORT", 0, "/mcp", "honoWebStandardStreamableHttp.js"), kind: "http",
			revision: "2025-11-25", transport: streamable,
			tools: []string{"greet"}, call: "greet", args: `{"name":"Ada"}`, says: "Hello, Ada!",
		},
		{
			name: "ts-sdk-ssePolling", run: tsExample("", 3001, "/mcp", "ssePollingExample.js"), kind: "http",
			revision: "2025-11-25", transport: streamable, session: true, notifies: "notifications/message",
			tools: []string{"long-task"}, call: "long-task", args: `{}`, says: "Long task completed successfully!",
			page: "HF114", // it lets pages in, and does not expose Mcp-Session-Id to them: what follows is refused
		},
		{
			name: "ts-sdk-elicitationForm", run: tsExample("PORT", 0, "/mcp", "elicitationFormExample.js"), kind: "http",
			revision: "2025-11-25", transport: streamable, session: true,
			tools: []string{"register_user", "create_event"}, page: blocked, // what it asks is in TestAbilities
		},
		{
			name: "ts-sdk-taskInteractive", run: tsExample("PORT", 0, "/mcp", "simpleTaskInteractive.js"), kind: "http",
			revision: "2025-11-25", transport: streamable, session: true,
			tools: []string{"confirm_delete", "write_haiku"}, page: blocked,
		},
		{
			name: "ts-sdk-standaloneSse", run: tsExample("", 3000, "/mcp", "standaloneSseWithGetStreamableHttp.js"), kind: "http",
			revision: "2025-11-25", transport: streamable, page: blocked,
			hears: "notifications/resources/list_changed",
		},
	}
}

// npmServer runs a script of @modelcontextprotocol with node; its port is in the variable, or fixed.
func npmServer(variable string, fixed int, path, script string, args ...string) func(*testing.T) (*testbed.Process, string) {
	return func(t *testing.T) (*testbed.Process, string) {
		port, env := fixed, []string(nil)
		if port != 0 {
			holdPort(t, port)
		} else {
			port = freePort(t)
			env = []string{fmt.Sprintf("%s=%d", variable, port)}
		}
		script := filepath.Join(testbed.Need(t, npm), "node_modules/@modelcontextprotocol", script)
		return start(t, port, env, "node", append([]string{script}, args...)...), fmt.Sprintf("http://127.0.0.1:%d%s", port, path)
	}
}

func tsExample(variable string, fixed int, path, script string) func(*testing.T) (*testbed.Process, string) {
	return npmServer(variable, fixed, path, "sdk/dist/esm/examples/server/"+script)
}
