package problem

import "strconv"

func itoa(n uint32) string { return strconv.FormatUint(uint64(n), 10) }

// Join writes names as a sentence does: "a", "a and b", "a, b and c".
func Join(names []string) string {
	out := ""
	for i, n := range names {
		switch {
		case i == 0:
		case i == len(names)-1:
			out += " and "
		default:
			out += ", "
		}
		out += n
	}
	return out
}

// Answered is who answered with what, and the server's own words: verbatim, in quotation marks.
func Answered(who, what, words string) string {
	if words == "" {
		return who + " answered " + what + ". The server gave no reason."
	}
	return who + " answered " + what + `: "` + words + `".`
}
