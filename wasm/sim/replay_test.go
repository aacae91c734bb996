package sim

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/headfast/headfast/host/vectors"
)

// replay runs a script in the vectors' language, whose "<" lines only part the batches, then the finale.
func replay(t *testing.T, preamble, script string, wrap func(core) core) *rig {
	t.Helper()
	dir := t.TempDir()
	text := "-- .mcp.json --\n" + replayConfig + "\n-- script --\n> begin name=vectors client_version=1 trace\n> load id=1 path=.mcp.json text=@.mcp.json\n"
	// One input is one batch, so that a replay reads like what happens.
	text += strings.ReplaceAll("\n"+preamble+strings.TrimLeft(script, "\n"), "\n> ", "\n< -\n> ")[1:]
	if err := os.WriteFile(filepath.Join(dir, "replay.txtar"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	all, err := vectors.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	r := newRig("test-key-12345")
	r.chatty = true
	if wrap != nil {
		r.core = wrap(r.core)
	}
	for i := range all[0].Steps {
		s := &all[0].Steps[i].Batch
		r.advance(s.Now)
		r.wall = s.Wall * 1e6
		r.step(s.Inputs...)
		r.forgetGets(s.Inputs)
	}
	r.finale()
	return r
}

const replayConfig = `{"mcpServers":{
"m":{"type":"http","url":"http://127.0.0.1:1/mcp","headers":{"X-API-Key":"test-key-12345"}},
"s":{"type":"sse","url":"http://127.0.0.1:1/sse","headers":{"X-API-Key":"test-key-12345"}},
"p":{"command":"acme-server"}}}`

// The preambles connect session 1. What follows begins with these numbers: modern is at exchange 2 and request 2,
// legacy at exchange 5 and request 3 (its GET stream 4 is open), old at exchange 4 and request 2 (its stream is 1),
// pipe is process 1 and at request 2, oldpipe is process 1 and at request 3.
const (
	modern = `> connect id=2 session=1 config=1 server=m caps={"elicitation":{},"extensions":{"io.modelcontextprotocol/tasks":{}}}
> head id=1 status=200 header="content-type: application/json"
> body id=1 data={"jsonrpc":"2.0","id":"0000000000000000-1","result":{"supportedVersions":["2026-07-28"],"capabilities":{}}}
> end id=1
`
	legacy = `> connect id=2 session=1 config=1 server=m caps={"elicitation":{}}
> head id=1 status=400
> end id=1
> head id=2 status=200 header="content-type: application/json" header="mcp-session-id: s-1"
> body id=2 data={"jsonrpc":"2.0","id":"0000000000000000-2","result":{"protocolVersion":"2025-11-25","capabilities":{"logging":{}}}}
> end id=2
> head id=3 status=202
> end id=3
> head id=4 status=200 header="content-type: text/event-stream"
`
	old = `> connect id=2 session=1 config=1 server=s
> head id=1 status=200 header="content-type: text/event-stream"
> body id=1 data="event: endpoint\ndata: /m\n\n"
> head id=2 status=202
> end id=2
> body id=1 data="data: {\"jsonrpc\":\"2.0\",\"id\":\"0000000000000000-1\",\"result\":{\"protocolVersion\":\"2024-11-05\",\"capabilities\":{}}}\n\n"
> head id=3 status=202
> end id=3
`
	pipe = `> connect id=2 session=1 config=1 server=p caps={"elicitation":{},"extensions":{"io.modelcontextprotocol/tasks":{}}}
> body id=1 data="{\"jsonrpc\":\"2.0\",\"id\":\"0000000000000000-1\",\"result\":{\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{}}}\n"
`
	oldpipe = `> connect id=2 session=1 config=1 server=p caps={"elicitation":{}}
> body id=1 data="{\"jsonrpc\":\"2.0\",\"id\":\"0000000000000000-1\",\"error\":{\"code\":-32601,\"message\":\"m\"}}\n"
> body id=1 data="{\"jsonrpc\":\"2.0\",\"id\":\"0000000000000000-2\",\"result\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}}}\n"
`
)

// replays are minimal runs that broke something, each with what it may not break.
var replays = []struct{ name, preamble, script string }{
	{"resume-404", legacy, `
> request id=3 session=1 method=tools/call params={"name":"echo"}
> head id=5 status=200 header="content-type: text/event-stream"
> body id=5 data="id: e-1\nretry: 1\ndata: \n\n"
> end id=5
> at 200ms
> head id=6 status=404
> end id=6
> head id=7 status=200 header="content-type: application/json"
> body id=7 data={"jsonrpc":"2.0","id":"0000000000000000-4","result":{"protocolVersion":"2025-11-25","capabilities":{}}}
> end id=7
> head id=8 status=202
> end id=8
> head id=9 status=405
> end id=9
`},
	{"resume-refused", legacy, `
> request id=3 session=1 method=tools/call params={"name":"echo"}
> head id=5 status=200 header="content-type: text/event-stream"
> body id=5 data="id: e-1\nretry: 1\ndata: \n\n"
> end id=5
> at 200ms
> end id=6 failure.kind=refused
> at 400ms
> end id=7 failure.kind=refused
> at 600ms
> end id=8 failure.kind=refused
> at 2s
`},
	{"resume-dns", legacy, `
> request id=3 session=1 method=tools/call params={"name":"echo"}
> head id=5 status=200 header="content-type: text/event-stream"
> body id=5 data="id: e-1\nretry: 1\ndata: \n\n"
> end id=5
> at 200ms
> end id=6 failure.kind=dns
> at 400ms
> end id=7 failure.kind=dns
> at 600ms
> end id=8 failure.kind=dns
`},
	{"resume-401", legacy, `
> request id=3 session=1 method=tools/call params={"name":"echo"}
> head id=5 status=200 header="content-type: text/event-stream"
> body id=5 data="id: e-1\nretry: 1\ndata: \n\n"
> end id=5
> at 200ms
> head id=6 status=401
> end id=6
`},
	{"sse-paused-twice", old, `
> request id=3 session=1 method=tools/list
> head id=4 status=429 header="Retry-After: 5"
> end id=4
> request id=4 session=1 method=tools/call params={"name":"echo"}
> at 100ms
> end id=1
> at 1s
> head id=5 status=200 header="content-type: text/event-stream"
> body id=5 data="event: endpoint\ndata: /m\n\n"
> at 6s
> head id=6 status=202
> end id=6
> body id=5 data="data: {\"jsonrpc\":\"2.0\",\"id\":\"0000000000000000-4\",\"result\":{\"protocolVersion\":\"2024-11-05\",\"capabilities\":{}}}\n\n"
> body id=5 data="data: {\"jsonrpc\":\"2.0\",\"id\":\"0000000000000000-5\",\"result\":{\"protocolVersion\":\"2024-11-05\",\"capabilities\":{}}}\n\n"
> head id=7 status=202
> end id=7
> head id=8 status=202
> end id=8
`},
	{"revival-refused-while-running", legacy, `
> request id=3 session=1 method=tools/call params={"name":"runs"}
> request id=4 session=1 method=tools/list
> head id=6 status=404
> end id=6
> end id=7 failure.kind=dns
> at 300ms
> end id=8 failure.kind=dns
> at 1s
> end id=9 failure.kind=dns
> at 3s
> end id=10 failure.kind=dns
> at 8s
> end id=11 failure.kind=dns
> at 20s
> end id=12 failure.kind=dns
`},
	{"task-respawn-fails", pipe, `
> request id=3 session=1 method=tools/call params={"name":"echo"}
> body id=1 data="{\"jsonrpc\":\"2.0\",\"id\":\"0000000000000000-2\",\"result\":{\"resultType\":\"task\",\"taskId\":\"t\",\"status\":\"working\"}}\n"
> end id=1 failure.kind=exit failure.sent
> at 900ms
> end id=2 failure.kind=spawn
> at 3s
> end id=3 failure.kind=spawn
> at 9s
> end id=4 failure.kind=spawn
> at 20s
> end id=5 failure.kind=spawn
> at 40s
> end id=6 failure.kind=spawn
`},
	{"handshake-after-cancel", "", `
> connect id=2 session=1 config=1 server=m
> head id=1 status=503 header="Retry-After: 3"
> end id=1
> cancel id=2
> at 4s
`},
	{"close-twice-http", legacy, `
> close id=3 session=1
> close id=4 session=1
`},
	{"close-twice-stdio", pipe, `
> close id=3 session=1
> close id=4 session=1
`},
	{"close-with-notify", legacy, `
> notify id=3 session=1 method=notifications/roots/list_changed
> close id=4 session=1
`},
	{"outdated-stdio", pipe, `
> request id=3 session=1 method=tools/call params={"name":"echo"}
> body id=1 data="{\"jsonrpc\":\"2.0\",\"id\":\"0000000000000000-2\",\"error\":{\"code\":-32022,\"message\":\"m\",\"data\":{\"supported\":[\"2026-07-28\"]}}}\n"
> at 1s
`},
	{"revival-hangs-stdio", pipe, `
> end id=1 failure.kind=exit failure.sent
> at 40s
`},
	{"ask-while-closing", oldpipe, `
> close id=3 session=1
> body id=1 data="{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"elicitation/create\",\"params\":{\"message\":\"m\"}}\n"
> end id=1
`},
	{"ask-after-connect-failed", "", `
> connect id=2 session=1 config=1 server=p caps={"elicitation":{}} revision=2025-11-25
> cancel id=2
> body id=1 data="{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"elicitation/create\",\"params\":{\"message\":\"m\"}}\n"
> end id=1
`},
	{"stop-after-end", "", `
> connect id=2 session=1 config=1 server=p
> cancel id=2
> end id=1
> at 10s
`},
	{"sse-remembered-wrongly", "", `
> connect id=2 session=1 config=1 server=m
> head id=1 status=404
> end id=1
> head id=2 status=404
> end id=2
> head id=3 status=200 header="content-type: text/event-stream"
> body id=3 data="event: endpoint\ndata: /mcp\n\n"
> head id=4 status=202
> end id=4
> body id=3 data="data: {\"jsonrpc\":\"2.0\",\"id\":\"0000000000000000-3\",\"result\":{\"protocolVersion\":\"2024-11-05\",\"capabilities\":{}}}\n\n"
> head id=5 status=202
> end id=5
> connect id=3 session=2 config=1 server=m
> head id=6 status=405
> end id=6
> head id=7 status=200 header="content-type: application/json"
> body id=7 data={"jsonrpc":"2.0","id":"0000000000000000-4","result":{"supportedVersions":["2026-07-28"],"capabilities":{}}}
> end id=7
> at 60s
`},
	{"ear-not-resumed", legacy, `
> body id=4 data="id: e1\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}}\n\n"
> end id=4
> at 3s
> head id=5 status=404
> end id=5
> at 700s
`},
	{"sse-half-open", old, `
> at 3600s
> request id=3 session=1 method=tools/list
> head id=4 status=202
> end id=4
> at 3700s
`},
	{"get-without-head", legacy, `
> end id=4 failure.kind=reset failure.sent
> at 7000s
`},
	{"answer-before-request", old, `
> end id=1
> at 1s
> head id=4 status=200 header="content-type: text/event-stream"
> request id=3 session=1 method=tools/call params={"name":"echo"}
> body id=4 data="event: endpoint\ndata: /m\n\n"
> body id=4 data="data: {\"jsonrpc\":\"2.0\",\"id\":\"0000000000000000-2\",\"result\":{}}\n\n"
`},
	{"redacted-data", modern, `
> request id=3 session=1 method=tools/call params={"name":"echo"}
> head id=2 status=200 header="content-type: application/json"
> body id=2 data={"jsonrpc":"2.0","id":"0000000000000000-2","error":{"code":1,"message":"test-key-12345","data":"test-key-12345"}}
> end id=2
`},
	{"request-late-mismatch", modern, `
> request id=3 session=1 method=tools/call params={"name":"echo"} timeout=1000
> head id=2 status=400 header="content-type: application/json"
> body id=2 data={"jsonrpc":"2.0","id":"0000000000000000-2","error":{"code":-32020,"message":"m"}}
> end id=2
> at 70s
`},
	{"request-late-level", legacy, `
> request id=3 session=1 method=tools/call params={"name":"echo"} timeout=1000 log=info
> at 70s
`},
	{"end-without-head", modern, `
> request id=3 session=1 method=tools/call params={"name":"echo"}
> end id=2
`},
	{"readonly-not-sent", modern, `
> request id=3 session=1 method=tools/list
> end id=2 failure.kind=reset failure.sent
> at 1s
> end id=3 failure.kind=dns
`},
	{"listen-while-reviving", modern, `
> listen id=3 session=1 tools
> head id=2 status=200 header="content-type: text/event-stream"
> request id=4 session=1 method=tools/call params={"name":"echo"}
> head id=3 status=400 header="content-type: application/json"
> body id=3 data={"jsonrpc":"2.0","id":"0000000000000000-3","error":{"code":-32022,"message":"m","data":{"supported":["2026-07-28"]}}}
> end id=3
> end id=2 failure.kind=reset failure.sent
`},
	{"ack-left-out", modern, `
> listen id=3 session=1 tools
> head id=2 status=200 header="content-type: text/event-stream"
> body id=2 data="data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\",\"params\":{\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":\"0000000000000000-2\"}}}\n\n"
> end id=2
> at 3s
> head id=3 status=200 header="content-type: text/event-stream"
> body id=3 data="data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\",\"params\":{\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":\"0000000000000000-3\"}}}\n\n"
`},
	{"listen-no-head", modern, `
> listen id=3 session=1 tools
> at 7000s
`},
}

// TestReplays holds the core to each of them; SIM_LOG=1 shows every log.
func TestReplays(t *testing.T) {
	for _, one := range replays {
		t.Run(one.name, func(t *testing.T) {
			r := replay(t, one.preamble, one.script, nil)
			found := newFindings()
			found.add(r.check.found, one.name, func() []string { return r.log })
			found.report(t)
			if os.Getenv("SIM_LOG") != "" {
				t.Log(strings.Join(r.log, "\n"))
			}
		})
	}
}
