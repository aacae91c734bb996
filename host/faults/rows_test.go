package faults

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"
)

func rows(other *recorder) []row {
	var all []row
	for _, group := range [][]row{deaths(), cuts(), silences(), statuses(), contents(), ids(), codings(), streams(), redirects(other), oldStreams(other)} {
		all = append(all, group...)
	}
	return all
}

var (
	overJSON   = []string{"modern", "legacy"}
	overStream = []string{"modern-sse", "legacy-sse"}
	overSSE    = []string{"sse"}
)

// stream is the head of an event stream in chunks, or one that ends with the connection.
func (x *exchange) stream() string {
	return headOf(200, "text/event-stream", "Transfer-Encoding: chunked")
}

func (x *exchange) untilClosed() string { return headOf(200, "text/event-stream", "Connection: close") }

func half(text string) string { return text[:len(text)/2] }

// cutAt writes a part of the bytes and ends the connection.
func cutAt(text func(*exchange) string, end func(*exchange)) func(*exchange) {
	return func(x *exchange) {
		x.put(text(x))
		end(x)
	}
}

func deaths() []row {
	var all []row
	for _, how := range []struct {
		name string
		end  func(*exchange)
	}{{"fin", (*exchange).fin}, {"rst", (*exchange).rst}} {
		add := func(name string, text func(*exchange) string) {
			all = append(all, row{name: name + "-" + how.name, plan: cutAt(text, how.end), want: unknown, code: "HF111", runs: 1})
		}
		all = append(all, row{name: "die-unexecuted-" + how.name, instead: how.end, want: unknown, code: "HF111"})
		add("die-before-head", func(*exchange) string { return "" })
		add("die-in-status", func(*exchange) string { return "HTTP/1.1 20" })
		add("die-in-head", func(*exchange) string { return "HTTP/1.1 200 OK\r\nContent-Type: applicat" })
		add("die-at-end-of-head", func(*exchange) string {
			return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n"
		})
		add("die-after-head", func(*exchange) string { return headOf(200, "application/json", "Content-Length: 100") })
		add("die-after-stream-head", (*exchange).stream)
	}
	return all
}

func cuts() []row {
	json := func(fields string) string { return headOf(200, "application/json", fields) }
	cut := func(name string, text func(*exchange) string, code string) row {
		return row{name: name, plan: cutAt(text, (*exchange).fin), want: unknown, code: code, runs: 1}
	}
	clean := func(name string, text func(*exchange) string) row {
		return row{name: name, plan: func(x *exchange) { x.put(text(x)) }, want: unknown, code: "HF111", runs: 1}
	}
	return []row{
		cut("cut-json-length", func(x *exchange) string {
			m := x.success()
			return json("Content-Length: "+strconv.Itoa(len(m))) + half(m)
		}, "HF111"),
		cut("cut-json-one-byte-short", func(x *exchange) string {
			m := x.success()
			return json("Content-Length: "+strconv.Itoa(len(m)+1)) + m
		}, "HF111"),
		cut("cut-json-chunk", func(x *exchange) string { return json("Transfer-Encoding: chunked") + half(chunk(x.success())) }, "HF111"),
		cut("cut-json-no-last-chunk", func(x *exchange) string { return json("Transfer-Encoding: chunked") + chunk(x.success()) }, "HF111"),
		cut("cut-json-in-last-chunk", func(x *exchange) string { return json("Transfer-Encoding: chunked") + chunk(x.success()) + "0\r\n" }, "HF111"),
		cut("cut-json-bad-chunk", func(x *exchange) string { return json("Transfer-Encoding: chunked") + chunk(x.success()) + "zz\r\n" }, "HF111"),
		// a body that ends with the connection may be cut without a sign: only its own syntax tells
		cut("cut-json-until-closed", func(x *exchange) string { return json("Connection: close") + half(x.success()) }, "HF113"),
		cut("cut-json-shorter-length", func(x *exchange) string {
			m := x.success()
			return json("Content-Length: "+strconv.Itoa(len(m)/2)) + m
		}, "HF111 HF113"),
		cut("cut-event-chunk", func(x *exchange) string { return x.stream() + half(chunk(event("", x.success()))) }, "HF111"),
		cut("cut-event-until-closed", func(x *exchange) string { return x.untilClosed() + half(event("", x.success())) }, "HF111"),
		cut("cut-event-before-blank-line", func(x *exchange) string { return x.untilClosed() + "data: " + x.success() + "\n" }, "HF111"),
		clean("cut-event-clean-chunks", func(x *exchange) string { return x.stream() + chunk("data: "+x.success()+"\n") + lastChunk }),
		clean("clean-end-without-answer", func(x *exchange) string { return x.stream() + chunk(": working\n\n") + lastChunk }),
		cut("clean-fin-without-answer", func(x *exchange) string { return x.untilClosed() + ": working\n\n" }, "HF111"),
		{name: "answer-then-cut", plan: cutAt(func(x *exchange) string { return x.stream() + chunk(event("", x.success())) }, (*exchange).rst), want: isResult, runs: 1, kinds: overStream,
			options: options{timeout: 3 * time.Second}},
	}
}

