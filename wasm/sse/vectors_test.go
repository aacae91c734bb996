package sse

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A vector is one stream and all that must come of it. The files in testdata/streams hold them, line by line:
//
//	case NAME
//	in TEXT             the next bytes; each such line is also one chunk of the source's own split
//	event TYPE DATA ID  the next event
//	id TEXT             the last event ID in the end; empty without this line
//	retry NUMBER        the reconnection time in the end; none without this line
//
// TEXT, TYPE, DATA and ID are Go string literals; TEXT may be several, and 3*"ab" is "ababab".
type vector struct {
	name   string
	chunks [][]byte
	events []is
	lastID string
	retry  string
}

type is struct{ kind, data, id string }

func (v *vector) stream() []byte { return slices.Concat(v.chunks...) }

func (v *vector) want() (o outcome) {
	for _, e := range v.events {
		o.events += showEvent(e.kind, e.data, e.id)
	}
	o.lastID, o.retry = v.lastID, v.retry
	return o
}

// vectors reads all files of testdata/streams.
func vectors(t *testing.T) (all []vector) {
	t.Helper()
	files, err := filepath.Glob("testdata/streams/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			word, rest, _ := strings.Cut(line, " ")
			if word == "case" {
				all = append(all, vector{name: filepath.Base(file) + ": " + rest})
			} else if line != "" && line[0] != '#' && (len(all) == 0 || !all[len(all)-1].add(word, rest)) {
				t.Fatalf("%s:%d: %s", file, i+1, line)
			}
		}
	}
	return all
}

// add reads one line of a vector.
func (v *vector) add(word, rest string) bool {
	if word == "retry" {
		v.retry = rest
		return true
	}
	texts, ok := literals(rest)
	switch {
	case !ok:
	case word == "in":
		v.chunks = append(v.chunks, []byte(strings.Join(texts, "")))
		return true
	case word == "event" && len(texts) == 3:
		v.events = append(v.events, is{texts[0], texts[1], texts[2]})
		return true
	case word == "id" && len(texts) == 1:
		v.lastID = texts[0]
		return true
	}
	return false
}

func literals(line string) (texts []string, ok bool) {
	for line != "" {
		times := 1
		if count, rest, found := strings.Cut(line, "*"); found && line[0] != '"' {
			n, err := strconv.Atoi(count)
			if err != nil {
				return nil, false
			}
			times, line = n, rest
		}
		quoted, err := strconv.QuotedPrefix(line)
		if err != nil {
			return nil, false
		}
		text, _ := strconv.Unquote(quoted)
		texts = append(texts, strings.Repeat(text, times))
		line = strings.TrimPrefix(line[len(quoted):], " ")
	}
	return texts, true
}

// A reader is run, or a parser with a fault that the vectors must find.
type reader func(limits Limits, pieces ...[]byte) outcome

// fault says how a reader fails a vector; it is empty if it passes.
func (v *vector) fault(read reader) string {
	want := v.want()
	got, fault := cutFault(read, Limits{}, v.stream())
	switch {
	case fault != "":
		return fault
	case got != want:
		return show("whole", got, want)
	}
	if got := read(Limits{}, v.chunks...); got != want {
		return show("in the source's chunks", got, want)
	}
	return ""
}

// shortStream is up to how many bytes a stream is also cut in three at every pair of positions.
const shortStream = 64

// cutFault reads a stream whole, byte by byte, in threes with empty chunks between, in two pieces at every
// position and, if it is short, in three. It returns what the whole is and how another way differs from it.
func cutFault(read reader, limits Limits, data []byte) (whole outcome, fault string) {
	whole = read(limits, data)
	try := func(how string, pieces ...[]byte) {
		if got := read(limits, pieces...); fault == "" && got != whole {
			fault = show(how, got, whole)
		}
	}
	try("byte by byte", split(data, 1)...)
	var threes [][]byte
	for _, piece := range split(data, 3) {
		threes = append(threes, nil, piece)
	}
	try("in threes", threes...)
	for i := range len(data) + 1 {
		try("cut at "+strconv.Itoa(i), data[:i], data[i:])
		for j := i; j <= len(data) && len(data) < shortStream; j++ {
			try("cut at "+strconv.Itoa(i)+" and "+strconv.Itoa(j), data[:i], data[i:j], data[j:])
		}
	}
	return whole, fault
}

func show(how string, got, want outcome) string {
	return how + ":\n got " + strconv.Quote(got.events+got.failure) + " id " + strconv.Quote(got.lastID) + " retry " + got.retry +
		"\nwant " + strconv.Quote(want.events+want.failure) + " id " + strconv.Quote(want.lastID) + " retry " + want.retry
}

func TestVectors(t *testing.T) {
	all := vectors(t)
	for _, v := range all {
		if fault := v.fault(run); fault != "" {
			t.Errorf("%s %q\n%s", v.name, v.stream(), fault)
		}
		if got := reference(v.stream()); got != v.want() {
			t.Errorf("%s %q: the reference reads %+v", v.name, v.stream(), got)
		}
	}
	if len(all) < 100 {
		t.Errorf("%d vectors", len(all))
	}
}

// flips are a text with each of its bytes changed, and with one more.
func flips(text string) []string {
	out := []string{text + "x"}
	for i := range len(text) {
		b := []byte(text)
		b[i] ^= 1
		out = append(out, string(b))
	}
	return out
}

// TestWrongExpectations: one changed byte anywhere in what a vector expects is found, and an event too few or
// too many.
func TestWrongExpectations(t *testing.T) {
	for _, v := range vectors(t) {
		got := run(Limits{}, v.stream())
		wrong := func(what string, v vector) {
			if v.want() == got {
				t.Errorf("%s: with %s it passes", v.name, what)
			}
		}
		for i, e := range v.events {
			change := func(what string, e is) {
				w := v
				w.events = slices.Clone(v.events)
				w.events[i] = e
				wrong(what, w)
			}
			for _, s := range flips(e.kind) {
				change("another type", is{s, e.data, e.id})
			}
			for _, s := range flips(e.data) {
				change("other data", is{e.kind, s, e.id})
			}
			for _, s := range flips(e.id) {
				change("another ID", is{e.kind, e.data, s})
			}
			w := v
			w.events = slices.Delete(slices.Clone(v.events), i, i+1)
			wrong("an event too few", w)
			w.events = slices.Insert(slices.Clone(v.events), i, e)
			wrong("an event too many", w)
		}
		for _, s := range flips(v.lastID) {
			w := v
			w.lastID = s
			wrong("another last ID", w)
		}
		for _, s := range flips(v.retry) {
			w := v
			w.retry = s
			wrong("another retry", w)
		}
	}
}
