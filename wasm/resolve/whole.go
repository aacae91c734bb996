package resolve

import (
	"strconv"
	"strings"

	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/trace"
)

// What a person agrees to is shown whole, for what is left out could be what does harm. Only a word that can be nothing
// but a key is left out: where a key is expected, and of characters of which no path, address or line of code is.

// opaque says that a text can be a key and no path, address or code.
func opaque(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("_-+=~", c) >= 0) {
			return false
		}
	}
	return s != ""
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
	return wholeURL(text)
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
