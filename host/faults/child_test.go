package faults

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

// behaviour is the variable that makes the test binary an MCP server on standard streams that misbehaves so; notes
// is the file that it appends to: "run NONCE" for each execution, "pid N" for each process.
const (
	behaviour = "HEADFAST_FAULTS_PROCESS"
	notes     = "HEADFAST_FAULTS_NOTES"
)

// child is such a process.
type child struct {
	how string
	in  *bufio.Reader
}

func behave(how string) {
	c := &child{how: how, in: bufio.NewReaderSize(os.Stdin, 1<<16)}
	jot(fmt.Sprintf("pid %d", os.Getpid()))
	switch how {
	case "short-lived":
		time.AfterFunc(100*time.Millisecond, func() { os.Exit(3) })
	case "exit-at-once":
		fmt.Fprintln(os.Stderr, "the last words")
		os.Exit(3)
	case "stubborn", "stubborn-grandchild":
		signal.Ignore(syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT)
		if how == "stubborn-grandchild" {
			time.Sleep(time.Hour)
		}
		own := exec.Command(os.Args[0])
		own.Env = append(os.Environ(), behaviour+"=stubborn-grandchild")
		_ = own.Start()
		defer time.Sleep(time.Hour)
	}
	for {
		line, err := c.in.ReadBytes('\n')
		if err != nil {
			return
		}
		c.take(line)
	}
}

// jot appends a line, which O_APPEND writes in one piece.
func jot(line string) {
	f, err := os.OpenFile(os.Getenv(notes), os.O_APPEND|os.O_WRONLY|os.O_CREATE, 0o600)
	if err == nil {
		_, _ = io.WriteString(f, line+"\n")
		_ = f.Close()
	}
}

func (c *child) take(line []byte) {
	var m struct {
		ID     json.RawMessage
		Method string
		Params struct{ Arguments struct{ Nonce string } }
	}
	if json.Unmarshal(line, &m) != nil || m.ID == nil {
		return
	}
	answer := func(members string) string {
		return `{"jsonrpc":"2.0","id":` + string(m.ID) + `,"result":{` + members + `}}`
	}
	switch m.Method {
	case "initialize":
		c.say(answer(`"protocolVersion":"2025-11-25","serverInfo":{"name":"child","version":"1"},"capabilities":{"tools":{}}`))
	case "tools/list":
		c.say(answer(`"tools":[{"name":"run","inputSchema":{"type":"object"}}]`))
	case "tools/call":
		nonce := m.Params.Arguments.Nonce
		if !strings.HasPrefix(nonce, "after") {
			c.misbehave(nonce, answer(content(nonce)))
			return
		}
		jot("run " + nonce)
		c.say(answer(content(nonce)))
	default:
		c.say(`{"jsonrpc":"2.0","id":` + string(m.ID) + `,"error":{"code":-32601,"message":"Method not found"}}`)
	}
}

func (c *child) say(text string) { _, _ = io.WriteString(os.Stdout, text+"\n") }

// misbehave takes a call whose nonce does not begin with "after".
func (c *child) misbehave(nonce, answer string) {
	if c.how == "crash-unexecuted" {
		os.Exit(3)
	}
	jot("run " + nonce)
	switch c.how {
	case "crash":
		fmt.Fprintln(os.Stderr, "the last words")
		os.Exit(3)
	case "killed":
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	case "half-line":
		_, _ = io.WriteString(os.Stdout, half(answer))
		os.Exit(0)
	case "line-without-end":
		_, _ = io.WriteString(os.Stdout, answer)
		os.Exit(0)
	case "answer-then-exit":
		c.say(answer)
		os.Exit(0)
	case "noise":
		for _, n := range []string{"Debug: on", "", "{}", "[]", "null", "7", `"text"`, "\xff\xfe", strings.Repeat("x", 1<<20), `{"jsonrpc":"2.0"}`, `{"jsonrpc":"2.0","id":7,"result":{}}`, "\r", "data: {}"} {
			c.say(n)
		}
		c.say(answer)
		c.say("more")
	case "flood":
		line := bytes.Repeat([]byte("0123456789abcdef"), 256)
		line[len(line)-1] = '\n'
		for range 100 << 20 / len(line) {
			_, _ = os.Stderr.Write(line)
		}
		c.say(answer)
	case "deaf":
		select {} // it has read the call, and reads no more
	case "mute":
		_ = os.Stdout.Close()
	case "silent":
	default:
		c.say(answer)
	}
}