// drip writes a byte at a time, for ever.
func drip(text string, each time.Duration) func(*exchange) {
	return func(x *exchange) {
		for i := 0; x.put(text[i%len(text) : i%len(text)+1]); i++ {
			time.Sleep(each)
		}
		x.over = true
	}
}

func silences() []row {
	silent := func(name string, plan func(*exchange)) row {
		return row{name: name, plan: plan, options: options{timeout: impatient}, want: unknown, code: "HF111", says: "no answer in 0.6 s", runs: 1}
	}
	after := func(text func(*exchange) string, then func(*exchange)) func(*exchange) {
		return func(x *exchange) { x.put(text(x)); then(x) }
	}
	const slow = 30 * time.Millisecond
	return []row{
		silent("half-open", (*exchange).hang),
		silent("half-open-in-head", after(func(*exchange) string { return "HTTP/1.1 200 OK\r\nContent-" }, (*exchange).hang)),
		silent("half-open-in-json", after(func(x *exchange) string {
			return headOf(200, "application/json", "Content-Length: 1000") + half(x.success())
		}, (*exchange).hang)),
		silent("half-open-in-chunk", after(func(x *exchange) string {
			return headOf(200, "application/json", "Transfer-Encoding: chunked") + half(chunk(x.success()))
		}, (*exchange).hang)),
		silent("half-open-in-event", after(func(x *exchange) string { return x.stream() + half(chunk(event("", x.success()))) }, (*exchange).hang)),
		silent("slow-loris-head", after(func(*exchange) string { return "HTTP/1.1 200 OK\r\nX-Slow: " }, drip("x", slow))),
		silent("slow-loris-json", after(func(*exchange) string { return headOf(200, "application/json", "Content-Length: 100000") }, drip(" ", slow))),
		silent("slow-loris-comments", after((*exchange).untilClosed, drip(": alive\n\n", slow))),
		silent("endless-comments", after((*exchange).untilClosed, func(x *exchange) {
			for x.put(strings.Repeat(": alive\n\n", 100)) {
				time.Sleep(time.Millisecond)
			}
			x.over = true
		})),
		{name: "unexecuted-silence", instead: (*exchange).hang, options: options{timeout: impatient}, want: unknown, code: "HF111"},
		{name: "late-answer", kinds: kinds, plan: func(x *exchange) { time.Sleep(impatient + 100*time.Millisecond); x.done() },
			options: options{timeout: impatient}, want: unknown, code: "HF111", runs: 1},
		{name: "cancelled", plan: (*exchange).hang, options: options{after: 200 * time.Millisecond}, want: cancelled, code: "HF302", runs: 1},
		{name: "cancelled-in-event", plan: after(func(x *exchange) string { return x.stream() + half(chunk(event("", x.success()))) }, (*exchange).hang),
			options: options{after: 200 * time.Millisecond}, want: cancelled, code: "HF302", runs: 1},
	}
}

