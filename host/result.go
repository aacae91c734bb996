package host

import "encoding/json"

// CallResult is a tool's answer. A tool that fails answers with IsError.
type CallResult struct {
	// Content and StructuredContent are parts of Raw: they are not copied.
	Content           []json.RawMessage
	StructuredContent json.RawMessage
	IsError           bool
	// Raw is all of the result, byte for byte.
	Raw json.RawMessage
}

// readCallResult takes a result apart. The core has validated it as JSON, so nothing is decoded.
func readCallResult(raw []byte) (*CallResult, error) {
	r := &CallResult{Raw: raw}
	err := members(raw, map[string]any{"content": &r.Content, "structuredContent": &r.StructuredContent, "isError": &r.IsError})
	return r, err
}
