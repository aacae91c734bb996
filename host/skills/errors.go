package skills

import (
	"errors"
	"strings"
)

// Reason is why a skill or a file is refused. It is an error, so that errors.Is(err, skills.WrongDigest) asks for it.
type Reason string

func (r Reason) Error() string { return string(r) }

// The reasons. The last four are the verification failures of "Integrity and Verification": nothing of what was
// read may be used, and the entry is to be had anew with Get, since the skill may just have changed.
const (
	// NotOffered: the server does not declare the extension.
	NotOffered Reason = "the server offers no skills"
	// BadEntry: an entry or an answer is not as the extension has it; such a skill is never loaded.
	BadEntry Reason = "the server's answer about skills is not valid"
	// TooLarge: the entry has more than MaxFiles files, or more than MaxBytes in all.
	TooLarge Reason = "the skill is too large"
	// Unverifiable: the entry is "dynamic".
	Unverifiable Reason = "the skill's content cannot be verified"
	// WrongSize: a file has another size than its entry says.
	WrongSize Reason = "a file of the skill has the wrong size"
	// WrongDigest: a file has other bytes than its entry says.
	WrongDigest Reason = "a file of the skill has the wrong digest"
	// WrongFrontmatter: SKILL.md has another frontmatter than its entry says, or one that cannot be read.
	WrongFrontmatter Reason = "SKILL.md has another frontmatter than its entry"
	// Unlisted: the entry does not have the file.
	Unlisted Reason = "the file is not in the skill's entry"
)

// Error says why a skill or a file is refused. Its texts are the server's in part: not for a terminal as they are.
type Error struct {
	Reason Reason
	// URI is the file's, or the skill's; empty where it is neither.
	URI    string
	Detail string
}

// Error is one line.
func (e *Error) Error() string {
	parts := []string{string(e.Reason)}
	for _, p := range []string{e.URI, e.Detail} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ": ")
}

// Is matches a Reason.
func (e *Error) Is(target error) bool {
	var reason Reason
	return errors.As(target, &reason) && reason == e.Reason
}
