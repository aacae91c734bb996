package transport

import "bytes"

// Lines cuts what a process writes into lines (stdio: one message on each). The zero value is ready.
type Lines struct {
	// Max bounds one line, in bytes; 0 is MaxMessage. Cut says what to do with a longer one: cut it there and
	// leave out the rest, or give TooLargeError.
	Max int
	Cut bool

	rest []byte
	// skipping says that the rest of the line is to be left out.
	skipping bool
}

// Feed takes a piece. Lines are handed on as they end, without their end (LF or CRLF); they are only valid during
// the call.
func (l *Lines) Feed(data []byte, yield func(line []byte)) error {
	for {
		end := bytes.IndexByte(data, '\n')
		if end < 0 {
			return l.keep(data, yield)
		}
		line := data[:end]
		data = data[end+1:]
		if l.skipping {
			l.skipping = false
			continue
		}
		if len(l.rest) > 0 || len(line) > l.max() {
			if err := l.keep(line, yield); err != nil {
				return err
			}
			if l.skipping {
				l.skipping = false
				continue
			}
			line, l.rest = l.rest, l.rest[:0]
		}
		yield(bytes.TrimSuffix(line, []byte("\r")))
	}
}

func (l *Lines) max() int {
	if l.Max == 0 {
		return MaxMessage
	}
	return l.Max
}

// keep holds back a line that has not ended.
func (l *Lines) keep(data []byte, yield func(line []byte)) error {
	if l.skipping {
		return nil
	}
	room := l.max() - len(l.rest)
	if len(data) <= room {
		l.rest = extend(l.rest, data, 0)
		return nil
	}
	if !l.Cut {
		return TooLargeError{}
	}
	yield(append(l.rest, data[:room]...))
	l.rest, l.skipping = l.rest[:0], true
	return nil
}

// Kept is how many bytes are held back for a line that has not ended.
func (l *Lines) Kept() int { return cap(l.rest) }

// End hands on a last line that has no end.
func (l *Lines) End(yield func(line []byte)) {
	if len(l.rest) > 0 {
		yield(bytes.TrimSuffix(l.rest, []byte("\r")))
	}
	l.rest = nil
}
