package weburl

import (
	"strconv"
	"strings"
)

func (u *URL) setAuthority(s string) error {
	if strings.IndexByte(s, '@') >= 0 {
		return Error("it carries a user name or password; put a credential into headers")
	}
	host, port := s, ""
	if i := strings.LastIndexByte(s, ':'); i > strings.LastIndexByte(s, ']') {
		host, port = s[:i], s[i+1:]
	}
	u.Host = strings.ToLower(host)
	if err := checkHost(u.Host); err != nil {
		return err
	}
	return u.setPort(port)
}

func (u *URL) setPort(port string) error {
	if port == "" {
		return nil
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || port[0] == '+' {
		return Error("its port is not a number from 0 to 65535")
	}
	if n == 80 && u.Scheme == "http" || n == 443 && u.Scheme == "https" {
		return nil
	}
	u.Port = strconv.FormatUint(n, 10)
	return nil
}

func checkHost(h string) error {
	if h == "" {
		return Error("it has no host")
	}
	if h[0] == '[' {
		return checkIPv6(h)
	}
	for i := 0; i < len(h); i++ {
		if c := h[i]; !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_') {
			return Error("its host has the character " + strconv.QuoteRune(rune(c)))
		}
	}
	if strings.Contains(h, "..") || h[0] == '.' {
		return Error("its host has an empty label")
	}
	name := strings.TrimSuffix(h, ".")
	last := name[strings.LastIndexByte(name, '.')+1:]
	if numeric(last) && !isIPv4(h) {
		return Error("its host is an IPv4 address in an unusual form; write four decimal numbers")
	}
	return nil
}

// numeric is the WHATWG "ends in a number" test: such a host is an IPv4 address or an error.
func numeric(label string) bool {
	if label == "" {
		return false
	}
	digits := strings.TrimPrefix(label, "0x")
	for i := 0; i < len(digits); i++ {
		c := digits[i]
		hex := len(digits) < len(label) && c >= 'a' && c <= 'f'
		if !hex && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

func isIPv4(h string) bool {
	parts := strings.Split(h, ".")
	if len(parts) != 4 {
		return false
	}
	for _, p := range parts {
		n, err := strconv.ParseUint(p, 10, 8)
		if err != nil || strconv.FormatUint(n, 10) != p {
			return false
		}
	}
	return true
}

// checkIPv6 takes brackets, hexadecimal groups and one "::"; no zone and no embedded IPv4.
func checkIPv6(h string) error {
	bad := Error("its host is not an IPv6 address in brackets")
	if len(h) < 4 || h[len(h)-1] != ']' {
		return bad
	}
	in := h[1 : len(h)-1]
	head, tail, gap := strings.Cut(in, "::")
	if strings.Contains(tail, "::") {
		return bad
	}
	n, ok := groups(head)
	m, ok2 := groups(tail)
	if !ok || !ok2 || !gap && n != 8 || gap && n+m > 7 {
		return bad
	}
	return nil
}

func groups(s string) (int, bool) {
	if s == "" {
		return 0, true
	}
	parts := strings.Split(s, ":")
	for _, p := range parts {
		if _, err := strconv.ParseUint(p, 16, 16); err != nil || len(p) > 4 || p[0] == '+' {
			return 0, false
		}
	}
	return len(parts), true
}

// removeDots is RFC 3986 section 5.2.4, with %2e read as a dot as browsers do.
func removeDots(path string) string {
	if !strings.Contains(path, ".") && !strings.Contains(path, "%2") {
		return "/" + strings.TrimPrefix(path, "/")
	}
	var out []string
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	for i, p := range parts {
		last := i == len(parts)-1
		switch strings.ReplaceAll(strings.ToLower(p), "%2e", ".") {
		case ".":
			if last {
				out = append(out, "")
			}
		case "..":
			if len(out) > 0 {
				out = out[:len(out)-1]
			}
			if last {
				out = append(out, "")
			}
		default:
			out = append(out, p)
		}
	}
	return "/" + strings.Join(out, "/")
}
