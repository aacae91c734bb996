package skills

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/headfast/headfast/host"
)

const (
	skillURI = "skill://acme/pdf/SKILL.md"
	formsURI = "skill://acme/pdf/references/FORMS.md"
	front    = `{"name":"pdf","description":"Fill forms"}`
	text     = "---\nname: pdf\ndescription: Fill forms\n---\n\nBody.\n"
	forms    = "Forms.\n"
)

// fake is a server that tells one entry and serves these files; it remembers what was read.
type fake struct {
	greeting string
	pages    []string
	files    map[string]string
	asked    []string
}

func (f *fake) Greeting() json.RawMessage { return json.RawMessage(f.greeting) }

func (f *fake) Request(_ context.Context, method string, params json.RawMessage, _ ...host.CallOption) (json.RawMessage, error) {
	var p struct{ URI, Cursor string }
	if err := json.Unmarshal(params, &p); err != nil {
		return nil, err
	}
	f.asked = append(f.asked, method+" "+p.URI+p.Cursor)
	switch method {
	case "skills/list":
		page := len(f.asked) - 1
		if page+1 < len(f.pages) {
			return json.RawMessage(fmt.Sprintf(`{"skills":[%s],"nextCursor":"%d"}`, f.pages[page], page+1)), nil
		}
		return json.RawMessage(fmt.Sprintf(`{"skills":[%s]}`, f.pages[page])), nil
	case "skills/get":
		return json.RawMessage(fmt.Sprintf(`{"skill":%s}`, f.pages[0])), nil
	}
	content, err := json.Marshal(f.files[p.URI])
	return json.RawMessage(fmt.Sprintf(`{"contents":[{"uri":%q,"text":%s}]}`, p.URI, content)), err
}

func file(uri, content string) string {
	return fmt.Sprintf(`{"uri":%q,"digest":"sha256:%x","size":%d}`, uri, sha256.Sum256([]byte(content)), len(content))
}

func entry(frontmatter string, resources ...string) string {
	return fmt.Sprintf(`{"uri":%q,"frontmatter":%s,"resources":[%s]}`, skillURI, frontmatter, strings.Join(resources, ","))
}

func good() *fake {
	return &fake{
		greeting: `{"capabilities":{"extensions":{"io.modelcontextprotocol/skills":{}}}}`,
		pages:    []string{entry(front, file(skillURI, text), file(formsURI, forms))},
		files:    map[string]string{skillURI: text, formsURI: forms},
	}
}

