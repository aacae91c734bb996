package demo

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"strings"
	"testing"
)

// talk serves over pipes and gives what writes a line and what reads one.
func talk(t *testing.T) (write func(string), read func() string) {
	t.Helper()
	toServer, fromClient := io.Pipe()
	toClient, fromServer := io.Pipe()
	served := make(chan error, 1)
	go func() {
		served <- ServeStdio(context.Background(), toServer, fromServer)
		fromServer.Close()
	}()
	lines := bufio.NewScanner(toClient)
	t.Cleanup(func() {
		fromClient.Close()
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	write = func(line string) {
		if _, err := io.WriteString(fromClient, line+"\n"); err != nil {
			t.Fatal(err)
		}
	}
	read = func() string {
		if !lines.Scan() {
			t.Fatal("no line: ", lines.Err())
		}
		return lines.Text()
	}
	return write, read
}

const modernMeta = `"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}`

func TestStdioModern(t *testing.T) {
	write, read := talk(t)
	write(`{"jsonrpc":"2.0","id":1,"method":"server/discover","params":{` + modernMeta + `}}`)
	if got := read(); !strings.Contains(got, `"supportedVersions":["2026-07-28"]`) {
		t.Error(got)
	}
	write(`{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"ask",` + modernMeta + `}}`)
	if got := read(); !strings.Contains(got, `"resultType":"input_required"`) || !strings.Contains(got, `"requestState":"asked once"`) {
		t.Error(got)
	}
	write(`{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"ask","inputResponses":{"name":{"action":"accept","content":{"name":"Ada"}}},"requestState":"asked once",` + modernMeta + `}}`)
	if got := read(); !strings.Contains(got, "Hello, Ada!") {
		t.Error(got)
	}
	write(`{"jsonrpc":"2.0","id":4,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"1900-01-01"}}}`)
	if got := read(); !strings.Contains(got, `"code":-32022`) {
		t.Error(got)
	}
}

func TestStdioLegacy(t *testing.T) {
	write, read := talk(t)
	write(`{"jsonrpc":"2.0","id":"a","method":"initialize","params":{"protocolVersion":"2025-06-18"}}`)
	if got := read(); !strings.Contains(got, `"protocolVersion":"2025-06-18"`) {
		t.Error(got)
	}
	write(`{"jsonrpc":"2.0","method":"notifications/initialized"}`)
	write(`{"jsonrpc":"2.0","id":"b","method":"tools/call","params":{"name":"ask"}}`)
	var asked struct {
		ID     json.RawMessage
		Method string
	}
	if err := json.Unmarshal([]byte(read()), &asked); err != nil || asked.Method != "elicitation/create" {
		t.Fatal(asked, err)
	}
	write(`{"jsonrpc":"2.0","id":` + string(asked.ID) + `,"result":{"action":"decline"}}`)
	if got := read(); !strings.Contains(got, "Nobody to greet.") {
		t.Error(got)
	}
	write("this is no message")
	if got := read(); !strings.Contains(got, `"code":-32700`) {
		t.Error(got)
	}
}
