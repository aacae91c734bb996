package jsonrpc

import (
	"strings"
	"testing"
)

func benchmarkParse(b *testing.B, text string) {
	data := []byte(text)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseSmall(b *testing.B) {
	benchmarkParse(b, `{"jsonrpc":"2.0","id":"7","result":{"tools":[{"name":"test_tool","description":"A test tool"}]}}`)
}

func BenchmarkParse20MB(b *testing.B) {
	text := strings.Repeat(`The quick brown fox jumps.\n`, 20<<20/28)
	benchmarkParse(b, `{"jsonrpc":"2.0","id":"7","result":{"content":[{"type":"text","text":"`+text+`"}]}}`)
}

func BenchmarkParse1MBStructured(b *testing.B) {
	tool := `{"name":"test_tool","description":"A test tool","inputSchema":{"type":"object","properties":{"n":{"type":"number"}}}}`
	benchmarkParse(b, `{"jsonrpc":"2.0","id":"7","result":{"tools":[`+strings.Repeat(tool+",", 1<<20/len(tool))+tool+`]}}`)
}

func BenchmarkAppendRequest(b *testing.B) {
	params := []byte(`{"name":"test_tool","arguments":{}}`)
	dst := make([]byte, 0, 256)
	b.ReportAllocs()
	for b.Loop() {
		dst = AppendRequest(dst[:0], "7", "tools/call", params)
	}
}
