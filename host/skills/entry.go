package skills

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/headfast/headfast/wasm/jsontext"
)

// MaxFiles and MaxBytes are the limits that the extension fixes for a skill ("Limits"): hosts support as much,
// and may refuse more.
const (
	MaxFiles = 512
	MaxBytes = 16 << 20
)

// UnmarshalJSON reads an entry. One that is not valid is no error here, so that it does not take the list's others
// with it: Load refuses it.
func (k *Skill) UnmarshalJSON(text []byte) error {
	*k = Skill{}
	k.invalid = k.read(text)
	return nil
}

// read: the frontmatter has a name and a description ("Skill Entries"); resources is an array of files or the
// string "dynamic", and "an entry with no resources at all, or with any value other than" those "is invalid"
// ("Resources").
func (k *Skill) read(text []byte) error {
	var entry struct {
		URI         string
		Frontmatter json.RawMessage
		Resources   json.RawMessage
	}
	if err := json.Unmarshal(text, &entry); err != nil {
		return err
	}
	k.URI, k.Frontmatter = entry.URI, entry.Frontmatter
	if len(entry.Frontmatter) == 0 || entry.Frontmatter[0] != '{' {
		return errors.New("it has no frontmatter")
	}
	if !k.readFrontmatter() {
		return errors.New("its frontmatter has no name or no description")
	}
	if string(entry.Resources) == `"dynamic"` {
		k.Dynamic = true
		return nil
	}
	if len(entry.Resources) == 0 || entry.Resources[0] != '[' {
		return errors.New("its resources are no array")
	}
	return k.readFiles(entry.Resources)
}

// readFrontmatter takes name and description, and unfolds nothing else of it: a list has the frontmatter of many.
func (k *Skill) readFrontmatter() bool {
	var name, description *string
	jsontext.Members(k.Frontmatter, func(key string, _ int, value []byte, _ int) bool {
		switch {
		case key == "name":
			name = str(value)
		case key == "description":
			description = str(value)
		}
		return true
	})
	if name == nil || description == nil {
		return false
	}
	k.Name, k.Description = *name, *description
	return true
}

// str is a JSON string's value, or nil.
func str(value []byte) *string {
	var s *string
	if json.Unmarshal(value, &s) != nil {
		return nil
	}
	return s
}

// readFiles reads no more files than a skill may have.
func (k *Skill) readFiles(resources []byte) error {
	n := 0
	jsontext.Elements(resources, func([]byte, int) bool { n++; return true })
	if n > MaxFiles {
		return &Error{TooLarge, k.URI, fmt.Sprintf("%d files, more than %d", n, MaxFiles)}
	}
	return json.Unmarshal(resources, &k.Files)
}

const skillFile = "/SKILL.md"

var digestForm = regexp.MustCompile(`^sha256:[0-9a-f]{64}$`)

// check says whether an entry may be loaded: it is complete, and within the limits, before any file is read.
func (k *Skill) check() error {
	if errors.Is(k.invalid, TooLarge) {
		return k.invalid
	}
	if k.invalid != nil {
		return &Error{BadEntry, k.URI, k.invalid.Error()}
	}
	root, found := strings.CutSuffix(k.URI, skillFile)
	if !found {
		return &Error{BadEntry, k.URI, "it does not end in " + skillFile}
	}
	// "The final segment of <skill-path> MUST equal the skill's name" ("Resource Mapping").
	if root[strings.LastIndexByte(root, '/')+1:] != k.Name {
		return &Error{BadEntry, k.URI, fmt.Sprintf("its folder is not the name %q", k.Name)}
	}
	if k.Dynamic {
		return &Error{Unverifiable, k.URI, "its entry is dynamic"}
	}
	return k.checkFiles(root + "/")
}

// checkFiles: the list has "every file of the skill, each exactly once", with SKILL.md, none outside of the
// skill's folder, each with digest and size ("Resources").
func (k *Skill) checkFiles(folder string) error {
	var total int64
	seen := map[string]bool{}
	for _, f := range k.Files {
		switch {
		case seen[f.URI]:
			return &Error{BadEntry, f.URI, "it is listed twice"}
		case !strings.HasPrefix(f.URI, folder) || !plain(f.URI[len(folder):]):
			return &Error{BadEntry, f.URI, "it is not a file in " + folder}
		case !digestForm.MatchString(f.Digest):
			return &Error{BadEntry, f.URI, fmt.Sprintf("%q is no digest", f.Digest)}
		case f.Size < 0:
			return &Error{BadEntry, f.URI, "its size is negative"}
		}
		seen[f.URI] = true
		if total += min(f.Size, MaxBytes+1); total > MaxBytes {
			return &Error{TooLarge, k.URI, fmt.Sprintf("more than %d bytes", MaxBytes)}
		}
	}
	if !seen[k.URI] {
		return &Error{BadEntry, k.URI, "its own file is not listed"}
	}
	return nil
}

// plain says whether a path stays below where it begins.
func plain(path string) bool {
	for segment := range strings.SplitSeq(path, "/") {
		if segment == "" || segment == "." || segment == ".." {
			return false
		}
	}
	return true
}
