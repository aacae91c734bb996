package skills

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/headfast/headfast/wasm/jsontext"
)

// The bounds of a listing, which may be "arbitrarily large" ("Limits") but not endless. An entry of few bytes takes many
// when it is read, so that both count.
const (
	maxPages  = 1000
	maxSkills = 10_000
	maxList   = 16 << 20
)

// List gives the entries of all skills, over all pages, and reads no file of any: "Hosts MUST NOT retrieve a
// skill's files ahead of need, whether on connection, on listing, or at approval" ("Lazy Retrieval"). An empty
// list does not say that the server has no skills; see Get. A list of more than 1,000 pages, 10,000 skills or 16 MiB,
// or one that begins anew, is refused. Errors: NotOffered, BadEntry, and the session's.
func List(ctx context.Context, s Session) ([]Skill, error) {
	if err := offered(s); err != nil {
		return nil, err
	}
	l := listing{seen: map[string]bool{}}
	params := json.RawMessage(`{}`)
	for range maxPages {
		answer, err := s.Request(ctx, "skills/list", params)
		if err != nil {
			return nil, err
		}
		cursor, err := l.add(answer)
		if err != nil {
			return nil, &Error{BadEntry, "", err.Error()}
		}
		if cursor == nil {
			return l.skills, nil
		}
		if params, err = json.Marshal(map[string]string{"cursor": *cursor}); err != nil {
			return nil, err
		}
	}
	return nil, &Error{BadEntry, "", fmt.Sprintf("the list has more than %d pages", maxPages)}
}

// listing is what is known of a list, page by page.
type listing struct {
	skills []Skill
	bytes  int
	// seen are the cursors: one that comes again has no end.
	seen map[string]bool
}

// add reads a page, and gives the next one's cursor; nil at the end. The size counts before anything is read.
func (l *listing) add(page []byte) (*string, error) {
	if l.bytes += len(page); l.bytes > maxList {
		return nil, fmt.Errorf("the list has more than %d bytes", maxList)
	}
	var members struct {
		Skills     json.RawMessage
		NextCursor *string
	}
	if err := json.Unmarshal(page, &members); err != nil {
		return nil, fmt.Errorf("the result of skills/list cannot be read: %w", err)
	}
	if err := l.addEntries(members.Skills); err != nil || members.NextCursor == nil {
		return nil, err
	}
	if l.seen[*members.NextCursor] {
		return nil, fmt.Errorf("on page %d of the list, a cursor comes again", len(l.seen)+1)
	}
	l.seen[*members.NextCursor] = true
	return members.NextCursor, nil
}

// addEntries reads one entry after the other, and no more than there may be.
func (l *listing) addEntries(entries json.RawMessage) error {
	if len(entries) == 0 || string(entries) == "null" {
		return nil
	}
	if entries[0] != '[' {
		return fmt.Errorf("the result of skills/list cannot be read: skills is not an array")
	}
	var err error
	jsontext.Elements(entries, func(entry []byte, _ int) bool {
		if len(l.skills) == maxSkills {
			err = fmt.Errorf("the list has more than %d skills", maxSkills)
			return false
		}
		var skill Skill
		err = skill.UnmarshalJSON(entry)
		l.skills = append(l.skills, skill)
		return err == nil
	})
	return err
}
