package sse

import "bytes"

// splitter cuts a chunk into lines at LF, CR or CRLF. It remembers where the next
// LF and the next CR are, so each byte is searched at most once for either: a
// chunk with many of one and none of the other stays linear.
type splitter struct {
	chunk  []byte
	start  int // of the next line
	lf, cr int // next of each at or after start; the chunk's length if there is none
}

// next returns the next line without its end, or what is left of the chunk and
// false. Of a CRLF that the chunk's end cuts in two, it sees the CR only.
func (s *splitter) next() (line []byte, ended bool) {
	if s.lf < s.start {
		s.lf = s.find('\n')
	}
	if s.cr < s.start {
		s.cr = s.find('\r')
	}
	end := min(s.lf, s.cr)
	line = s.chunk[s.start:end:end]
	if end == len(s.chunk) {
		return line, false
	}
	s.start = end + 1
	if end == s.cr && s.start < len(s.chunk) && s.chunk[s.start] == '\n' {
		s.start++
	}
	return line, true
}

func (s *splitter) find(c byte) int {
	if n := bytes.IndexByte(s.chunk[s.start:], c); n >= 0 {
		return s.start + n
	}
	return len(s.chunk)
}
