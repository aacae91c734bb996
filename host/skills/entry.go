package skills

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
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
	var front map[string]any
	if err := json.Unmarshal(entry.Frontmatter, &front); err != nil {
		return errors.New("it has no frontmatter")
	}
	name, named := front["name"].(string)
	description, described := front["description"].(string)
	if !named || !described {
		return errors.New("its frontmatter has no name or no description")
	}
	k.Name, k.Description = name, description
	if string(entry.Resources) == `"dynamic"` {
		k.Dynamic = true
		return nil
	}
	if len(entry.Resources) == 0 || entry.Resources[0] != '[' {
		return errors.New("its resources are no array")
	}
	return json.Unmarshal(entry.Resources, &k.Files)
}

const skillFile = "/SKILL.md"

var digestForm = regexp.MustCompile(`^sha256:[0-9a-f]{64}$`)

// check says whether an entry may be loaded: it is complete, and within the limits, before any file is read.
func (k *Skill) check() error {
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
	if len(k.Files) > MaxFiles {
		return &Error{TooLarge, k.URI, fmt.Sprintf("%d files, more than %d", len(k.Files), MaxFiles)}
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
