package term

import (
	"encoding/json"
	"testing"
)

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"plain\n\ttext é 漢":   "plain\n\ttext é 漢",
		"a\x1b[31mred":        "a␛[31mred",
		"a\u009b31m":          "a<U+009B>31m",
		"a\rb":                "a␍b",
		"a\r\nb":              "a\nb",
		"a\u202eb":            "a<U+202E>b",
		"a\U000e0041b":        "a<U+E0041>b",
		"a\u2028b":            "a<U+2028>b",
		"a\ufeffb":            "a<U+FEFF>b",
		"bell\a del\x7f":      "bell␇ del␡",
		"\xff":                "\ufffd",
		"👩\u200d💻":            "👩\u200d💻",
		"private \ue000 here": "private <U+E000> here",
	} {
		if got := Text(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestLine(t *testing.T) {
	if got := Line("a\nb\r\nc\td\x1b"); got != "a b c d␛" {
		t.Errorf("%q", got)
	}
}

// TestJSON: on a terminal the text differs, its meaning does not.
func TestJSON(t *testing.T) {
	const raw = "{\"a\":\"x\u009b\u202e\U000e0041y\"}\n"
	safe := JSON(raw)
	if want := `{"a":"x\u009b\u202e\udb40\udc41y"}` + "\n"; safe != want {
		t.Errorf("%q, want %q", safe, want)
	}
	var a, b map[string]string
	if json.Unmarshal([]byte(raw), &a) != nil || json.Unmarshal([]byte(safe), &b) != nil || a["a"] != b["a"] {
		t.Errorf("%q and %q differ", a["a"], b["a"])
	}
}
