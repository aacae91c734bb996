package session

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/transport"
	"github.com/tidwall/gjson"
)

// maxPages bounds how often nextCursor is followed.
const maxPages = 1000

// longestCursor bounds what a server makes us send back, in bytes.
const longestCursor = 64 << 10

// pages gathers the items of a list method over its pages ("Pagination").
type pages struct {
	member string
	count  int
	items  []byte
	seen   map[string]bool
	base   []byte
}

// members are the list methods and the member that holds their items.
var members = map[string]string{
	"tools/list": "tools", "prompts/list": "prompts", "resources/list": "resources",
	"resources/templates/list": "resourceTemplates",
}

func newPages(method string) *pages {
	if m, ok := members[method]; ok {
		return &pages{member: m, seen: map[string]bool{}}
	}
	return nil
}

// add takes one page and says whether there is another; then c.params asks for it.
func (p *pages) add(c *call, result []byte) (more bool, e *msg.Error) {
	raw, twice := only(result, "nextCursor")
	items, twiceItems := only(result, p.member)
	if p.count++; p.count == 1 && raw == nil && !twice {
		return false, nil
	}
	if twice || twiceItems || len(items) > 0 && items[0] != '[' {
		return false, problem.New(problem.Protocol, "The server's answer breaks the protocol", "A page of its list cannot be read in one way only.", "This is for the server's operator.")
	}
	cursor := gjson.ParseBytes(raw)
	if len(cursor.Str) > longestCursor {
		return false, problem.New(problem.Protocol, "The server's cursor is too long", "Its nextCursor has more than 64 KiB.", "This is for the server's operator.")
	}
	if len(p.items)+len(result)+len(p.member)+16 > transport.MaxMessage {
		return false, problem.New(problem.TooLarge, "The list is too large", "Its pages have more than 64 MiB together.", "Ask for one page at a time.")
	}
	jsontext.Elements(items, func(item []byte, _ int) bool {
		if len(p.items) > 0 {
			p.items = append(p.items, ',')
		}
		p.items = append(p.items, item...)
		return true
	})
	if cursor.Type != gjson.String {
		return false, nil
	}
	if p.seen[cursor.Str] || p.count >= maxPages {
		return false, problem.New(problem.Protocol, "The server's list does not end",
			"Its nextCursor comes round again, or there are more than 1000 pages.", "This is for the server's operator.")
	}
	if p.count == 1 {
		p.base = c.params
	}
	p.seen[cursor.Str] = true
	c.params = withCursor(p.base, cursor.Str)
	return true, nil
}

// result is the single page as it came, or all the items in one list.
func (p *pages) result(last []byte) []byte {
	if p.count == 1 {
		return last
	}
	out := append([]byte(`{"`), p.member...)
	out = append(append(append(out, `":[`...), p.items...), `]}`...)
	return out
}

// withCursor is params with the cursor in it, byte by byte the same otherwise.
func withCursor(params []byte, cursor string) []byte {
	out := jsontext.AppendString([]byte(`{"cursor":`), cursor)
	if len(params) > 0 {
		jsontext.Members(params, func(key string, _ int, value []byte, _ int) bool {
			if key != "cursor" {
				out = append(jsontext.AppendString(append(out, ','), key), ':')
				out = append(out, value...)
			}
			return true
		})
	}
	return append(out, '}')
}
