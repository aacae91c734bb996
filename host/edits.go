package host

import "github.com/headfast/headfast/jsbridge/msg"

// Edit puts a text in the place of a stretch of a configuration's text.
type Edit = msg.Edit

// ApplyEdits is the text with the edits made, which are those of one Translation. It is false where they are not in order,
// overlap or lie outside the text.
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
