package trace

import (
	"slices"
	"strings"
)

// forms are the secrets' forms in lower case, found in a text by their first bytes: a server may have many
// configured headers with many forms each, and a long text is to be read once, not once for each.
type forms struct {
	all    []string
	starts map[uint32][]string
	// first says which bytes a form begins with, to pass over the others without a look into the map.
	first [256]bool
}

// add makes a form known. It has at least shortest bytes.
func (f *forms) add(form string) {
	form = lower(form)
	key := start(form)
	same := f.starts[key]
	if slices.Contains(same, form) {
		return
	}
	if f.starts == nil {
		f.starts = map[uint32][]string{}
	}
	at := 0
	for at < len(same) && len(same[at]) >= len(form) {
		at++
	}
	f.starts[key] = slices.Insert(same, at, form) // the longest first: one that contains another is taken out whole
	f.all = append(f.all, form)
	f.first[form[0]] = true
}

// start is the first bytes of a text as one number.
func start(s string) uint32 {
	_ = s[3]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// at is the length of the longest form that begins at i, of more than n bytes, or 0.
func (f *forms) at(s string, i, n int) int {
	if !f.first[s[i]] {
		return 0
	}
	for _, form := range f.starts[start(s[i:])] {
		if len(form) <= n {
			return 0
		}
		if strings.HasPrefix(s[i:], form) {
			return len(form)
		}
	}
	return 0
}

// at is the length of the longest form of any secret that begins at i, of more than n bytes, or 0.
func (r *Redactor) at(s string, i, n int) int {
	longest := 0
	for set := range r.sets {
		longest = max(longest, r.sets[set].at(s, i, max(n, longest)))
	}
	return longest
}

// next finds the first stretch of s, which is in lower case, that forms cover: those that overlap are one stretch.
// Without one, from is -1.
func (r *Redactor) next(s string) (from, to int) {
	from = -1
	for i := 0; i+shortest <= len(s); i++ {
		if from >= 0 && i >= to {
			break
		}
		if n := r.at(s, i, to-i); n > 0 {
			if from < 0 {
				from = i
			}
			to = i + n
		}
	}
	return from, to
}

// replace puts Redacted in the place of every stretch that forms cover.
func (r *Redactor) replace(s string) string {
	folded := lower(s)
	from, to := r.next(folded)
	if from < 0 {
		return s
	}
	var b strings.Builder
	for from >= 0 {
		b.WriteString(s[:from] + Redacted)
		s, folded = s[to:], folded[to:]
		from, to = r.next(folded)
	}
	return b.String() + s
}
