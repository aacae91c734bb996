package jsontext

import (
	"strconv"
	"strings"
	"testing"
)

func TestTokens(t *testing.T) {
	for text, want := range map[string]string{
		``: "", ` 1 `: "1:1", `"a\"]"`: `0:"a\"]"`, `[]`: "0:[ 1:]",
		"{ \"a\" :\t[1,-2e3 ,true],\"\\u0062\":{}}": `0:{ 2:"a" 8:[ 9:1 11:-2e3 17:true 21:] 23:"\u0062" 32:{ 33:} 34:}`,
	} {
		var got []string
		Tokens([]byte(text), func(token []byte, at int) bool {
			got = append(got, strconv.Itoa(at)+":"+string(token))
			return true
		})
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	n := 0
	Tokens([]byte(`[1,2]`), func([]byte, int) bool { n++; return n < 2 })
	if n != 2 {
		t.Error("it goes on after false")
	}
}