func statuses() []row {
	says := func(text string) func(*exchange) { return func(x *exchange) { x.put(text) } }
	hanging := func(status int, fields string) func(*exchange) {
		return func(x *exchange) {
			x.put(headOf(status, "text/plain", fields), "a part")
			x.hang()
		}
	}
	all := []row{
		{name: "status-500", plan: says(reply(500, "text/plain", "oops")), want: serverError, code: "HF116", runs: 1},
		{name: "status-413-early", instead: func(x *exchange) { x.s.t.Error("the body was read") }, options: options{pad: 4 << 20}, want: serverError, code: "HF116", sent: -1},
		{name: "status-502", instead: says(reply(502, "text/html", "<h1>Bad Gateway</h1>")), want: serverError, code: "HF116"},
		{name: "status-504", plan: says(reply(504, "text/html", "<h1>Gateway Timeout</h1>")), want: serverError, code: "HF116", runs: 1},
		{name: "status-401", instead: says(reply(401, "text/plain", "no")), want: serverError, code: "HF101"},
		{name: "status-401-cut", instead: func(x *exchange) { x.put(headOf(401, "text/plain", "Content-Length: 100"), "a part"); x.fin() }, want: serverError, code: "HF101"},
		{name: "status-404-modern", kinds: kinds[:2], instead: says(reply(404, "text/plain", "no")), want: serverError, code: "HF105"},
		{name: "status-202", plan: says(reply(202, "", "")), want: unknown, code: "HF113", runs: 1},
		{name: "status-204", plan: says("HTTP/1.1 204 No Content\r\n\r\n"), want: unknown, code: "HF113", runs: 1},
		{name: "empty-200", plan: says(reply(200, "application/json", "")), want: unknown, code: "HF113", runs: 1},
		{name: "early-hints", plan: func(x *exchange) {
			x.put("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n")
			x.done()
		}, want: isResult, runs: 1},
		{name: "switching-protocols", plan: func(x *exchange) {
			x.put("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
			x.fin()
		}, options: options{timeout: 3 * time.Second}, want: serverError, code: "HF116", runs: 1},
		{name: "no-http", plan: func(x *exchange) { x.put("SSH-2.0-OpenSSH_9.2\r\n"); x.fin() }, want: unknown, code: "HF111", runs: 1},
		{name: "status-500-long-body", instead: func(x *exchange) {
			x.put(headOf(500, "text/plain", "Connection: close"))
			for x.put(strings.Repeat("x", 1<<16)) {
			}
			x.over = true
		}, want: serverError, code: "HF116"},
	}
	// what a refusal says is in its status: its body may never end (TIME-2)
	for _, c := range []struct {
		status int
		code   string
	}{{401, "HF101"}, {500, "HF116"}} {
		for name, fields := range map[string]string{"length": "Content-Length: 100", "chunks": "X-A: b\r\nTransfer-Encoding: chunked", "closed": "Connection: close"} {
			r := row{name: fmt.Sprintf("status-%d-hanging-%s", c.status, name), instead: hanging(c.status, fields), options: options{timeout: impatient}, want: serverError, code: c.code}
			if name == "chunks" {
				r.instead = func(x *exchange) {
					x.put(headOf(c.status, "text/plain", "Transfer-Encoding: chunked"), chunk("a part"))
					x.hang()
				}
			}
			all = append(all, r)
		}
	}
	return all
}

func contents() []row {
	as := func(name, kind string, body func(*exchange) string, code, says string) row {
		return row{name: name, plan: func(x *exchange) { x.put(reply(200, kind, body(x))) }, want: unknown, code: code, says: says, runs: 1}
	}
	return []row{
		as("html-200", "text/html", func(*exchange) string { return "<html><title>Sign in</title></html>" }, "HF113", "text/html"),
		as("text-plain", "text/plain", (*exchange).success, "HF113", "text/plain"),
		as("no-type", "", (*exchange).success, "HF113", ""),
		as("deep", "application/json", func(x *exchange) string {
			return x.ok(`"content":[],"structuredContent":` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000))
		}, "HF113", "nested deeper"),
		as("deep-open", "application/json", func(*exchange) string { return strings.Repeat("[", 1_000_000) }, "HF113", ""),
		as("bad-utf8", "application/json", func(x *exchange) string { return x.ok(`"content":[{"type":"text","text":"` + "\xff" + `"}]`) }, "HF113", "UTF-8"),
		as("duplicate-keys", "application/json", func(x *exchange) string {
			return strings.Replace(x.success(), `"result"`, `"result":{},"result"`, 1)
		}, "HF113", "duplicate key"),
		as("junk-after-json", "application/json", func(x *exchange) string { return x.success() + "{" }, "HF113", ""),
		as("no-json", "application/json", func(*exchange) string { return "null" }, "HF113", ""),
		as("event-stream-as-json", "application/json", func(x *exchange) string { return event("", x.success()) }, "HF113", ""),
		as("json-as-event-stream", "text/event-stream", (*exchange).success, "HF111", ""),
		{name: "result-of-another-type", plan: func(x *exchange) {
			x.put(reply(200, "application/json", `{"jsonrpc":"2.0","id":`+string(x.rpc.ID)+`,"result":"yes"}`))
		}, want: serverError, code: "HF113", runs: 1},
	}
}

