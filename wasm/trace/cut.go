package trace

import "strings"

// telling is how many characters of a secret's beginning are worth hiding: fewer tell nothing of it, and many
// ordinary words end so.
const telling = 4

// Cut is Text of what was cut off at its end. The cut may have gone through a secret, which then is no known form
// any more, so its beginning goes too; of a text that was not cut this would take ordinary words.
func (r *Redactor) Cut(s string) string {
	return decoding(trimEscape(s[:min(len(s), longestText)]), r.replaceCut, deepest)
}

func (r *Redactor) replaceCut(s string) string {
	s = r.replace(s)
	if n := r.beginning(lower(s)); n > 0 {
		return s[:len(s)-n] + Redacted
	}
	return s
}

// beginning is how many bytes at the end of s, which is in lower case, are the beginning of a secret.
func (r *Redactor) beginning(s string) int {
	longest := 0
	for set := range r.sets {
		for _, form := range r.sets[set].all {
			longest = max(longest, begins(s, form, longest))
		}
	}
	return longest
}

// begins is how many bytes at the end of s, more than n, are the beginning of this form, or 0.
func begins(s, form string, n int) int {
	for k := min(len(form)-1, len(s)); k >= telling && k > n; k-- {
		if strings.HasSuffix(s, form[:k]) {
			return k
		}
	}
	return 0
}

// trimEscape takes off an escape of JSON that a cut went through: what stands before it may be a secret's beginning.
func trimEscape(s string) string {
	at := strings.LastIndexByte(s, '\\')
	if at < 0 || len(s)-at > 5 {
		return s
	}
	if rest := s[at+1:]; rest == "" || rest[0] == 'u' && strings.Trim(rest[1:], "0123456789abcdefABCDEF") == "" {
		return strings.TrimRight(s[:at], `\`)
	}
	return s
}
