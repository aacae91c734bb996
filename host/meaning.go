package host

import (
	"context"

	"github.com/headfast/headfast/jsbridge/msg"
)

// Meaning is what another client would make of an entry, as far as public sources say. No value is in it.
type Meaning = msg.Meaning

// Meanings tells what these clients, by their dialects' IDs, would make of the same entry; "all" is every one that is
// known. Nothing is sent.
func (c *Config) Meanings(ctx context.Context, server string, clients ...string) ([]Meaning, error) {
	id := c.client.nextID()
	answer, err := c.client.query(ctx, id, msg.Input{Explain: &msg.Explain{ID: id, Config: c.id, Server: server, As: clients}})
	if err != nil {
		return nil, err
	}
	if answer.Done != nil {
		return nil, ended(ctx, answer.Done)
	}
	return answer.Explained.Meanings, nil
}