func ids() []row {
	const other = `"content":[{"type":"text","text":"another"}]`
	json := func(name string, message func(*exchange) string, want, code string) row {
		return row{name: name, kinds: overJSON, plan: func(x *exchange) { x.put(reply(200, "application/json", message(x))) }, want: want, code: code, runs: 1}
	}
	events := func(name string, messages func(*exchange) []string) row {
		return row{name: name, kinds: overStream, plan: func(x *exchange) {
			text := ""
			for _, m := range messages(x) {
				text += event("", m)
			}
			x.put(x.stream(), chunk(text), lastChunk)
		}, want: isResult, runs: 1}
	}
	failed := func(id string) string {
		return `{"jsonrpc":"2.0","id":` + id + `,"error":{"code":-32000,"message":"of another request"}}`
	}
	rows := []row{
		json("unknown-id", func(x *exchange) string { return x.okTo(`"nobody's"`, other) }, unknown, "HF113"),
		json("number-id", func(x *exchange) string { return x.okTo("7", other) }, unknown, "HF113"),
		json("null-id", func(x *exchange) string { return x.okTo("null", other) }, unknown, "HF113"),
		json("array-id", func(x *exchange) string { return x.okTo("["+string(x.rpc.ID)+"]", other) }, unknown, "HF113"),
		json("id-in-capitals", func(x *exchange) string { return strings.Replace(x.success(), `"id"`, `"ID"`, 1) }, unknown, "HF113"),
		json("batch-with-others", func(x *exchange) string {
			return "[" + x.okTo(`"nobody's"`, other) + "," + x.okTo("7", other) + "," + x.success() + "," + x.ok(other) + "]"
		}, isResult, ""),
		events("unknown-id-first", func(x *exchange) []string { return []string{x.okTo(`"nobody's"`, other), x.success()} }),
		events("number-id-first", func(x *exchange) []string { return []string{x.okTo("7", other), x.success()} }),
		events("error-with-unknown-id-first", func(x *exchange) []string { return []string{failed(`"nobody's"`), x.success()} }),
		events("error-with-number-id-first", func(x *exchange) []string { return []string{failed("7"), x.success()} }),
		events("two-answers", func(x *exchange) []string { return []string{x.success(), x.ok(other), failed(string(x.rpc.ID))} }),
		events("notification-after-answer", func(x *exchange) []string {
			return []string{x.success(), x.told("notifications/message", `"level":"info","data":1`)}
		}),
		{name: "progress-after-answer", kinds: overStream, plan: func(x *exchange) {
			x.put(x.stream(), chunk(event("", x.progress(1))+event("", x.success())+event("", x.progress(2))), lastChunk)
		}, options: options{progress: true}, want: isResult, runs: 1},
		{name: "second-response", kinds: overJSON, plan: func(x *exchange) {
			// one request, two responses on the connection: the second must not become another call's
			x.put(reply(200, "application/json", x.success()), reply(200, "application/json", x.ok(other)))
		}, want: isResult, runs: 1},
	}
	return rows
}

func zipped(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, text)
	_ = w.Close()
	return b.String()
}

func deflated(text string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = io.WriteString(w, text)
	_ = w.Close()
	return b.String()
}

// bomb unfolds to 80 MB, a thousand times what it is.
var bomb = sync.OnceValue(func() string { return zipped(`{"a":"` + strings.Repeat("x", 80<<20) + `"}`) })

