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

// Quote puts the server's own words into quotation marks, or says that there were none.
func Quote(words string) string {
	if words == "" {
		return "The server gave no reason."
	}
	return `The server says: "` + words + `".`
}
