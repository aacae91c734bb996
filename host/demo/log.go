package demo

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// log writes one line a request in the form of the report's server log
// (uvicorn's), then the watched headers that came, as fingerprints:
//
//	INFO: 127.0.0.1:36194 - "POST /mcp HTTP/1.1" 200 OK; X-API-Key (14 characters)
type log struct {
	to      io.Writer
	level   string
	watched []string
	mu      *sync.Mutex
}

// watched are the headers worth a word: whatever can carry a credential.
func watched(key string) []string {
	names := []string{http.CanonicalHeaderKey(key)}
	for _, name := range []string{"Authorization", "Proxy-Authorization", "Cookie", "X-Api-Key", "Mcp-Session-Id"} {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	names[0] = key
	return names
}

// named is the same log for the listener that the level names.
func (l *log) named(level string) *log {
	if l.mu == nil {
		l.mu = new(sync.Mutex)
	}
	return &log{to: l.to, level: level, watched: l.watched, mu: l.mu}
}

func (l *log) line(r *http.Request, status int) {
	if l.to == nil {
		return
	}
	what := "connection closed without an answer"
	if status != 0 {
		what = strings.TrimSpace(fmt.Sprint(status, " ", http.StatusText(status)))
	}
	request := fmt.Sprintf("%s %s %s", r.Method, r.RequestURI, r.Proto)
	line := fmt.Sprintf("%s: %s - %q %s%s\n", l.level, r.RemoteAddr, request, what, l.headers(r.Header))
	l.mu.Lock()
	defer l.mu.Unlock()
	io.WriteString(l.to, line)
}

func (l *log) headers(h http.Header) string {
	var came []string
	for _, name := range l.watched {
		for _, value := range h.Values(name) {
			came = append(came, name+" ("+fingerprint(value)+")")
		}
	}
	if origin := h.Get("Origin"); origin != "" {
		came = append(came, "Origin "+origin)
	}
	if came == nil {
		return ""
	}
	return "; " + strings.Join(came, ", ")
}

// fingerprint tells a value apart without giving it: the last four characters
// of 20 or more, else only how many there are.
func fingerprint(value string) string {
	text := []rune(value)
	if len(text) >= 20 {
		return fmt.Sprintf("ends in %q", string(text[len(text)-4:]))
	}
	return fmt.Sprintf("%d characters", len(text))
}
