package jsontext

// scanScalar checks the number or literal name at i and returns the offset after
// it, or of its first fault.
func scanScalar(data []byte, i int) (int, Reason) {
	switch c := data[i]; {
	case c == '-' || isDigit(c):
		return scanNumber(data, i)
	case c == 't':
		return scanName(data, i, "true")
	case c == 'f':
		return scanName(data, i, "false")
	case c == 'n':
		return scanName(data, i, "null")
	}
	return i, UnexpectedCharacter
}

func scanName(data []byte, i int, name string) (int, Reason) {
	for j := 0; j < len(name); j, i = j+1, i+1 {
		if i == len(data) {
			return i, UnexpectedEnd
		}
		if data[i] != name[j] {
			return i, UnexpectedCharacter
		}
	}
	return i, ""
}

// scanNumber follows RFC 8259, section 6: [ minus ] int [ frac ] [ exp ].
func scanNumber(data []byte, i int) (int, Reason) {
	if data[i] == '-' {
		i++
	}
	first := i
	i, reason := scanDigits(data, i)
	if reason != "" {
		return i, reason
	}
	if data[first] == '0' && i > first+1 {
		return first, LeadingZero
	}
	if i < len(data) && data[i] == '.' {
		if i, reason = scanDigits(data, i+1); reason != "" {
			return i, reason
		}
	}
	if i < len(data) && (data[i] == 'e' || data[i] == 'E') {
		i++
		if i < len(data) && (data[i] == '+' || data[i] == '-') {
			i++
		}
		return scanDigits(data, i)
	}
	return i, ""
}

// scanDigits passes over one or more digits.
func scanDigits(data []byte, i int) (int, Reason) {
	if i == len(data) {
		return i, UnexpectedEnd
	}
	if !isDigit(data[i]) {
		return i, UnexpectedCharacter
	}
	for i < len(data) && isDigit(data[i]) {
		i++
	}
	return i, ""
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
