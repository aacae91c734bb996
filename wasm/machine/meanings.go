package machine

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/dialect"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/resolve"
	"github.com/headfast/headfast/wasm/trace"
)

// client is one that is asked for; its dialect is nil where none is known by the name.
type client struct {
	id      string
	dialect *config.Dialect
}

// dialects are the clients of these names, each once; "all" is every one.
func dialects(ids []string) []client {
	var all []client
	for _, id := range ids {
		if id == "all" {
			all = nil
			for _, d := range dialect.All {
				all = append(all, client{d.ID, d})
			}
			return all
		}
		all = append(all, client{id, dialect.Find(id)})
	}
	return all
}

// variables are those of an entry, as it is read here and by the clients, each once.
func variables(entry *config.Entry, clients []client) []string {
	names := entry.Variables()
	seen := map[string]bool{}
	for _, name := range names {
		seen[name] = true
	}
	for _, c := range clients {
		if c.dialect == nil {
			continue
		}
		for _, name := range entry.As(c.dialect).Variables() {
			if !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
		}
	}
	return names
}

// meanings are what these clients would make of the entry that is looked up. A name that no dialect has is told as such.
func meanings(clients []client, l *lookup) []msg.Meaning {
	var all []msg.Meaning
	for _, c := range clients {
		if c.dialect == nil {
			all = append(all, msg.Meaning{Dialect: c.id, Refused: "this client is not known; known are " + problem.Join(dialect.IDs())})
			continue
		}
		all = append(all, meaning(c.dialect, l))
	}
	return all
}

// meaning is that of one client, without any value.
func meaning(d *config.Dialect, l *lookup) msg.Meaning {
	entry := l.entry.As(d)
	told := entry.Mean(l.value)
	m := msg.Meaning{Dialect: d.ID, Client: d.Name, Refused: told.Refused, Transports: told.Transports}
	for _, s := range told.Headers {
		m.Headers = append(m.Headers, headerMeant(entry, s))
	}
	for _, n := range told.Notes {
		m.Notes = append(m.Notes, n.Text)
	}
	return m
}

func headerMeant(entry *config.Entry, s config.Sent) msg.HeaderUse {
	f := trace.Print(s.Text)
	use := msg.HeaderUse{Name: s.Name, Where: s.Where, Unset: s.Empty, Credential: resolve.IsCredential(entry, s.Name), Sent: true,
		Scheme: f.Scheme, Fingerprint: f.Tail, Length: f.Length}
	switch {
	case len(s.Literal) > 0:
		use.Note = problem.Join(s.Literal) + " as it is written"
	case len(s.Empty) > 0:
		use.Note = problem.Join(s.Empty) + " is not set, and becomes empty"
	}
	return use
}
