package oauth

import (
	"bytes"
	"crypto/sha256"
	"testing"
)

func TestSHA256(t *testing.T) {
	for n := range 300 {
		data := bytes.Repeat([]byte{byte(n), 0xff, 0}, n)[:n]
		if SHA256(data) != sha256.Sum256(data) {
			t.Fatalf("%d bytes", n)
		}
	}
	if large := bytes.Repeat([]byte("a"), 1_000_000); SHA256(large) != sha256.Sum256(large) {
		t.Error("a million bytes")
	}
}

func FuzzSHA256(f *testing.F) {
	f.Add([]byte("abc"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if SHA256(data) != sha256.Sum256(data) {
			t.Error(data)
		}
	})
}