func codings() []row {
	as := func(name, coding string, body func(*exchange) string, want, code string) row {
		return row{name: name, plan: func(x *exchange) { x.put(reply(200, "application/json", body(x), "Content-Encoding: "+coding)) }, want: want, code: code, runs: 1}
	}
	return []row{
		as("gzip", "gzip", func(x *exchange) string { return zipped(x.success()) }, isResult, ""),
		as("deflate", "deflate", func(x *exchange) string { return deflated(x.success()) }, isResult, ""),
		as("gzip-cut", "gzip", func(x *exchange) string { return half(zipped(x.success())) }, unknown, "HF111"),
		as("gzip-that-is-none", "gzip", (*exchange).success, unknown, "HF111"),
		as("gzip-twice", "gzip, gzip", func(x *exchange) string { return zipped(zipped(x.success())) }, unknown, "HF112"),
		as("gzip-bomb", "gzip", func(*exchange) string { return bomb() }, unknown, "HF112"),
		{name: "gzip-stream", kinds: overStream, plan: func(x *exchange) {
			x.put(reply(200, "text/event-stream", zipped(event("", x.success())), "Content-Encoding: gzip"))
		}, want: isResult, runs: 1},
	}
}

func streams() []row {
	return []row{
		{name: "stream-stays-open", kinds: overStream, plan: func(x *exchange) {
			x.put(x.stream(), chunk(event("", x.success())))
			x.hang()
		}, want: isResult, runs: 1},
		{name: "stream-with-length-stays-open", kinds: overStream, plan: func(x *exchange) {
			// the answer is there, so that what its stream still has to come does not matter (STREAM-3)
			x.put(headOf(200, "text/event-stream", "Content-Length: 5000"), event("", x.success()))
			x.hang()
		}, options: options{timeout: 3 * time.Second}, want: isResult, runs: 1},
		{name: "stream-with-length-progress", kinds: overStream, plan: func(x *exchange) {
			// progress gives a request its time anew (TIME-4)
			last := event("", x.success())
			x.put(headOf(200, "text/event-stream", "Content-Length: "+strconv.Itoa(5*len(event("", x.progress(1)))+len(last))))
			for i := 1; i <= 5; i++ {
				x.put(event("", x.progress(i)))
				time.Sleep(impatient)
			}
			x.put(last)
		}, options: options{timeout: 4 * impatient, progress: true}, want: isResult, runs: 1},
		{name: "http-1.0", plan: func(x *exchange) {
			x.put("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n", x.success())
			x.fin()
		}, want: isResult, runs: 1},
		{name: "trailers", plan: func(x *exchange) {
			x.put(headOf(200, "application/json", "Transfer-Encoding: chunked", "Trailer: X-After"), chunk(x.success()), "0\r\nX-After: a\r\n\r\n")
		}, want: isResult, runs: 1},
		{name: "stream-byte-by-byte", kinds: overStream, plan: func(x *exchange) {
			x.put(x.stream())
			for _, b := range []byte(event("", x.success())) {
				x.put(chunk(string(b)))
			}
			x.put(lastChunk)
		}, want: isResult, runs: 1},
		{name: "stream-not-json", kinds: overStream, plan: func(x *exchange) {
			x.put(x.stream(), chunk(event("", "no JSON")+event("", x.success())), lastChunk)
		}, want: unknown, code: "HF113", runs: 1},
		{name: "stream-tiny-events", kinds: overStream, plan: func(x *exchange) {
			x.put(x.stream())
			for range 100 {
				x.put(chunk(strings.Repeat("data\n\n", 10_000)))
			}
			x.put(chunk(event("", x.success())), lastChunk)
		}, want: isResult, runs: 1, options: options{timeout: 10 * time.Second}},
		{name: "large-header", plan: func(x *exchange) {
			m := x.success()
			x.put(headOf(200, "application/json", "X-Long: "+strings.Repeat("x", 12<<10), "Content-Length: "+strconv.Itoa(len(m))), m)
		}, want: isResult, runs: 1},
		{name: "endless-header", plan: func(x *exchange) {
			x.put("HTTP/1.1 200 OK\r\n")
			for x.put("X-Long: " + strings.Repeat("x", 1000) + "\r\n") {
			}
			x.over = true
		}, want: unknown, code: "HF112", runs: 1},
	}
}

