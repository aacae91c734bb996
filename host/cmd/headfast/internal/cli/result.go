package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/tidwall/gjson"
)

// resultScreen is a tool's result for people: texts as they are, one line for what is no text, and the
// structured content where there is no text.
func resultScreen(r *host.CallResult) string {
	var b strings.Builder
	texts := 0
	for _, raw := range r.Content {
		block := gjson.ParseBytes(raw)
		if block.Get("type").Str == "text" {
			texts++
		}
		b.WriteString(blockScreen(block))
	}
	if texts == 0 && len(r.StructuredContent) > 0 {
		b.WriteString(endLine(term.Text(pretty(r.StructuredContent))))
	}
	return b.String()
}

// blockScreen is one block of content: a text as it is, or one line that describes it.
func blockScreen(block gjson.Result) string {
	if block.Get("type").Str == "text" {
		return endLine(term.Text(block.Get("text").Str))
	}
	return "[" + term.Line(describe(block)) + "]\n"
}

func endLine(text string) string {
	if strings.HasSuffix(text, "\n") {
		return text
	}
	return text + "\n"
}

func pretty(raw json.RawMessage) string {
	var b bytes.Buffer
	if json.Indent(&b, raw, "", "  ") != nil {
		return string(raw)
	}
	return b.String()
}

// describe is a block that is no text: what it is, its name, its type, its size.
func describe(block gjson.Result) string {
	kind := block.Get("type").Str
	switch kind {
	case "image", "audio":
		return join(", ", kind, mime(block), size(decoded(block.Get("data").Str)))
	case "resource":
		resource := block.Get("resource")
		n := len(resource.Get("text").Str)
		if blob := resource.Get("blob").Str; blob != "" {
			n = decoded(blob)
		}
		return join(", ", kind, resource.Get("uri").Str, mime(resource), size(n))
	case "resource_link":
		text := join(", ", "resource link", block.Get("name").Str, block.Get("uri").Str, mime(block))
		if n := block.Get("size"); n.Exists() {
			text += ", " + size(int(n.Int()))
		}
		return text
	case "":
		return "a block without a type"
	}
	return join(", ", "a block of the unknown type "+kind, size(len(block.Raw)))
}

// join leaves empty parts out.
func join(separator string, parts ...string) string {
	var some []string
	for _, p := range parts {
		if p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, separator)
}

func mime(block gjson.Result) string {
	if m := block.Get("mimeType").Str; m != "" {
		return m
	}
	return "no MIME type"
}

// decoded is how many bytes a base64 text stands for.
func decoded(text string) int { return len(strings.TrimRight(text, "=")) * 3 / 4 }

func size(n int) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d bytes", n)
	case n < 1_000_000:
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}
