package trace

import "github.com/headfast/headfast/wasm/jsontext"

// JSON is a valid JSON text without any known secret, and still valid: a string or number that holds one is
// rewritten, every other byte stays. A secret that is itself a piece of JSON takes all of it.
func (r *Redactor) JSON(data []byte) []byte {
	var out []byte
	done := 0
	jsontext.Scalars(data, func(start, end int) {
		if end-start < shortest {
			return
		}
		if redacted, changed := r.scalar(data[start:end]); changed {
			out = append(append(out, data[done:start]...), redacted...)
			done = end
		}
	})
	out = append(out, data[done:]...)
	if from, _ := r.next(lower(string(out))); from >= 0 {
		return jsontext.AppendString(nil, Redacted)
	}
	return out
}

// scalar redacts a string by what it says, however it is written; a number has no place for Redacted.
func (r *Redactor) scalar(raw []byte) (redacted []byte, changed bool) {
	text, isString := jsontext.Unquote(raw)
	if !isString {
		text = string(raw)
	}
	clean := decoding(text, r.replace, deepest)
	if clean == text {
		return nil, false
	}
	return jsontext.AppendString(nil, clean), true
}
