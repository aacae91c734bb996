package native

import (
	"errors"
	"testing"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/demo"
	"github.com/headfast/headfast/jsbridge/msg"
)

// TestNative: the whole of a client on the core in this process.
func TestNative(t *testing.T) {
	server, err := demo.Start(demo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	client, err := host.Open(t.Context(), host.Options{Core: Core})
	if err != nil {
		t.Fatal(err)
	}
	config, err := client.Load(".mcp.json", []byte(`{"mcpServers":{"it":{"type":"http","url":"`+server.URL("/modern")+`","headers":{"X-API-Key":"test-key-12345"}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	session, err := config.Connect(t.Context(), "it")
	if err != nil {
		t.Fatal(err)
	}
	result, err := session.Call(t.Context(), "echo", map[string]string{"text": "hello"})
	if err != nil || len(result.Content) != 1 {
		t.Errorf("got %+v, %v", result, err)
	}
	if err := client.Close(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestStep: a core ends as a module does, and appends as it does.
func TestStep(t *testing.T) {
	c, _ := Core(t.Context())
	batch, err := (&msg.Batch{}).MarshalMsg(nil)
	if err != nil {
		t.Fatal(err)
	}
	alone, err := c.Step(batch, nil)
	if err != nil {
		t.Fatal(err)
	}
	after, err := c.Step(batch, []byte("before"))
	if err != nil || string(after) != "before"+string(alone) {
		t.Errorf("got %q, %v", after, err)
	}
	if _, err := c.Step(make([]byte, msg.MaxBatch+1), nil); err == nil || errors.Is(err, host.ErrDead) {
		t.Errorf("more than the bound: %v", err)
	}
	if err := c.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := c.Step(batch, nil); !errors.Is(err, host.ErrDead) {
		t.Errorf("after Close: %v", err)
	}
}

// TestPanic: a defect of the core kills it, and no more.
func TestPanic(t *testing.T) {
	c := &core{}
	for range 2 {
		if _, err := c.Step([]byte{0x80}, nil); !errors.Is(err, host.ErrDead) {
			t.Errorf("got %v", err)
		}
	}
}
