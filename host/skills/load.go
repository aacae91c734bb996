package skills

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
)

// Loaded is a skill whose SKILL.md was read and is what its entry says. It holds that entry: a file that the
// server adds later is none of this skill's ("The Acting Window and the Held Entry").
type Loaded struct {
	Skill
	// Text is SKILL.md, byte for byte.
	Text    []byte
	session Session
}

// Load reads a skill's SKILL.md and verifies it against the entry: size and digest ("Verification on Read"), then
// the frontmatter, "field-by-field against the entry's" ("Frontmatter Verification"). Where anything differs, the
// skill "MUST NOT be loaded": there is no Loaded, and so no way to its other files. An entry that is "dynamic" or
// too large is refused without a request, as hosts may. Every Reason but NotOffered can be the error's.
func Load(ctx context.Context, s Session, skill Skill) (*Loaded, error) {
	if err := skill.check(); err != nil {
		return nil, err
	}
	l := &Loaded{Skill: skill, session: s}
	text, err := l.Read(ctx, skill.URI)
	if err != nil {
		return nil, err
	}
	if err := sameFrontmatter(text, skill.Frontmatter); err != nil {
		return nil, &Error{WrongFrontmatter, skill.URI, err.Error()}
	}
	l.Text = text
	return l, nil
}

// Read reads one file of the skill, and verifies its size and digest: "in all cases, hosts MUST NOT use the
// unverified content". A file that the entry does not have is refused without a request ("The Acting Window and
// the Held Entry"). Errors: Unlisted, BadEntry, WrongSize, WrongDigest, and the session's.
func (l *Loaded) Read(ctx context.Context, uri string) ([]byte, error) {
	file, found := l.file(uri)
	if !found {
		return nil, &Error{Unlisted, uri, ""}
	}
	content, err := read(ctx, l.session, uri)
	if err != nil {
		return nil, err
	}
	if int64(len(content)) != file.Size {
		return nil, &Error{WrongSize, uri, fmt.Sprintf("%d bytes, not %d", len(content), file.Size)}
	}
	if digest := fmt.Sprintf("sha256:%x", sha256.Sum256(content)); digest != file.Digest {
		return nil, &Error{WrongDigest, uri, fmt.Sprintf("%s, not %s", digest, file.Digest)}
	}
	return content, nil
}

func (l *Loaded) file(uri string) (File, bool) {
	for _, f := range l.Files {
		if f.URI == uri {
			return f, true
		}
	}
	return File{}, false
}

// read gives the raw bytes of a resource: its text as UTF-8, or its blob decoded.
func read(ctx context.Context, s Session, uri string) ([]byte, error) {
	params, err := json.Marshal(map[string]string{"uri": uri})
	if err != nil {
		return nil, err
	}
	var result struct {
		Contents []struct {
			URI        string
			Text, Blob *string
		}
	}
	if err := ask(ctx, s, "resources/read", params, &result); err != nil {
		return nil, err
	}
	if len(result.Contents) != 1 || result.Contents[0].URI != uri {
		return nil, &Error{BadEntry, uri, "resources/read does not give this one file"}
	}
	switch c := result.Contents[0]; {
	case c.Text != nil && c.Blob == nil:
		return []byte(*c.Text), nil
	case c.Blob != nil && c.Text == nil:
		content, err := base64.StdEncoding.DecodeString(*c.Blob)
		if err != nil {
			return nil, &Error{BadEntry, uri, "its blob is no base64"}
		}
		return content, nil
	}
	return nil, &Error{BadEntry, uri, "it is neither a text nor a blob"}
}
