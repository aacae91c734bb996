package host

import "github.com/headfast/headfast/jsbridge/msg"

// Edit puts a text in the place of a stretch of a configuration's text.
type Edit = msg.Edit

// ApplyEdits is the text with the edits made, which are those of one Translation. It is false where they are not in order,
// overlap or lie outside the text.
func ApplyEdits(text []byte, edits []Edit) (out []byte, ok bool) { return msg.ApplyEdits(text, edits) }
