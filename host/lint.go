package host

import (
	"context"

	"github.com/headfast/headfast/host/internal/gitindex"
	"github.com/headfast/headfast/host/internal/textfile"
	"github.com/headfast/headfast/jsbridge/msg"
)

// Finding is one thing that is wrong with a configuration, at the token that it is about, with ways to mend it. No secret
// is in it.
type Finding = msg.Finding

// Facts are what is known of a file besides its text.
type Facts struct {
	// Scope is "project", "user" or "managed" of a file that was found, and empty for one that was named.
	Scope string
	// Tracked says that git tracks the file, Exposed that others on this machine can read it.
	Tracked, Exposed bool
}

// WithFacts says what is known of the file, which Lint then looks at too.
func WithFacts(f Facts) LoadOption {
	return func(l *msg.Load) { l.Scope, l.Tracked, l.Exposed = f.Scope, f.Tracked, f.Exposed }
}

// FactsOf finds them out, without running anything. What cannot be found out counts as not so: an index of git that cannot
// be read, and on Windows who can read the file.
func FactsOf(path, scope string) Facts {
	return Facts{Scope: scope, Tracked: gitindex.Tracks(path), Exposed: textfile.Exposed(path)}
}

// LoadToLint is Load for Lint: a text that cannot be read is a Config too, of which Lint says why. It has no servers.
func (c *Client) LoadToLint(path string, text []byte, options ...LoadOption) (*Config, error) {
	text = text[:min(len(text), maxConfig)]
	id := c.nextID()
	load := &msg.Load{ID: id, Path: path, Text: text}
	for _, option := range options {
		option(load)
	}
	answer, err := c.ask(context.Background(), id, msg.Input{Load: load})
	if err != nil {
		return nil, err
	}
	return &Config{client: c, id: id, path: path, dialect: answer.Loaded.Dialect, servers: answer.Loaded.Servers}, nil
}

// Lint tells what is wrong with configurations, of which an earlier one goes before a later one of the same client. Of the
// environment's variables it asks whether they are set. Nothing is sent, and nobody is asked.
func (c *Client) Lint(ctx context.Context, configs ...*Config) ([]Finding, error) {
	id := c.nextID()
	lint := &msg.Lint{ID: id}
	for _, config := range configs {
		lint.Configs = append(lint.Configs, config.id)
	}
	answer, err := c.query(ctx, id, msg.Input{Lint: lint})
	if err != nil {
		return nil, err
	}
	if answer.Done != nil {
		return nil, ended(ctx, answer.Done)
	}
	return answer.Findings.List, nil
}

// Has says whether a finding is one of this configuration.
func (c *Config) Has(f Finding) bool { return f.Config == c.id }
