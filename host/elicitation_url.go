package host

import (
	"errors"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
)

// CheckURL says whether the URL may be offered to be opened: https, or http on this machine. The error says why not;
// such an elicitation is to be declined. A program must show the whole URL, and open it only when the person agreed
// (2025-11-25 and 2026-07-28, "Safe URL Handling"), as one argument and without a shell.
//
// The URL must be in ASCII, where a name cannot look like another's, and without a user name, which would stand where
// people read the host. The host must be written as a browser reads it: one with percent-encoding would be another for
// the person, and so would a number that stands for an address. A host in Punycode (xn--) is no error, but a program
// should say that it stands for a name in other letters.
func (e Elicitation) CheckURL() error {
	if strings.ContainsFunc(e.URL, func(r rune) bool { return r <= ' ' || r == '\\' || r == '"' || r > '~' }) {
		return errors.New("headfast: the URL has characters in it that no URL may have")
	}
	u, err := url.Parse(e.URL)
	switch {
	case err != nil || u.Host == "" || u.Hostname() == "":
		return errors.New("headfast: the URL cannot be read")
	case u.User != nil:
		return errors.New("headfast: the URL has a user name in it")
	case !plainHost(u.Hostname()) || encodedHost(e.URL):
		return errors.New("headfast: the URL's host is not written as it is read")
	case u.Scheme == "https", u.Scheme == "http" && loopback(u.Hostname()):
		return nil
	case u.Scheme == "http":
		return errors.New("headfast: the URL is plain http: whoever is on the way can read and change the page")
	}
	return errors.New("headfast: the URL is neither https nor http")
}

// encodedHost says whether there is a percent sign before path, query and fragment. url.Parse has decoded what follows it.
func encodedHost(text string) bool {
	_, rest, _ := strings.Cut(text, "://")
	at := strings.IndexAny(rest, "%/?#")
	return at >= 0 && rest[at] == '%'
}

// plainHost says whether a host is an address as it is usually written, or a name that no browser takes for one: it does
// so where the last part is a number (URL Standard, "ends in a number checker").
func plainHost(host string) bool {
	if address, err := netip.ParseAddr(strings.TrimSuffix(host, ".")); err == nil {
		return address.Zone() == ""
	}
	if strings.ContainsFunc(host, func(r rune) bool { return !strings.ContainsRune(hostLetters, r) }) {
		return false
	}
	name := strings.TrimSuffix(strings.ToLower(host), ".")
	return !numeric.MatchString(name[strings.LastIndexByte(name, '.')+1:])
}

const hostLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._"

var numeric = regexp.MustCompile(`^([0-9]+|0x[0-9a-f]*)$`)

func loopback(host string) bool {
	if host = strings.ToLower(strings.TrimSuffix(host, ".")); host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.IsLoopback()
}
