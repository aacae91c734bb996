package jsontext

import (
	"sort"
	"unicode/utf8"
)

// Index answers Position for many offsets of one text: a file may have thousands of values on one line, and
// counting from its start for each would take time in the square of its length.
type Index struct {
	data []byte
	// lines are the offsets where lines begin.
	lines []int
	// marks are offsets at about every markEvery bytes, each with the UTF-16 units before it.
	marks []mark
}

type mark struct{ offset, units int }

const markEvery = 128

// NewIndex reads the text once. It keeps data and must not be used after data has changed.
func NewIndex(data []byte) *Index {
	x := &Index{data: data, lines: []int{0}, marks: []mark{{}}}
	at := mark{}
	if len(data) >= 3 && string(data[:3]) == "\uFEFF" {
		at.offset = 3
		x.marks[0].offset = 3
	}
	for at.offset < len(data) {
		if at.offset-x.marks[len(x.marks)-1].offset >= markEvery {
			x.marks = append(x.marks, at)
		}
		c := data[at.offset]
		at = at.next(data)
		if c == '\n' || c == '\r' && (at.offset == len(data) || data[at.offset] != '\n') {
			x.lines = append(x.lines, at.offset)
		}
	}
	return x
}

// next is the mark behind the character at m.
func (m mark) next(data []byte) mark {
	if data[m.offset] < utf8.RuneSelf {
		return mark{m.offset + 1, m.units + 1}
	}
	r, size := utf8.DecodeRune(data[m.offset:])
	units := 1
	if r > 0xFFFF {
		units = 2
	}
	return mark{m.offset + size, m.units + units}
}

// Position is what the function of that name gives for this text.
func (x *Index) Position(offset int) (line, column int) {
	offset = min(max(offset, 0), len(x.data))
	line = sort.SearchInts(x.lines, offset+1)
	return line, x.units(offset) - x.units(x.lines[line-1]) + 1
}

// Offset is the byte offset of a place that Position gave; of any other one that is near it.
func (x *Index) Offset(line, column int) int {
	line = min(max(line, 1), len(x.lines))
	want := x.units(x.lines[line-1]) + max(column, 1) - 1
	i := sort.Search(len(x.marks), func(i int) bool { return x.marks[i].units > want })
	at := x.marks[max(i-1, 0)]
	for at.offset < len(x.data) && at.units < want {
		at = at.next(x.data)
	}
	return min(max(at.offset, x.lines[line-1]), len(x.data))
}

// units are the UTF-16 units of the characters that end at or before offset.
func (x *Index) units(offset int) int {
	i := sort.Search(len(x.marks), func(i int) bool { return x.marks[i].offset > offset })
	if i == 0 {
		return 0 // inside the byte order mark
	}
	at := x.marks[i-1]
	for at.offset < offset {
		next := at.next(x.data)
		if next.offset > offset {
			break
		}
		at = next
	}
	return at.units
}
