package host

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"

	"github.com/headfast/headfast/jsbridge/msg"
)

// Resource is one resource of a server; Raw is all of it, byte for byte.
type Resource struct {
	URI, Name, Title, Description, MIMEType string
	// Size is the content's, in bytes; nil where the server does not say.
	Size        *int64
	Annotations json.RawMessage
	Raw         json.RawMessage
}

// ResourceTemplate is a family of resources, whose URITemplate is one of RFC 6570.
type ResourceTemplate struct {
	URITemplate, Name, Title, Description, MIMEType string
	Annotations                                     json.RawMessage
	Raw                                             json.RawMessage
}

// Resources lists all resources, over all pages.
func (s *Session) Resources(ctx context.Context, options ...CallOption) ([]Resource, error) {
	list, err := s.list(ctx, "resources/list", "resources", options)
	if err != nil {
		return nil, err
	}
	resources, err := each(list, "resource", readResource)
	if err != nil {
		return nil, s.unexpected("resources/list", err)
	}
	return resources, nil
}

func readResource(raw json.RawMessage) (Resource, error) {
	r := Resource{Raw: raw}
	err := members(raw, map[string]any{
		"uri": &r.URI, "name": &r.Name, "title": &r.Title, "description": &r.Description, "mimeType": &r.MIMEType,
		"size": &r.Size, "annotations": &r.Annotations,
	})
	return r, err
}

// ResourceTemplates lists all resource templates, over all pages.
func (s *Session) ResourceTemplates(ctx context.Context, options ...CallOption) ([]ResourceTemplate, error) {
	list, err := s.list(ctx, "resources/templates/list", "resourceTemplates", options)
	if err != nil {
		return nil, err
	}
	templates, err := each(list, "resource template", readTemplate)
	if err != nil {
		return nil, s.unexpected("resources/templates/list", err)
	}
	return templates, nil
}

func readTemplate(raw json.RawMessage) (ResourceTemplate, error) {
	t := ResourceTemplate{Raw: raw}
	err := members(raw, map[string]any{
		"uriTemplate": &t.URITemplate, "name": &t.Name, "title": &t.Title, "description": &t.Description,
		"mimeType": &t.MIMEType, "annotations": &t.Annotations,
	})
	return t, err
}

// ReadResult is what a resource holds.
type ReadResult struct {
	// Contents has one part, or several where the resource is a folder or the like.
	Contents []ResourceContents
	// Raw is all of the result, byte for byte.
	Raw json.RawMessage
}

// ResourceContents is one part of a resource; Raw is all of it, byte for byte.
type ResourceContents struct {
	URI, MIMEType string
	Raw           json.RawMessage
	text, blob    json.RawMessage
}

// ReadResource reads a resource by its URI.
func (s *Session) ReadResource(ctx context.Context, uri string, options ...CallOption) (*ReadResult, error) {
	params, err := params(map[string]string{"uri": uri})
	if err != nil {
		return nil, err
	}
	result, err := s.request(ctx, &msg.Request{Method: "resources/read", Params: params}, options)
	if err != nil {
		return nil, err
	}
	read, err := readReadResult(result)
	if err != nil {
		return nil, s.unexpected("resources/read", err)
	}
	return read, nil
}

func readReadResult(raw json.RawMessage) (*ReadResult, error) {
	var list []json.RawMessage
	if err := members(raw, map[string]any{"contents": &list}); err != nil {
		return nil, err
	}
	contents, err := each(list, "part", readContents)
	return &ReadResult{Contents: contents, Raw: raw}, err
}

func readContents(raw json.RawMessage) (ResourceContents, error) {
	c := ResourceContents{Raw: raw}
	err := members(raw, map[string]any{"uri": &c.URI, "mimeType": &c.MIMEType, "text": &c.text, "blob": &c.blob})
	if err == nil && c.text == nil && c.blob == nil {
		err = errors.New("it has neither text nor blob")
	}
	return c, err
}

// IsText says that the part is text, in UTF-8; else it is binary.
func (c *ResourceContents) IsText() bool { return c.text != nil }

// Bytes is the part's content: the text, or what its base64 stands for (RFC 4648, section 4).
func (c *ResourceContents) Bytes() ([]byte, error) {
	var content string
	if c.text != nil {
		if json.Unmarshal(c.text, &content) != nil {
			return nil, errors.New("headfast: the resource's text is not a string")
		}
		return []byte(content), nil
	}
	if json.Unmarshal(c.blob, &content) != nil {
		return nil, errors.New("headfast: the resource's blob is not a string")
	}
	data, err := base64.StdEncoding.DecodeString(content)
	if err != nil {
		return nil, errors.New("headfast: the resource's blob is not base64")
	}
	return data, nil
}
