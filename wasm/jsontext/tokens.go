package jsontext

// Tokens calls yield for each token of value, in order, until yield returns false:
// each bracket, and each string, number, true, false and null, whole. Commas, colons
// and white space are not told. value must have passed Valid. token is raw text, a
// sub-slice of value, and offset its place in bytes from the start of value.
//
// It is one pass over value, however deep that nests, where a walk by Members and
// Elements would read what is inside once for each level.
func Tokens(value []byte, yield func(token []byte, offset int) bool) {
	for i := 0; i < len(value); {
		end := i + 1
		switch value[i] {
		case ',', ':', ' ', '\t', '\n', '\r':
			i++
			continue
		case '[', ']', '{', '}':
		case '"':
			end = skipString(value, i)
		default:
			end = skipScalar(value, i)
		}
		if !yield(value[i:end:end], i) {
			return
		}
		i = end
	}
}
