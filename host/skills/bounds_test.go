package skills

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/headfast/headfast/host"
)

// endless answers each skills/list with the same entries, and a cursor that cursor makes of the page's number.
type endless struct {
	entries string
	cursor  func(page int) string
	pages   int
}

func (e *endless) Greeting() json.RawMessage { return good().Greeting() }

func (e *endless) Request(context.Context, string, json.RawMessage, ...host.CallOption) (json.RawMessage, error) {
	e.pages++
	return json.RawMessage(fmt.Sprintf(`{"skills":[%s],"nextCursor":%q}`, e.entries, e.cursor(e.pages))), nil
}

// TestListBounds: a list that does not end is given up, by what there is most of.
func TestListBounds(t *testing.T) {
	number := func(page int) string { return fmt.Sprint(page) }
	many := strings.TrimSuffix(strings.Repeat("{},", maxSkills/2), ",")
	big := `{"uri":"` + strings.Repeat("x", maxList/4) + `"}`
	for want, e := range map[string]*endless{
		"a cursor comes again":                        {"{}", func(page int) string { return fmt.Sprint(page % 3) }, 0},
		fmt.Sprintf("more than %d pages", maxPages):   {"", number, 0},
		fmt.Sprintf("more than %d skills", maxSkills): {many, number, 0},
		fmt.Sprintf("more than %d bytes", maxList):    {big, number, 0},
	} {
		all, err := List(t.Context(), e)
		if !errors.Is(err, BadEntry) || !strings.Contains(err.Error(), want) || all != nil {
			t.Errorf("%s: %d skills, %v", want, len(all), err)
		}
		if e.pages > 5 && e.pages != maxPages {
			t.Errorf("%s: %d pages were asked for", want, e.pages)
		}
	}
}

// TestListMemory: a page of very many entries, or of an entry with very many files or much frontmatter, is not unfolded
// before its bound is seen.
func TestListMemory(t *testing.T) {
	for name, entries := range map[string]string{
		"entries":     strings.Repeat("{},", 4<<20) + "{}",
		"files":       `{"uri":"skill://a/SKILL.md","frontmatter":{"name":"a","description":""},"resources":[` + strings.Repeat("{},", 4<<20) + `{}]}`,
		"frontmatter": `{"uri":"skill://a/SKILL.md","frontmatter":{"name":"a","description":"","x":[` + strings.Repeat("1,", 6<<20) + `1]},"resources":[]}`,
	} {
		e := &endless{entries, func(int) string { return "" }, 0}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := List(t.Context(), e)
		runtime.ReadMemStats(&after)
		if err == nil {
			t.Errorf("%s: no error", name)
		}
		if used := after.TotalAlloc - before.TotalAlloc; used > 20*maxList {
			t.Errorf("%s: %d MiB were used", name, used>>20)
		}
	}
}
