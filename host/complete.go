package host

import (
	"context"
	"encoding/json"

	"github.com/headfast/headfast/jsbridge/msg"
)

// Reference says what has the argument that is to be completed: see PromptRef and ResourceRef.
type Reference struct {
	kind, name, uri string
}

// PromptRef is the prompt of that name.
func PromptRef(name string) Reference { return Reference{kind: "ref/prompt", name: name} }

// ResourceRef is a resource template, by its URITemplate.
func ResourceRef(uriTemplate string) Reference {
	return Reference{kind: "ref/resource", uri: uriTemplate}
}

// Completion is what an argument's value may be.
type Completion struct {
	// Values are at most 100, the best first.
	Values []string
	// Total is how many there are; nil where the server does not say.
	Total *int64
	// HasMore says that there are more than Values.
	HasMore bool
	// Raw is all of the result, byte for byte.
	Raw json.RawMessage
}

// Complete asks how the value of an argument may go on. known are the values of other arguments, if there are any.
func (s *Session) Complete(ctx context.Context, of Reference, argument, value string, known map[string]string, options ...CallOption) (*Completion, error) {
	params, err := params(completeParams(of, argument, value, known))
	if err != nil {
		return nil, err
	}
	result, err := s.request(ctx, &msg.Request{Method: "completion/complete", Params: params}, options)
	if err != nil {
		return nil, err
	}
	completion, err := readCompletion(result)
	if err != nil {
		return nil, s.unexpected("completion/complete", err)
	}
	return completion, nil
}

func completeParams(of Reference, argument, value string, known map[string]string) any {
	type ref struct {
		Type string `json:"type"`
		Name string `json:"name,omitempty"`
		URI  string `json:"uri,omitempty"`
	}
	type arg struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	type context struct {
		Arguments map[string]string `json:"arguments"`
	}
	p := struct {
		Ref      ref      `json:"ref"`
		Argument arg      `json:"argument"`
		Context  *context `json:"context,omitempty"`
	}{Ref: ref{of.kind, of.name, of.uri}, Argument: arg{argument, value}}
	if len(known) > 0 {
		p.Context = &context{known}
	}
	return p
}

func readCompletion(raw json.RawMessage) (*Completion, error) {
	c := &Completion{Raw: raw}
	inner := json.RawMessage("{}")
	if err := members(raw, map[string]any{"completion": &inner}); err != nil {
		return nil, err
	}
	err := members(inner, map[string]any{"values": &c.Values, "total": &c.Total, "hasMore": &c.HasMore})
	return c, err
}
