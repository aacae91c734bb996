package jsontext

import "bytes"

// Members calls yield for each member of object, in order, duplicates included,
// until yield returns false. object must have passed Valid and be an object, with
// white space around it or not; on any other value, yield is not called.
//
// key is unescaped. value is the raw text of the value, a sub-slice of object
// without white space around it. Both offsets are in bytes from the start of
// object; keyOffset is that of the key's opening quote.
//
// Only this level is visited: one pass over object, however deep it nests.
func Members(object []byte, yield func(key string, keyOffset int, value []byte, valueOffset int) bool) {
	for i := enter(object, '{', '}'); i < len(object); {
		keyEnd := skipValue(object, i)
		colon := skipSpace(object, keyEnd)
		start := skipSpace(object, min(colon+1, len(object)))
		end := skipValue(object, start)
		if keyEnd-i < 2 || end == start {
			return // not an object that passed Valid
		}
		if !yield(Unescape(object[i+1:keyEnd-1]), i, object[start:end:end], start) {
			return
		}
		i = next(object, end)
	}
}

// Elements calls yield for each element of array, in order, until yield returns
// false. array must have passed Valid and be an array, with white space around it
// or not; on any other value, yield is not called. value is raw text, a sub-slice
// of array, and offset its place in bytes from the start of array.
func Elements(array []byte, yield func(value []byte, offset int) bool) {
	for i := enter(array, '[', ']'); i < len(array); {
		end := skipValue(array, i)
		if end == i || !yield(array[i:end:end], i) {
			return
		}
		i = next(array, end)
	}
}

// Scalars calls yield with the place of each scalar of data, which must have passed
// Valid, in order and however deep: strings, member names among them, numbers and
// literal names.
func Scalars(data []byte, yield func(start, end int)) {
	for i := 0; i < len(data); {
		end := skipScalar(data, i)
		if data[i] == '"' {
			end = skipString(data, i)
		}
		if end > i {
			yield(i, end)
		}
		i = max(end, i+1)
	}
}

// enter returns the offset of the first thing inside the brackets, or the length
// of data if there is none.
func enter(data []byte, open, closing byte) int {
	i := skipSpace(data, 0)
	if i == len(data) || data[i] != open {
		return len(data)
	}
	i = skipSpace(data, i+1)
	if i < len(data) && data[i] == closing {
		return len(data)
	}
	return i
}

// next returns the offset of what follows the comma after a value that ends at
// end, or the length of data if no comma follows.
func next(data []byte, end int) int {
	i := skipSpace(data, end)
	if i == len(data) || data[i] != ',' {
		return len(data)
	}
	return skipSpace(data, i+1)
}

// skipValue returns the offset after the valid value at i. Brackets match in a
// valid value, so counting them is enough, and strings are jumped over.
func skipValue(data []byte, i int) int {
	depth := 0
	for i < len(data) {
		switch data[i] {
		case '"':
			i = skipString(data, i)
		case '[', '{':
			depth++
			i++
		case ']', '}':
			depth--
			i++
		case ',', ':', ' ', '\t', '\n', '\r':
			i++
			continue
		default:
			i = skipScalar(data, i)
		}
		if depth <= 0 {
			break
		}
	}
	return i
}

// skipString returns the offset after the string that begins at i. A quote ends
// it if an even number of backslashes stands before the quote.
func skipString(data []byte, i int) int {
	start := i + 1
	for i = start; ; i++ {
		n := bytes.IndexByte(data[i:], '"')
		if n < 0 {
			return len(data)
		}
		i += n
		slashes := 0
		for i-slashes > start && data[i-slashes-1] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return i + 1
		}
	}
}

func skipScalar(data []byte, i int) int {
	for i < len(data) {
		switch data[i] {
		case ',', ']', '}', ':', '"', '[', '{', ' ', '\t', '\n', '\r':
			return i
		}
		i++
	}
	return i
}
