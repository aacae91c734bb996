package oauth

import (
	"strconv"
	"strings"

	"github.com/headfast/headfast/wasm/jsontext"
)

func (d *fields) has(name string) bool {
	v, ok := d.members[name]
	return ok && string(v) != "null"
}

// text is a string member of ordinary length; empty where there is none.
func (d *fields) text(name string) string { return d.bounded(name, longest) }

func (d *fields) bounded(name string, most int) string {
	if !d.has(name) {
		return ""
	}
	s, ok := jsontext.Unquote(d.members[name])
	switch {
	case !ok:
		d.fail("its " + name + " is not a string")
	case len(s) > most:
		d.fail("its " + name + " is too long")
	}
	return s
}

// flag is true only for the literal.
func (d *fields) flag(name string) bool { return string(d.members[name]) == "true" }

// list is an array of strings.
func (d *fields) list(name string) (all []string) {
	if !d.has(name) {
		return nil
	}
	value := d.members[name]
	if value[0] != '[' {
		d.fail("its " + name + " is not an array")
		return nil
	}
	jsontext.Elements(value, func(el []byte, _ int) bool {
		s, ok := jsontext.Unquote(el)
		if !ok || len(s) > longest || len(all) == mostStrings {
			d.fail("its " + name + " holds what is no string, or too much")
			return false
		}
		all = append(all, s)
		return true
	})
	return all
}

// words is a list with spaces in one string (RFC 6749 section 3.3), which some servers write as an array.
func (d *fields) words(name string) string {
	if !d.has(name) || d.members[name][0] != '[' {
		return d.text(name)
	}
	s := strings.Join(d.list(name), " ")
	if len(s) > longest {
		d.fail("its " + name + " is too long")
	}
	return s
}

// number is a number from 0 to most without its fraction, which some servers write as a string; 0 where it is none.
func (d *fields) number(name string, most float64) int64 {
	text := string(d.members[name])
	if s, ok := jsontext.Unquote(d.members[name]); ok {
		text = s
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || f < 0 || f != f {
		return 0
	}
	return int64(min(f, most))
}

func (d *fields) fail(why string) {
	if d.bad == "" {
		d.bad = why
	}
}

// visible says that a text is ASCII without white space and control characters.
func visible(s string) bool { return printable(s) && strings.IndexByte(s, ' ') < 0 }

// printable says that a text is ASCII without control characters.
func printable(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}
