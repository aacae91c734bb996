package resolve

import (
	"strconv"
	"strings"

	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/trace"
)

// What a person agrees to is shown whole, for what is left out could be what does harm. Only a word that can be nothing
// but a key is left out: where a key is expected, and of characters of which no path, address or line of code is.

// opaque says that a text can be a key and no path, address, flag or code: letters, digits and what base64 and UUIDs have
// besides, or a JWT (RFC 7519). A "=" is base64's at the end only, and a "~" or a "-" at the begin would be a path or a flag.
func opaque(s string) bool {
	if parts := strings.Split(s, "."); len(parts) == 3 && strings.HasPrefix(s, "eyJ") && len(parts[2]) >= leastSignature {
		s = parts[0] + parts[1] + parts[2]
	}
	s = strings.TrimRight(s, "=")
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("_-+~", c) >= 0) {
			return false
		}
	}
	return s != "" && s[0] != '-' && s[0] != '~'
}

// leastSignature is of how many characters a JWT's signature is at least: more than the ending of a file's name or of a
// host's can be.
const leastSignature = 40

// leastBeside is of how many characters a literal is at least that is taken for a key though a variable stands beside it.
const leastBeside = 16

// source is a value where a key is expected: the key's fingerprint, and everything else as it stands in the file.
func source(v config.Value) string {
	pieces := v.Pieces()
	if len(pieces) == 1 && pieces[0].Name == "" {
		text := strings.TrimSpace(pieces[0].Literal)
		if _, key := trace.SplitScheme(text); opaque(key) {
			return "in the file, " + printed(text)
		}
	}
	return wholeURL(made(pieces, leastBeside, 1))
}

// made is a value with all that the file puts into it, but for keys: literals of so many characters, and defaults.
func made(pieces []config.Piece, literal, fallback int) string {
	text := ""
	for _, p := range pieces {
		written, is := strings.CutSuffix(p.Written, p.Default+"}")
		switch {
		case p.Name == "":
			text += keyless(p.Literal, literal)
		case p.HasDefault && is && strings.HasSuffix(written, ":-"):
			text += written + keyless(p.Default, fallback) + "}"
		case p.HasDefault:
			text += "${" + p.Name + ":-" + keyless(p.Default, fallback) + "}"
		case p.Written == "" || p.Written == p.Name:
			text += "${" + p.Name + "}"
		default:
			text += p.Written
		}
	}
	return text
}

// keyless is a text without the key that it is, but for a scheme, where the key has so many characters.
func keyless(text string, least int) string {
	trimmed := strings.TrimSpace(text)
	if _, key := trace.SplitScheme(trimmed); len(key) >= least && opaque(key) {
		before, after, _ := strings.Cut(text, trimmed)
		return before + strings.TrimSuffix(trimmed, key) + hidden(key) + after
	}
	return text
}

// cookies hides the values of a Cookie header (RFC 6265 section 4.2.1) that can be keys.
func cookies(text string) string {
	all := strings.Split(text, "; ")
	for i, pair := range all {
		if name, value, ok := strings.Cut(pair, "="); ok {
			all[i] = name + "=" + keyless(value, 1)
		}
	}
	return strings.Join(all, "; ")
}

// told is a value that is shown whole: as the file has it, or what the file itself puts into it from elsewhere.
func told(v config.Value) string {
	pieces := v.Pieces()
	if made(pieces, len(v.Text)+1, len(v.Text)+1) == v.Text {
		return wholeURL(v.Text)
	}
	return wholeURL(made(pieces, leastBeside, 1))
}

// printed is a secret's fingerprint.
func printed(value string) string {
	f := trace.Print(value)
	text := strconv.Itoa(int(f.Length)) + " characters"
	if f.Length == 1 {
		text = "1 character"
	}
	if f.Tail != "" {
		text = "...." + f.Tail + ", " + text
	}
	if f.Scheme != "" {
		text = f.Scheme + " " + text
	}
	return text
}

func hidden(value string) string { return "[" + printed(value) + "]" }

// argument is one argument of a command: whole, but for a key.
func argument(words []config.Value, i int) string {
	text := words[i].Text
	if secretArgument(words, i) && opaque(text) {
		return hidden(text)
	}
	if _, value, ok := headerArgument(words, i); ok {
		if _, key := trace.SplitScheme(value); opaque(key) {
			return strings.TrimSuffix(strings.TrimSpace(text), key) + hidden(key)
		}
	}
	if name, value, ok := strings.Cut(text, "="); ok && named(strings.TrimLeft(name, "-")) && opaque(value) {
		return name + "=" + hidden(value)
	}
	return told(words[i])
}

// wholeURL is a text without what stands before the "@" of a URL's authority, and the values of its query, where these
// can be keys.
func wholeURL(text string) string {
	scheme, rest, is := strings.Cut(text, "://")
	if !is {
		return text
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	authority, tail := rest[:end], rest[end:]
	if at := strings.LastIndexByte(authority, '@'); at >= 0 {
		user, password, _ := strings.Cut(authority[:at], ":")
		if opaque(user + password) {
			authority = hidden(authority[:at]) + authority[at:]
		}
	}
	path, query, is := strings.Cut(tail, "?")
	if is {
		all := strings.Split(query, "&")
		for i, pair := range all {
			if name, value, _ := strings.Cut(pair, "="); opaque(value) {
				all[i] = name + "=" + hidden(value)
			}
		}
		path += "?" + strings.Join(all, "&")
	}
	return scheme + "://" + authority + path
}
