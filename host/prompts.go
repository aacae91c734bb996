package host

import (
	"context"
	"encoding/json"

	"github.com/headfast/headfast/jsbridge/msg"
)

// Prompt is one prompt of a server; Raw is all of it, byte for byte.
type Prompt struct {
	Name, Title, Description string
	Arguments                []PromptArgument
	Raw                      json.RawMessage
}

// PromptArgument is one argument of a prompt. Its value is a string.
type PromptArgument struct {
	Name, Title, Description string
	Required                 bool
}

// PromptResult is a prompt with its arguments filled in.
type PromptResult struct {
	Description string
	Messages    []PromptMessage
	// Raw is all of the result, byte for byte.
	Raw json.RawMessage
}

// PromptMessage is one message of a prompt: Role is "user" or "assistant", Content one block of content as it was
// sent.
type PromptMessage struct {
	Role    string
	Content json.RawMessage
}

// Prompts lists all prompts, over all pages.
func (s *Session) Prompts(ctx context.Context, options ...CallOption) ([]Prompt, error) {
	list, err := s.list(ctx, "prompts/list", "prompts", options)
	if err != nil {
		return nil, err
	}
	prompts, err := each(list, "prompt", readPrompt)
	if err != nil {
		return nil, s.unexpected("prompts/list", err)
	}
	return prompts, nil
}

func readPrompt(raw json.RawMessage) (Prompt, error) {
	p := Prompt{Raw: raw}
	var arguments []json.RawMessage
	err := members(raw, map[string]any{"name": &p.Name, "title": &p.Title, "description": &p.Description, "arguments": &arguments})
	if err == nil {
		p.Arguments, err = each(arguments, "argument", readPromptArgument)
	}
	return p, err
}

func readPromptArgument(raw json.RawMessage) (PromptArgument, error) {
	var a PromptArgument
	err := members(raw, map[string]any{"name": &a.Name, "title": &a.Title, "description": &a.Description, "required": &a.Required})
	return a, err
}

// Prompt gets a prompt with these arguments; nil is none.
func (s *Session) Prompt(ctx context.Context, name string, args map[string]string, options ...CallOption) (*PromptResult, error) {
	params, err := params(struct {
		Name      string            `json:"name"`
		Arguments map[string]string `json:"arguments,omitempty"`
	}{name, args})
	if err != nil {
		return nil, err
	}
	result, err := s.request(ctx, &msg.Request{Method: "prompts/get", Params: params}, options)
	if err != nil {
		return nil, err
	}
	prompt, err := readPromptResult(result)
	if err != nil {
		return nil, s.unexpected("prompts/get", err)
	}
	return prompt, nil
}

func readPromptResult(raw json.RawMessage) (*PromptResult, error) {
	p := &PromptResult{Raw: raw}
	var messages []json.RawMessage
	err := members(raw, map[string]any{"description": &p.Description, "messages": &messages})
	if err == nil {
		p.Messages, err = each(messages, "message", readPromptMessage)
	}
	return p, err
}

func readPromptMessage(raw json.RawMessage) (PromptMessage, error) {
	var m PromptMessage
	err := members(raw, map[string]any{"role": &m.Role, "content": &m.Content})
	return m, err
}
