package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"

	"github.com/headfast/headfast/jsbridge/msg"
)

// recorder is the least driver: one verb at a time, and every batch kept.
type recorder struct {
	core  *core
	tape  tape
	now   int64
	id    uint32
	keep  *[][]byte
	inbox []msg.Input
	done  *msg.Done
}

func recordTo(ctx context.Context, wasmFile, url, file string, calls int, cache string) error {
	wasm, err := os.ReadFile(wasmFile)
	if err != nil {
		return err
	}
	rt, compiled, err := compile(ctx, "compiler", cache, wasm)
	if err != nil {
		return err
	}
	defer rt.Close(ctx)
	c, err := start(ctx, rt, compiled)
	if err != nil {
		return err
	}
	r := &recorder{core: c}
	if err := r.record(url, calls); err != nil {
		return err
	}
	return os.WriteFile(file, r.tape.encode(), 0o600)
}

// record opens a session, steps once with nothing, and makes the calls.
func (r *recorder) record(url string, calls int) error {
	r.keep = &r.tape.setup
	if err := r.connect(url); err != nil {
		return err
	}
	r.keep = &r.tape.empty
	if err := r.verb(); err != nil {
		return err
	}
	r.keep = &r.tape.calls
	for range calls {
		params := []byte(`{"name":"echo","arguments":{"text":"hello, loopback"}}`)
		r.id++
		if err := r.verb(msg.Input{Request: &msg.Request{ID: r.id, Session: 1, Method: "tools/call", Params: params}}); err != nil {
			return err
		}
		if r.done == nil || r.done.Error != nil {
			return fmt.Errorf("the call ended with %+v", r.done)
		}
	}
	return nil
}

func (r *recorder) connect(url string) error {
	config, err := json.Marshal(map[string]any{"mcpServers": map[string]any{"bench": map[string]any{"type": "http", "url": url}}})
	if err != nil {
		return err
	}
	r.id = 4
	begin := msg.Begin{Version: msg.Version, Schema: msg.SchemaHash, Entropy: make([]byte, 32), Name: "bench", Title: "Bench", ClientVersion: "1"}
	for _, in := range []msg.Input{
		{Begin: &begin},
		{Load: &msg.Load{ID: 2, Path: ".mcp.json", Dialect: "claude-code", Text: config}},
		{Connect: &msg.Connect{ID: 3, Session: 1, Config: 2, Server: "bench"}},
		{Request: &msg.Request{ID: 4, Session: 1, Method: "tools/list", All: true}},
	} {
		if err := r.verb(in); err != nil {
			return err
		}
	}
	if r.done == nil || r.done.Error != nil {
		return fmt.Errorf("the list ended with %+v", r.done)
	}
	return nil
}

// verb steps with an input and performs what comes back until there is nothing more to do.
func (r *recorder) verb(in ...msg.Input) error {
	r.done = nil
	for r.inbox = in; ; {
		r.now += 1000
		batch, err := (&msg.Batch{Now: r.now, Wall: 1, Inputs: r.inbox}).MarshalMsg(nil)
		if err != nil {
			return err
		}
		*r.keep = append(*r.keep, batch)
		answer, err := r.core.step(batch, nil)
		if err != nil {
			return err
		}
		r.inbox = nil
		if err := r.perform(answer); err != nil || len(r.inbox) == 0 {
			return err
		}
	}
}

func (r *recorder) perform(answer []byte) error {
	var out msg.Output
	if _, err := out.UnmarshalMsg(answer); err != nil {
		return err
	}
	if out.Error != nil {
		return fmt.Errorf("%s: %s %s", out.Error.Code, out.Error.Title, out.Error.Body)
	}
	for _, e := range out.Effects {
		if e.Done != nil {
			r.done = e.Done
		}
		if e.HTTP != nil {
			if err := r.exchange(e.HTTP); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *recorder) exchange(h *msg.HTTP) error {
	request, err := http.NewRequest(h.Method, h.URL, bytes.NewReader(h.Body))
	if err != nil {
		return err
	}
	for _, header := range h.Headers {
		request.Header.Set(header.Name, header.Value)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	head := msg.Head{ID: h.ID, Status: uint32(response.StatusCode)}
	for name, values := range response.Header {
		head.Headers = append(head.Headers, msg.Header{Name: name, Value: values[0]})
	}
	r.inbox = append(r.inbox, msg.Input{Head: &head}, msg.Input{Body: &msg.Body{ID: h.ID, Data: body}}, msg.Input{End: &msg.End{ID: h.ID}})
	return nil
}
