package jsontext

import (
	"strings"
	"testing"
)

const megabyte = 1 << 20

func benchmark(b *testing.B, text string) {
	data := []byte(text)
	if err := Valid(data); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		Valid(data)
	}
}

func BenchmarkValidPlainString(b *testing.B) {
	benchmark(b, `{"text":"`+strings.Repeat("The quick brown fox jumps. ", 20*megabyte/27)+`"}`)
}

func BenchmarkValidEscapes(b *testing.B) {
	benchmark(b, `["`+strings.Repeat(`A line of some source code, \"quoted\".\n\t`, megabyte/42)+`"]`)
}

func BenchmarkValidCJK(b *testing.B) {
	benchmark(b, `["`+strings.Repeat("日本語の文章", megabyte/18)+`"]`)
}

func BenchmarkValidTools(b *testing.B) {
	tool := `{"name":"test_tool","description":"A test tool","inputSchema":{"type":"object","properties":{"n":{"type":"number","minimum":0}}}}`
	benchmark(b, `[`+strings.Repeat(tool+",", megabyte/len(tool))+tool+`]`)
}

func BenchmarkValidNumbers(b *testing.B) {
	benchmark(b, `[`+strings.Repeat("12,-3.5e7,0,", megabyte/12)+`1]`)
}

func BenchmarkMembersLargeString(b *testing.B) {
	data := []byte(`{"jsonrpc":"2.0","id":"7","result":{"text":"` + strings.Repeat(`The quick brown fox.\n`, megabyte) + `"}}`)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		Members(data, func(string, int, []byte, int) bool { return true })
	}
}