func redirects(other *recorder) []row {
	var all []row
	to := func(status int, where func(*exchange) string) func(*exchange) {
		return func(x *exchange) {
			if strings.Contains(x.path, "?to") {
				x.s.mu.Lock()
				x.s.runs[x.nonce()]++
				x.s.mu.Unlock()
				x.done()
				return
			}
			var fields []string
			if w := where(x); w != "" {
				fields = append(fields, "Location: "+w)
			}
			x.put(reply(status, "text/plain", "elsewhere", fields...))
		}
	}
	same := func(x *exchange) string { return "/" + x.kind + "?to" }
	foreign := func(x *exchange) string { return other.origin() + "/" + x.kind }
	for _, status := range []int{301, 302, 303, 307, 308} {
		name := fmt.Sprintf("redirect-%d", status)
		r := row{name: name + "-same", instead: to(status, same), want: serverError, code: "HF109"}
		if status >= 307 {
			r.want, r.code, r.runs, r.sent = isResult, "", 1, 2
		}
		all = append(all, r,
			row{name: name + "-other-origin", instead: to(status, foreign), want: serverError, code: "HF109", says: "another origin"},
			row{name: name + "-nowhere", instead: to(status, func(*exchange) string { return "" }), want: serverError, code: "HF109"},
			row{name: name + "-no-url", instead: to(status, func(*exchange) string { return "http://[bad" }), want: serverError, code: "HF109"},
		)
	}
	return append(all,
		row{name: "redirect-loop", instead: to(307, func(x *exchange) string { return x.path }), want: serverError, code: "HF109", sent: 6},
		row{name: "redirect-hanging", instead: func(x *exchange) {
			if strings.Contains(x.path, "?to") {
				to(0, nil)(x)
				return
			}
			x.put(headOf(307, "text/plain", "Location: /"+x.kind+"?to", "Content-Length: 10"), "a")
			x.hang()
		}, options: options{timeout: 3 * time.Second}, want: isResult, runs: 1, sent: 2},
	)
}

// oldStreams are HTTP+SSE, where the answer does not come where the request went.
func oldStreams(other *recorder) []row {
	accepted := reply(202, "text/plain", "Accepted")
	row := func(name string, plan func(*exchange), want, code string) row {
		return row{name: "old-" + name, kinds: overSSE, plan: plan, want: want, code: code, runs: 1}
	}
	end := func(text func(*exchange) string, end func(*exchange)) func(*exchange) {
		return func(x *exchange) {
			x.put(accepted)
			out := x.remote.stream()
			out.put(text(x))
			end(out)
		}
	}
	impatiently := func(r row_) row_ { r.timeout = impatient; return r }
	return []row_{
		row("stream-dies", end(func(*exchange) string { return "" }, (*exchange).rst), unknown, "HF111"),
		row("stream-ends", end(func(*exchange) string { return "" }, (*exchange).fin), unknown, "HF111"),
		row("stream-dies-in-event", end(func(x *exchange) string { return half(event("", x.success())) }, (*exchange).rst), unknown, "HF111"),
		row("stream-ends-in-event", end(func(x *exchange) string { return "data: " + x.success() + "\n" }, (*exchange).fin), unknown, "HF111"),
		row("stream-dies-after-answer", end(func(x *exchange) string { return event("", x.success()) }, (*exchange).fin), isResult, ""),
		impatiently(row("no-answer", func(x *exchange) { x.put(accepted) }, unknown, "HF111")),
		row("two-answers", func(x *exchange) {
			x.put(accepted)
			x.remote.send(event("", x.success()) + event("", x.ok(`"content":[]`)))
		}, isResult, ""),
		row("answer-before-202", func(x *exchange) { x.remote.send(event("", x.success())); x.put(accepted) }, isResult, ""),
		row("unknown-ids-first", func(x *exchange) {
			x.put(accepted)
			x.remote.send(event("", x.okTo(`"nobody's"`, `"content":[]`)) + event("", x.okTo("7", `"content":[]`)) + event("", x.success()))
		}, isResult, ""),
		row("post-dies", (*exchange).rst, unknown, "HF111"),
		row("post-500", func(x *exchange) { x.put(reply(500, "text/plain", "oops")) }, serverError, "HF116"),
		row("post-redirected", func(x *exchange) { x.put(reply(307, "", "", "Location: "+other.origin())) }, serverError, "HF109"),
	}
}

// row_ is row where a function has that name.
type row_ = row
