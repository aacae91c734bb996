package translate

import (
	"strings"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/dialect"
)

// given gives each variable a value that tells which it is, and that can be all of a URL: but not those that the entry
// itself sets, for clients that have the environment go before that.
func given(e *config.Entry) func(string) (string, bool) {
	return func(name string) (string, bool) {
		for _, v := range e.Env {
			if v.Name == name && !v.Value.Is(name) {
				return "", false
			}
		}
		return "https://" + name, true
	}
}

// told says whether a loss names a thing.
func told(losses []msg.Loss, name string) bool {
	for _, l := range losses {
		if strings.Contains(l.Text, name) {
			return true
		}
	}
	return false
}

// readBack is the one entry of a text, as the client reads it.
func readBack(t *testing.T, d *config.Dialect, text string) *config.Entry {
	t.Helper()
	file, e := config.Read(d, "f", []byte(text))
	if e != nil || len(file.Entries) != 1 {
		t.Fatalf("%s does not read\n%s", d.ID, text)
	}
	return file.Entries[0]
}

// TestMeaningStays: every entry of every vector, written for every client and read as that client does, means what it
// meant, or a loss names what does not. Each loss has its place in the source, and no key is in the text or in a loss.
func TestMeaningStays(t *testing.T) {
	said := 0
	for _, s := range entries(t) {
		for _, d := range dialect.All {
			out, e := Entry(s.entry, d, "", nil)
			if e != nil {
				if e.Title == "" || e.Where.Line == 0 {
					t.Errorf("%s to %s: refused without words or a place", s.name, d.ID)
				}
				continue
			}
			said++
			compare(t, s.name+" to "+d.ID, s.entry.Used(), readBack(t, d, out.Text).Used(), out.Losses)
			if s.entry.Disabled != readBack(t, d, out.Text).Disabled && !told(out.Losses, "switched off") {
				t.Errorf("%s to %s: switched off is lost", s.name, d.ID)
			}
			for _, l := range out.Losses {
				if l.Where.Line == 0 || l.Where.File != s.entry.Where.File || strings.HasSuffix(l.Text, ".") {
					t.Errorf("%s to %s: %+v", s.name, d.ID, l)
				}
			}
		}
	}
	if said < 3000 {
		t.Errorf("only %d were said", said)
	}
}

func compare(t *testing.T, what string, from, to *config.Entry, losses []msg.Loss) {
	t.Helper()
	want, got := from.Mean(given(from)), to.Mean(given(to))
	if got.Refused != "" {
		t.Errorf("%s: not used: %s", what, got.Refused)
		return
	}
	if want.Transports[0] != got.Transports[0] && !told(losses, "HTTP+SSE") && !told(losses, "type is not known") {
		t.Errorf("%s: %v became %v", what, want.Transports, got.Transports)
	}
	if want.URL.Text != got.URL.Text && !told(losses, "the URL") && !told(losses, "under the name") {
		t.Errorf("%s: the URL %q became %q", what, want.URL.Text, got.URL.Text)
	}
	if want.Command.Text != got.Command.Text && !told(losses, "the command") {
		t.Errorf("%s: the command %q became %q", what, want.Command.Text, got.Command.Text)
	}
	if want.Client.Text != got.Client.Text && !told(losses, "clientId") {
		t.Errorf("%s: the client %q became %q", what, want.Client.Text, got.Client.Text)
	}
	for i, a := range want.Args {
		if (i >= len(got.Args) || got.Args[i].Text != a.Text) && !told(losses, "argument "+digits(i+1)) {
			t.Errorf("%s: argument %d is lost", what, i+1)
		}
	}
	if len(got.Args) > len(want.Args) || len(got.Headers) > len(want.Headers) || len(got.Env) > len(want.Env) {
		t.Errorf("%s: there is more than there was", what)
	}
	lists(t, what, "the header ", want.Headers, got.Headers, losses)
	lists(t, what, "the variable ", want.Env, got.Env, losses)
}

func lists(t *testing.T, what, kind string, want, got []config.Sent, losses []msg.Loss) {
	t.Helper()
	for _, w := range want {
		same := told(losses, kind+w.Name) || told(losses, "under the name")
		for _, g := range got {
			same = same || strings.EqualFold(g.Name, w.Name) && g.Text == w.Text
		}
		if !same {
			t.Errorf("%s: %s%s is lost: %v became %v", what, kind, w.Name, want, got)
		}
	}
}

// TestOwn: to the own dialect an entry keeps its meaning without a loss, but for keys, which are copied nowhere, for
// objects that only the client knows, and for a project's switching it off in another file.
func TestOwn(t *testing.T) {
	for _, s := range entries(t) {
		out, e := Entry(s.entry, s.entry.Dialect, "", nil)
		if e != nil {
			continue
		}
		for _, l := range out.Losses {
			if !told(out.Losses, "not copied") && !strings.HasSuffix(l.Text, "is not carried over") && !strings.Contains(l.Text, "switched off") {
				t.Errorf("%s: %s\n%s", s.name, l.Text, out.Text)
			}
		}
	}
}
