package peers

import (
	"fmt"
	"strings"
	"time"

	"github.com/headfast/headfast/host"
)

// The outcomes of a request, as host.Error has them.
const (
	serverError = "server_error"
	notSent     = "not_sent"
	unknown     = "unknown"
)

// The exit codes of the command line.
const (
	exitConnect = 4
	exitRefused = 5
	exitServer  = 7
)

func faults() []fault {
	rows := statuses()
	rows = append(rows, redirects()...)
	rows = append(rows, broken()...)
	rows = append(rows, streams()...)
	return append(rows, floods()...)
}

// statuses are HTTP errors with every kind of body.
func statuses() []fault {
	var rows []fault
	add := func(status int, code host.Code, exit int, bodies ...string) {
		for _, body := range bodies {
			rows = append(rows, fault{
				name: fmt.Sprintf("status-%d-%s", status, body), path: fmt.Sprintf("/status/%d?body=%s", status, body),
				code: code, outcome: serverError, exit: exit,
			})
		}
	}
	bodies := []string{"json", "text", "html", "array", "empty", "detail", "long"}
	add(401, host.HeaderRefused, exitRefused, append(bodies, "detail&challenge=1")...)
	add(403, host.HeaderRefused, exitRefused, append(bodies, "text&challenge=1")...)
	add(404, host.WrongPath, exitConnect, bodies...)
	add(500, host.HTTPStatus, exitServer, bodies...)
	add(503, host.HTTPStatus, exitServer, append(bodies, "text&retry=1", "text&retry=86400")...)
	return rows
}

func redirects() []fault {
	var rows []fault
	for _, status := range []int{301, 302, 303, 307, 308} {
		code, exit, outcome := host.Redirected, exitConnect, serverError
		if status >= 307 {
			code, exit, outcome = "", 0, ""
		}
		name := fmt.Sprintf("redirect-%d", status)
		rows = append(rows,
			fault{name: name + "-same", path: fmt.Sprintf("/redirect/%d/same?to=/open", status), code: code, outcome: outcome, exit: exit},
			fault{name: name + "-cross", path: fmt.Sprintf("/redirect/%d/cross", status), code: host.Redirected, outcome: serverError, exit: exitConnect},
			fault{name: name + "-call", path: fmt.Sprintf("/redirect/%d/same?to=/open&on=tools/call", status), call: true, code: code, outcome: outcome, exit: exit},
		)
	}
	return append(rows, fault{name: "redirect-loop", path: "/redirect/loop", code: host.Redirected, outcome: serverError, exit: exitConnect})
}

// broken are answers that are none: to the first request, where the address may be wrong (HF110), and to
// tools/call of a session that stands, where the server is (HF113) and the tool may have run.
func broken() []fault {
	const short = 700 * time.Millisecond
	connect := func(name string, code host.Code, outcome string, exit int, says string) fault {
		return fault{name: name, path: "/" + name, code: code, outcome: outcome, exit: exit, says: says}
	}
	rows := []fault{
		{name: "slow", path: "/slow?ms=200"},
		{name: "too-slow", path: "/slow?ms=30000", code: host.Unreachable, outcome: unknown, exit: exitConnect, wait: short, says: "No answer in 0.7 s"},
		{name: "hang", path: "/hang", code: host.Unreachable, outcome: unknown, exit: exitConnect, wait: short, says: "No answer in 0.7 s"},
		connect("die", host.CutOff, unknown, exitConnect, "closed the connection without an answer"),
		connect("cut", host.CutOff, unknown, exitConnect, "in the middle of its answer"),
		connect("cut-json", host.CutOff, unknown, exitConnect, "in the middle of its answer"),
		connect("html", host.NotMCP, unknown, exitConnect, "Sign in"),
		connect("empty200", host.NotMCP, unknown, exitConnect, "200"),
		connect("202", host.NotMCP, unknown, exitConnect, "202"),
		connect("rpc-error", host.ServerError, serverError, exitServer, "The demo server fails on purpose"),
		connect("wrong-id", host.ProtocolBroken, unknown, exitServer, "an answer to no request of ours"),
		connect("wrong-type", host.NotMCP, unknown, exitConnect, "text/plain"),
		connect("batch", "", "", 0, ""),
		connect("dup-keys", host.NotMCP, unknown, exitConnect, "duplicate key"),
		connect("bad-utf8", host.NotMCP, unknown, exitConnect, "invalid UTF-8"),
		connect("deep", host.NotMCP, unknown, exitConnect, "nested deeper than 512"),
	}
	for _, row := range rows {
		for _, as := range []string{"open", "legacy", "legacy-json"} {
			rows = append(rows, row.inCall(as))
		}
	}
	return rows
}

// inCall is the same fault in tools/call.
func (f fault) inCall(as string) fault {
	f.name, f.call = f.name+"-call-"+as, true
	if strings.Contains(f.path, "?") {
		f.path += "&on=tools/call&as=" + as
	} else {
		f.path += "?on=tools/call&as=" + as
	}
	if f.code == host.NotMCP {
		f.code, f.exit = host.ProtocolBroken, exitServer
		f.says = strings.ReplaceAll(f.says, "Sign in", "text/html")
	}
	if f.code == host.Unreachable { // the server is there: the call may have run
		f.code, f.says = host.CutOff, "no answer in 0.7 s. The request may have run."
	}
	return f
}

// streams are HTTP+SSE whose stream goes wrong before it is one.
func streams() []fault {
	const short = 700 * time.Millisecond
	row := func(name, path string, code host.Code, outcome string, exit int, says string) fault {
		return fault{name: "sse-" + name, path: path, kind: "sse", code: code, outcome: outcome, exit: exit, says: says}
	}
	hang := row("hang", "/hang", host.Unreachable, unknown, exitConnect, "No answer in 0.7 s")
	hang.wait = short
	return []fault{
		hang,
		row("foreign-endpoint", "/sse-foreign", host.ForeignEndpoint, notSent, exitConnect, "another origin"),
		row("redirect-cross", "/redirect/307/cross", host.Redirected, notSent, exitConnect, "another origin"),
		row("redirect-same", "/redirect/307/same?to=/sse", "", "", 0, ""),
		row("status-401", "/status/401?body=detail", host.HeaderRefused, notSent, exitRefused, "on purpose"),
		row("status-404", "/status/404?body=detail", host.WrongPath, notSent, exitConnect, "on purpose"),
		row("html", "/html", host.NotMCP, notSent, exitConnect, "Sign in"),
		row("die", "/die", host.CutOff, notSent, exitConnect, "closed the connection"),
		row("endless-line", "/endless-line", host.TooLarge, unknown, exitServer, "more than 64 MiB"),
	}
}

// floods are answers without an end.
func floods() []fault {
	var rows []fault
	for _, name := range []string{"endless", "endless-line", "gzip-bomb"} {
		row := fault{name: name, path: "/" + name, code: host.TooLarge, outcome: unknown, exit: exitServer, wait: 20 * time.Second}
		rows = append(rows, row, row.inCall("open"))
	}
	return rows
}
