package msg

import "sort"

// ApplyEdits is the text with the edits made. It is false where they are not in order, overlap or lie outside the text.
func ApplyEdits(text []byte, edits []Edit) (out []byte, ok bool) {
	done := 0
	for _, e := range edits {
		start, end := int(e.At.Start), int(e.At.End)
		if start < done || end < start || end > len(text) {
			return nil, false
		}
		out = append(append(out, text[done:start]...), e.Text...)
		done = end
	}
	return append(out, text[done:]...), true
}

// MergeEdits adds edits to others, in the text's order. It is false, and nothing is added, where they touch each other.
func MergeEdits(all, more []Edit) ([]Edit, bool) {
	merged := append(append([]Edit(nil), all...), more...)
	sort.SliceStable(merged, func(i, j int) bool { return merged[i].At.Start < merged[j].At.Start })
	for i := 1; i < len(merged); i++ {
		if before := merged[i-1].At; merged[i].At.Start < before.End || merged[i].At.Start == before.Start {
			return all, false
		}
	}
	return merged, true
}
