package host

import (
	"context"
	"encoding/json"

	"github.com/headfast/headfast/jsbridge/msg"
)

// Tool is one tool of a server; Raw is all of it, byte for byte.
type Tool struct {
	Name         string          `json:"name"`
	Title        string          `json:"title,omitempty"`
	Description  string          `json:"description,omitempty"`
	InputSchema  json.RawMessage `json:"inputSchema"`
	OutputSchema json.RawMessage `json:"outputSchema,omitempty"`
	Annotations  json.RawMessage `json:"annotations,omitempty"`
	Raw          json.RawMessage `json:"-"`
}

// Tools lists all tools, over all pages. A tool that breaks the protocol is left out; OnWarning says why.
func (s *Session) Tools(ctx context.Context, options ...CallOption) ([]Tool, error) {
	list, err := s.list(ctx, "tools/list", "tools", options)
	if err != nil {
		return nil, err
	}
	tools, err := each(list, "tool", readTool)
	if err != nil {
		return nil, s.unexpected("tools/list", err)
	}
	return tools, nil
}

func readTool(raw json.RawMessage) (Tool, error) {
	t := Tool{Raw: raw}
	err := members(raw, map[string]any{
		"name": &t.Name, "title": &t.Title, "description": &t.Description, "inputSchema": &t.InputSchema,
		"outputSchema": &t.OutputSchema, "annotations": &t.Annotations,
	})
	return t, err
}

// Call calls a tool. args is marshalled to a JSON object, or nil; a json.RawMessage goes as it is.
// A call that may have run is never repeated.
func (s *Session) Call(ctx context.Context, tool string, args any, options ...CallOption) (*CallResult, error) {
	params, err := params(struct {
		Name      string `json:"name"`
		Arguments any    `json:"arguments,omitempty"`
	}{tool, args})
	if err != nil {
		return nil, err
	}
	result, err := s.request(ctx, &msg.Request{Method: "tools/call", Params: params}, options)
	if err != nil {
		return nil, err
	}
	answer, err := readCallResult(result)
	if err != nil {
		return nil, s.unexpected("tools/call", err)
	}
	return answer, nil
}
