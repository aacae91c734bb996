package jsonrpc

import (
	"errors"
	"strings"
	"testing"
)

const note = `{"jsonrpc":"2.0","method":"n"}`

func TestParseBatch(t *testing.T) {
	for text, want := range map[string]string{
		note:                "notification n -",
		" \n" + note + "\t": "notification n -",
		"[" + note + "]":    "notification n -",
		"\r\n[ " + note + " , {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":[2]} ]": "notification n -|response 1 [2]",
	} {
		messages, err := ParseBatch([]byte(text))
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		var got []string
		for _, m := range messages {
			got = append(got, show(m))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestParseBatchRefuses(t *testing.T) {
	for _, c := range []struct {
		text   string
		at     int
		reason string
	}{
		{``, 0, "unexpected end"}, {`[`, 1, "unexpected end"}, {`[` + note + `,]`, 32, "comma before a closing bracket"},
		{`[]`, 0, EmptyBatch}, {" \n[ ]", 2, EmptyBatch}, {`null`, 0, NotObject}, {` 1`, 1, NotObject},
		{`[1]`, 1, NotObject}, {`[[` + note + `]]`, 1, NotObject}, {`[` + note + `, 1]`, 33, NotObject}, {`[` + note + `,{}]`, 32, BadVersion},
		{`[` + note + `, {"jsonrpc":"2.0","id":1.5,"result":1}]`, 33 + 22, BadID},
		{`[` + note + `,{"jsonrpc":"2.0","id":1,"error":{"code":1,"code":1}}]`, 32 + 42, DuplicateKey},
		{`[` + strings.Repeat(note+",", MaxBatch) + note + `]`, 1 + MaxBatch*(len(note)+1), BatchTooLong},
	} {
		messages, err := ParseBatch([]byte(c.text))
		var p *ParseError
		if !errors.As(err, &p) || p.Offset != c.at || p.Reason != c.reason || messages != nil {
			t.Errorf("%.80s: %v %v, want %q at %d", c.text, messages, err, c.reason, c.at)
		}
	}
}

func TestParseBatchLongest(t *testing.T) {
	text := "[" + strings.Repeat(note+",", MaxBatch-1) + note + "]"
	if messages, err := ParseBatch([]byte(text)); err != nil || len(messages) != MaxBatch {
		t.Errorf("%d messages, %v", len(messages), err)
	}
}