// first lists and loads the first skill.
func first(t *testing.T, f *fake) (*Loaded, error) {
	t.Helper()
	all, err := List(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	return Load(t.Context(), f, all[0])
}

func TestLoadAndRead(t *testing.T) {
	f := good()
	skill, err := first(t, f)
	if err != nil {
		t.Fatal(err)
	}
	if skill.Name != "pdf" || skill.Description != "Fill forms" || string(skill.Text) != text {
		t.Errorf("loaded %+v", skill)
	}
	content, err := skill.Read(t.Context(), formsURI)
	if err != nil || string(content) != forms {
		t.Errorf("read %q, %v", content, err)
	}
	f.files[formsURI] = "Worms.\n"
	if content, err := skill.Read(t.Context(), formsURI); !errors.Is(err, WrongDigest) || content != nil {
		t.Errorf("a changed file gives %q, %v", content, err)
	}
	if _, err := skill.Read(t.Context(), "skill://acme/pdf/new.md"); !errors.Is(err, Unlisted) {
		t.Errorf("a new file gives %v", err)
	}
	want := []string{"skills/list ", "resources/read " + skillURI, "resources/read " + formsURI, "resources/read " + formsURI}
	if !slices.Equal(f.asked, want) {
		t.Errorf("asked %q", f.asked)
	}
}

func TestListPagesAndReadsNothing(t *testing.T) {
	f := good()
	f.pages = append(f.pages, entry(front, file(skillURI, text)), `{"uri":"skill://x/SKILL.md","frontmatter":{"name":"x","description":""},"resources":"dynamic"}`)
	all, err := List(t.Context(), f)
	if err != nil || len(all) != 3 || !all[2].Dynamic {
		t.Errorf("got %+v, %v", all, err)
	}
	if want := []string{"skills/list ", "skills/list 1", "skills/list 2"}; !slices.Equal(f.asked, want) {
		t.Errorf("asked %q", f.asked)
	}
}

func TestGet(t *testing.T) {
	f := good()
	if skill, err := Get(t.Context(), f, skillURI); err != nil || len(skill.Files) != 2 {
		t.Errorf("got %+v, %v", skill, err)
	}
	if _, err := Get(t.Context(), f, "skill://other/SKILL.md"); !errors.Is(err, BadEntry) {
		t.Errorf("another skill's entry gives %v", err)
	}
}

func TestNotOffered(t *testing.T) {
	for _, greeting := range []string{`{}`, `{"capabilities":{"extensions":{}}}`, `{"capabilities":{"extensions":{"io.modelcontextprotocol/skills":null}}}`} {
		f := good()
		f.greeting = greeting
		if _, err := List(t.Context(), f); !errors.Is(err, NotOffered) || len(f.asked) > 0 {
			t.Errorf("%s: %v after %q", greeting, err, f.asked)
		}
	}
}

// TestTampered: what is read differs from the entry, and no second file is asked for.
func TestTampered(t *testing.T) {
	longer, other := text+"more", strings.Replace(text, "Body", "Evil", 1)
	for name, c := range map[string]struct {
		entry, text string
		want        Reason
	}{
		"digest":         {entry(front, file(skillURI, text)), other, WrongDigest},
		"size":           {entry(front, file(skillURI, text)), longer, WrongSize},
		"frontmatter":    {entry(`{"name":"pdf","description":"Harmless"}`, file(skillURI, text)), text, WrongFrontmatter},
		"more fields":    {entry(`{"name":"pdf","description":"Fill forms","license":"MIT"}`, file(skillURI, text)), text, WrongFrontmatter},
		"fewer fields":   {entry(front, file(skillURI, with("allowed-tools: Bash"))), with("allowed-tools: Bash"), WrongFrontmatter},
		"type":           {entry(`{"name":"pdf","description":"Fill forms","v":"1"}`, file(skillURI, with("v: 1"))), with("v: 1"), WrongFrontmatter},
		"unread YAML":    {entry(`{"name":"pdf","description":"Fill forms","v":"1"}`, file(skillURI, with("v: &a 1"))), with("v: &a 1"), WrongFrontmatter},
		"no frontmatter": {entry(front, file(skillURI, "Body")), "Body", WrongFrontmatter},
		"no end":         {entry(front, file(skillURI, "---\nname: pdf\n")), "---\nname: pdf\n", WrongFrontmatter},
	} {
		f := good()
		f.pages, f.files[skillURI] = []string{c.entry}, c.text
		if skill, err := first(t, f); skill != nil || !errors.Is(err, c.want) {
			t.Errorf("%s: got %v", name, err)
		}
		if want := []string{"skills/list ", "resources/read " + skillURI}; !slices.Equal(f.asked, want) {
			t.Errorf("%s: asked %q", name, f.asked)
		}
	}
}

// with is SKILL.md with one more line in its frontmatter.
func with(line string) string { return strings.Replace(text, "\n---\n", "\n"+line+"\n---\n", 1) }

func TestSameFrontmatter(t *testing.T) {
	written := with("v: 1.50\nmetadata:\n  tags: [a, b]\n  big: 12345678901234567890")
	said := `{"metadata":{"big":12345678901234567890,"tags":["a","b"]},"v":1.5,"name":"pdf","description":"Fill forms"}`
	for _, content := range []string{written, strings.ReplaceAll(written, "\n", "\r\n")} {
		if err := sameFrontmatter([]byte(content), json.RawMessage(said)); err != nil {
			t.Error(err)
		}
	}
}

// TestBadEntry: such a skill is refused without a request.
func TestBadEntry(t *testing.T) {
	skillFile := file(skillURI, text)
	many := []string{skillFile}
	for i := range MaxFiles {
		many = append(many, file(fmt.Sprintf("skill://acme/pdf/%d", i), ""))
	}
	big := strings.Replace(file(formsURI, ""), `"size":0`, `"size":16777216`, 1)
	for name, c := range map[string]struct {
		entry string
		want  Reason
	}{
		"no resources":    {fmt.Sprintf(`{"uri":%q,"frontmatter":%s}`, skillURI, front), BadEntry},
		"odd resources":   {fmt.Sprintf(`{"uri":%q,"frontmatter":%s,"resources":"static"}`, skillURI, front), BadEntry},
		"no frontmatter":  {fmt.Sprintf(`{"uri":%q,"resources":[%s]}`, skillURI, skillFile), BadEntry},
		"no description":  {entry(`{"name":"pdf"}`, skillFile), BadEntry},
		"no object":       {`7`, BadEntry},
		"another name":    {entry(`{"name":"odf","description":"x"}`, skillFile), BadEntry},
		"not listed":      {entry(front, file(formsURI, forms)), BadEntry},
		"twice":           {entry(front, skillFile, skillFile), BadEntry},
		"outside":         {entry(front, skillFile, file("skill://acme/odf/x.md", "")), BadEntry},
		"climbing":        {entry(front, skillFile, file("skill://acme/pdf/../x.md", "")), BadEntry},
		"odd digest":      {entry(front, strings.Replace(skillFile, "sha256:", "sha1:", 1)), BadEntry},
		"negative":        {entry(front, skillFile, strings.Replace(big, "16777216", "-1", 1)), BadEntry},
		"too many":        {entry(front, many...), TooLarge},
		"too large":       {entry(front, skillFile, big), TooLarge},
		"huge":            {entry(front, skillFile, strings.Replace(big, "16777216", "9223372036854775807", 1)), TooLarge},
		"dynamic":         {fmt.Sprintf(`{"uri":%q,"frontmatter":%s,"resources":"dynamic"}`, skillURI, front), Unverifiable},
		"another address": {strings.Replace(entry(front, skillFile), `"uri":"skill://acme/pdf/SKILL.md","f`, `"uri":"skill://acme/pdf","f`, 1), BadEntry},
	} {
		f := good()
		f.pages = []string{c.entry}
		if skill, err := first(t, f); skill != nil || !errors.Is(err, c.want) {
			t.Errorf("%s: got %v", name, err)
		}
		if len(f.asked) != 1 {
			t.Errorf("%s: asked %q", name, f.asked)
		}
	}
}
