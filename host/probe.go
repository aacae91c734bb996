package host

import (
	"context"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
)

// Probed is what a Probe found. No secret is in it.
type Probed = msg.Probed

// Probe asks a server what it is: at the entry's URL as Connect does, with what is configured; and only where that does not
// work, at a few other paths of the same origin and for who signs people in, with nothing that is configured. It calls no
// tool and signs in nowhere; a token that is kept is used and not renewed. within bounds the whole, 0 is 30 s. What is
// wrong with the server is Probed.Problem; the error is for an entry that cannot be used, and for a ctx that ends.
func (c *Config) Probe(ctx context.Context, server string, within time.Duration) (*Probed, error) {
	id := c.client.nextID()
	probe := &msg.Probe{ID: id, Config: c.id, Server: server}
	if within > 0 {
		probe.TimeoutMS = milliseconds(within)
	}
	answer, err := c.client.ask(ctx, id, msg.Input{Probe: probe})
	if err != nil {
		return nil, err
	}
	if answer.Done != nil {
		return nil, ended(ctx, answer.Done)
	}
	return answer.Probed, nil
}
