package host

import (
	"context"
	"encoding/json"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
)

// Agreement is what a person is asked to agree to: all that an entry would do. Its texts are the file's own, whole and as
// they are there: whoever shows them makes them fit to be shown.
type Agreement = msg.Agree

// Fact is one thing that an entry says; its State is "same", "new" or "gone".
type Fact = msg.Fact

// agree asks the person, on a goroutine of its own; a panic in the callback is not recovered, as of those for a server.
func (c *Client) agree(a *msg.Agree) {
	if c.options.Agree == nil {
		c.queue.push(nil, msg.Input{Agreed: &msg.Agreed{ID: a.ID}})
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	c.mu.Lock()
	if c.failed != nil {
		cancel()
	}
	c.asks[a.ID] = cancel
	c.mu.Unlock()
	c.running.Go(func() {
		defer cancel()
		given := false
		defer func() { c.agreed(a.ID, given) }() // also where the callback ends its goroutine
		given = c.options.Agree(ctx, *a)
	})
}

// agreed pushes the person's answer, unless the question was taken back.
func (c *Client) agreed(id uint32, given bool) {
	c.mu.Lock()
	_, wanted := c.asks[id]
	delete(c.asks, id)
	c.mu.Unlock()
	if wanted {
		c.queue.push(nil, msg.Input{Agreed: &msg.Agreed{ID: id, Given: given}})
	}
}

// Trusted is one entry that the person has agreed to.
type Trusted struct {
	// Key is what the store knows it by.
	Key string
	// Server is the entry's name, File the file that it is in.
	Server, File string
	// Facts are what it may do; At is when that was agreed to.
	Facts []Fact
	At    time.Time
}

// Trusted are the entries that the person has agreed to. What cannot be read was agreed to by nobody, and has no Server.
func (c *Client) Trusted(ctx context.Context) ([]Trusted, error) {
	keys, err := c.options.Trust.Keys(ctx)
	var all []Trusted
	for _, key := range keys {
		text, _, _ := c.options.Trust.Get(ctx, key)
		all = append(all, trusted(key, text))
	}
	return all, err
}

func trusted(key, text string) Trusted {
	var kept struct {
		Server, File string
		Agreed       int64
		Facts        [][2]string
	}
	if json.Unmarshal([]byte(text), &kept) != nil {
		return Trusted{Key: key}
	}
	one := Trusted{Key: key, Server: kept.Server, File: kept.File, At: time.UnixMilli(kept.Agreed)}
	for _, f := range kept.Facts {
		one.Facts = append(one.Facts, Fact{Name: f[0], Text: f[1], State: "same"})
	}
	return one
}

// Distrust forgets what was agreed to under this key: the person is asked again. No such key is no error. A session that
// is open goes on.
func (c *Client) Distrust(ctx context.Context, key string) error {
	return c.options.Trust.Delete(ctx, key)
}
