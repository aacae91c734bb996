// Package skills loads Agent Skills that a server serves over MCP (extension io.modelcontextprotocol/skills,
// SEP-2640) and lets nothing through that is not what the server's own entry says.
//
//	all, err := skills.List(ctx, session)
//	skill, err := skills.Load(ctx, session, all[0])     // reads SKILL.md, now, and verifies it
//	form, err := skill.Read(ctx, all[0].Files[1].URI)   // only a loaded skill's files can be read
//
// The comments quote the specification, specification/stable/skills.mdx of modelcontextprotocol/ext-skills, by
// the names of its sections. A digest that fits is no reason for trust ("Digests Are Not a Trust Anchor"): it says
// that entry and content come from one hand. What a skill says is untrusted input for a model, and asking a person
// before it is used is the caller's part ("Security Considerations").
package skills

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/headfast/headfast/host"
)

// Session is the part of *host.Session that is needed here.
type Session interface {
	Request(ctx context.Context, method string, params json.RawMessage, options ...host.CallOption) (json.RawMessage, error)
	Greeting() json.RawMessage
}

// Extension is the extension's identifier.
const Extension = "io.modelcontextprotocol/skills"

// Skill is a server's entry for one skill. It is the server's word: Load checks it.
type Skill struct {
	// URI is that of its SKILL.md; with the server it is the skill's identity, which a name is not ("Names").
	URI string
	// Name and Description are of Frontmatter.
	Name, Description string
	// Frontmatter is the frontmatter of SKILL.md as a JSON object.
	Frontmatter json.RawMessage
	// Files are all files, SKILL.md among them; nil where Dynamic.
	Files []File
	// Dynamic says that the content is made anew each time, so that nothing can be verified.
	Dynamic bool

	// invalid is why the entry must not be loaded.
	invalid error
}

// File is a file of a skill: Digest is "sha256:" and 64 hexadecimal digits of its bytes, Size their number.
type File struct {
	URI    string `json:"uri"`
	Digest string `json:"digest"`
	Size   int64  `json:"size"`
}

// Get gives one skill's entry by the URI of its SKILL.md, listed or not: hosts "MUST support loading a skill given
// only its URI" ("Listing Skills"). Errors: NotOffered, BadEntry, and the session's; one with RPC code -32602
// says that the server has no such skill.
func Get(ctx context.Context, s Session, uri string) (Skill, error) {
	if err := offered(s); err != nil {
		return Skill{}, err
	}
	params, err := json.Marshal(map[string]string{"uri": uri})
	if err != nil {
		return Skill{}, err
	}
	var result struct{ Skill Skill }
	if err := ask(ctx, s, "skills/get", params, &result); err != nil {
		return Skill{}, err
	}
	if result.Skill.URI != uri {
		return Skill{}, &Error{BadEntry, uri, fmt.Sprintf("the entry is of %q", result.Skill.URI)}
	}
	return result.Skill, nil
}

// offered says whether the server declared the extension: "Clients issue skills/list and skills/get only after
// observing the server's declaration" ("Capability Negotiation").
func offered(s Session) error {
	var greeting struct {
		Capabilities struct {
			Extensions map[string]json.RawMessage
		}
	}
	if err := json.Unmarshal(s.Greeting(), &greeting); err != nil {
		return &Error{NotOffered, "", err.Error()}
	}
	if settings := greeting.Capabilities.Extensions[Extension]; len(settings) == 0 || settings[0] != '{' {
		return &Error{NotOffered, "", "the server does not declare " + Extension}
	}
	return nil
}

// ask makes a request and decodes its result.
func ask(ctx context.Context, s Session, method string, params json.RawMessage, result any) error {
	answer, err := s.Request(ctx, method, params)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(answer, result); err != nil {
		return &Error{BadEntry, "", fmt.Sprintf("the result of %s cannot be read: %v", method, err)}
	}
	return nil
}
