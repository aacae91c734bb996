package host

import (
	"errors"
	"net/netip"
	"net/url"
	"strings"
)

// CheckURL says whether the URL may be offered to be opened: https, or http on this machine. The error says why not;
// such an elicitation is to be declined. A program must show the whole URL, and open it only when the person agreed
// (2025-11-25 and 2026-07-28, "Safe URL Handling"), as one argument and without a shell.
//
// The URL must be in ASCII, where a name cannot look like another's, and without a user name, which would stand where
// people read the host.
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
	case u.Scheme == "https", u.Scheme == "http" && loopback(u.Hostname()):
		return nil
	case u.Scheme == "http":
		return errors.New("headfast: the URL is plain http: whoever is on the way can read and change the page")
	}
	return errors.New("headfast: the URL is neither https nor http")
}

func loopback(host string) bool {
	if host = strings.ToLower(strings.TrimSuffix(host, ".")); host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.IsLoopback()
}
