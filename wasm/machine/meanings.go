package machine

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/dialect"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/resolve"
	"github.com/headfast/headfast/wasm/trace"
)

// dialects are those of these clients; "all" is every one.
func dialects(ids []string) ([]*config.Dialect, *msg.Error) {
	var all []*config.Dialect
	for _, id := range ids {
		if id == "all" {
			return dialect.All, nil
		}
		d := dialect.Find(id)
		if d == nil {
			return nil, unknownDialect(id)
		}
		all = append(all, d)
	}
	return all, nil
}

// variables are those of an entry, as it is read here and by the clients, each once.
func variables(entry *config.Entry, clients []*config.Dialect) []string {
	names := entry.Variables()
	seen := map[string]bool{}
	for _, name := range names {
		seen[name] = true
	}
	for _, c := range clients {
		for _, name := range entry.As(c).Variables() {
			if !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
		}
	}
	return names
}

// meanings are what these clients would make of the entry that is looked up.
func meanings(clients []*config.Dialect, l *lookup) []msg.Meaning {
	var all []msg.Meaning
	for _, c := range clients {
		all = append(all, meaning(c, l))
	}
	return all
}

// meaning is that of one client, without any value.
func meaning(d *config.Dialect, l *lookup) msg.Meaning {
	entry := l.entry.As(d)
	told := entry.Mean(l.variable)
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
	case len(s.Asked) > 0:
		use.Note = problem.Join(s.Asked) + " is asked for"
	case len(s.Empty) > 0:
		use.Note = problem.Join(s.Empty) + " is not set, and becomes empty"
	}
	if len(s.Literal)+len(s.Asked) > 0 {
		use.Scheme, use.Fingerprint, use.Length = "", "", 0 // it is no value
	}
	return use
}
