package host

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
)

// Question is a value that a configuration wants of a person (${input:id} of VS Code's, an input of a server.json). What it
// says is the file's own words: it must be made fit to be shown.
type Question = msg.Prompt

// Input is an answer to a Question that is kept, without the answer.
type Input struct {
	// Key is what the store knows it by, for ForgetInputs.
	Key string `json:"key"`
	// Input is the id, File the one that asks for it, whole where its folder is known.
	Input string `json:"input,omitempty"`
	File  string `json:"file,omitempty"`
	// Origin is the only place where it goes; for a process, what is started, as the file has it.
	Origin string `json:"origin,omitempty"`
	// When it was given, in milliseconds since the Unix epoch.
	When int64 `json:"when,omitempty"`
	// Problem is why it cannot be read; empty where it can.
	Problem string `json:"problem,omitempty"`
}

// Inputs are the answers to Questions that are kept.
func (c *Client) Inputs(ctx context.Context) ([]Input, error) { return c.inputs(ctx, nil) }

// ForgetInputs forgets answers by their keys, and tells of those that are left. A key that is not there is no error.
func (c *Client) ForgetInputs(ctx context.Context, keys ...string) ([]Input, error) {
	return c.inputs(ctx, keys)
}

func (c *Client) inputs(ctx context.Context, forget []string) ([]Input, error) {
	id := c.nextID()
	answer, err := c.ask(ctx, id, msg.Input{Inputs: &msg.Inputs{ID: id, Forget: forget}})
	if err != nil {
		return nil, err
	}
	if err := ended(ctx, answer.Done); err != nil {
		return nil, err
	}
	var result struct {
		Inputs []Input `json:"inputs"`
	}
	if err := json.Unmarshal(answer.Done.Result, &result); err != nil {
		return nil, fmt.Errorf("headfast: the core's list of inputs: %w", err)
	}
	return result.Inputs, nil
}

// prompt runs Options.Prompt on a goroutine of its own, with a context that ends when nobody waits for the answer any more.
func (c *Client) prompt(p *msg.Prompt) {
	if c.options.Prompt == nil {
		c.queue.push(nil, msg.Input{Prompted: &msg.Prompted{ID: p.ID}})
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	c.mu.Lock()
	c.asks[p.ID] = cancel
	if c.failed != nil {
		cancel()
	}
	c.mu.Unlock()
	c.running.Go(func() {
		defer cancel()
		answer := &msg.Prompted{ID: p.ID}
		defer c.prompted(answer) // also where the callback ends its goroutine, as testing.T.FailNow does
		answer.Value, answer.Given = c.options.Prompt(ctx, *p)
	})
}

// prompted pushes an answer, unless the Prompt was withdrawn.
func (c *Client) prompted(answer *msg.Prompted) {
	c.mu.Lock()
	_, wanted := c.asks[answer.ID]
	delete(c.asks, answer.ID)
	c.mu.Unlock()
	if wanted {
		c.queue.push(nil, msg.Input{Prompted: answer})
	}
}

// inputPrefix begins the names under which answers are kept, beside the accounts.
const inputPrefix = "input:"

// storedKey is what the one store of a Client knows a key of a Store effect by; ok is false where there is no such store.
func storedKey(store, key string) (name string, ok bool) {
	switch store {
	case msg.StoreAccounts:
		return key, true
	case msg.StoreInputs:
		return inputPrefix + key, true
	}
	return "", false
}

// inputKeys are the keys of all answers, a line each.
func (c *Client) inputKeys(ctx context.Context) (string, error) {
	keys, err := c.options.Accounts.Keys(ctx)
	var inputs []string
	for _, k := range keys {
		if key, is := strings.CutPrefix(k, inputPrefix); is {
			inputs = append(inputs, key)
		}
	}
	return strings.Join(inputs, "\n"), err
}
