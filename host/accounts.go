package host

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
)

// keyPrefix begins the names of keys that sign, which are kept beside the accounts that they belong to.
const keyPrefix = "dpop:"

// work does what may take its time outside of the loop; Abort under this ID ends its context.
func (c *Client) work(id uint32, f func(context.Context) msg.Input) {
	ctx, cancel := context.WithCancel(context.Background())
	c.mu.Lock()
	if c.failed != nil {
		cancel()
	}
	c.works[id] = cancel
	c.mu.Unlock()
	c.running.Add(1)
	go func() {
		defer c.running.Done()
		in := f(ctx)
		cancel()
		c.mu.Lock()
		delete(c.works, id)
		c.mu.Unlock()
		c.queue.push(nil, in)
	}()
}

// get looks a value up. Only variables and files that a configuration names are ever asked for.
func (c *Client) get(g *msg.Get) {
	if g.Store == msg.StoreEnv {
		stored := &msg.Stored{ID: g.ID}
		stored.Value, stored.Found = c.options.Env(g.Key)
		c.queue.push(nil, msg.Input{Stored: stored})
		return
	}
	c.work(g.ID, func(ctx context.Context) msg.Input {
		stored := &msg.Stored{ID: g.ID}
		var err error
		key, known := storedKey(g.Store, g.Key)
		switch {
		case g.Store == msg.StoreFiles:
			stored.Value, stored.Found, err = readFile(g.Key)
		case g.Store == msg.StoreTrust:
			stored.Value, stored.Found, err = c.options.Trust.Get(ctx, g.Key)
		case !known:
			stored.Failure = &msg.Failure{Kind: msg.FailUnsupported, Detail: "there is no such store"}
		case g.Key == "" && g.Store == msg.StoreInputs:
			stored.Value, err = c.inputKeys(ctx)
			stored.Found = err == nil
		case g.Key == "":
			stored.Value, err = c.accountKeys(ctx)
			stored.Found = err == nil
		default:
			stored.Value, stored.Found, err = c.options.Accounts.Get(ctx, key)
		}
		return c.stored(stored, err)
	})
}

func (c *Client) stored(s *msg.Stored, err error) msg.Input {
	if err != nil {
		s.Found, s.Value = false, ""
		s.Failure = &msg.Failure{Kind: storeKind(err), Detail: err.Error()}
	}
	return msg.Input{Stored: s}
}

func storeKind(err error) string {
	var e interface{ Kind() string }
	if errors.As(err, &e) {
		return e.Kind()
	}
	return msg.FailStore
}

// accountKeys are the keys of all accounts, a line each.
func (c *Client) accountKeys(ctx context.Context) (string, error) {
	keys, err := c.options.Accounts.Keys(ctx)
	var accounts []string
	for _, k := range keys {
		if !strings.HasPrefix(k, keyPrefix) && !strings.HasPrefix(k, inputPrefix) {
			accounts = append(accounts, k)
		}
	}
	return strings.Join(accounts, "\n"), err
}

// mostFile bounds a file that a configuration names, in bytes.
const mostFile = 64 << 10

func readFile(path string) (string, bool, error) {
	info, err := os.Stat(path)
	if err == nil && (!info.Mode().IsRegular() || info.Size() > mostFile) {
		err = errors.New("it is no file of at most 64 KiB")
	}
	var text []byte
	if err == nil {
		text, err = readBounded(path)
	}
	if errors.Is(err, os.ErrNotExist) {
		return "", false, nil
	}
	if err != nil {
		return "", false, errors.New(strings.TrimSuffix(pathReason(err), "."))
	}
	return string(text), true, nil
}

// readBounded reads a file whose size may not be what it says, as those of /proc.
func readBounded(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, mostFile+1))
	if len(text) > mostFile {
		return nil, errors.New("it has more than 64 KiB")
	}
	return text, err
}

// put keeps what was agreed to, an account or an answer, or deletes it; an account together with its key.
func (c *Client) put(p *msg.Put) {
	c.work(p.ID, func(context.Context) msg.Input {
		ctx := context.Background() // what is begun is not cut off
		stored := &msg.Stored{ID: p.ID, Found: true}
		var err error
		switch key, known := storedKey(p.Store, p.Key); {
		case p.Store == msg.StoreTrust:
			err = c.options.Trust.Put(ctx, p.Key, p.Value)
		case !known:
			stored.Found, stored.Failure = false, &msg.Failure{Kind: msg.FailUnsupported, Detail: "there is no such store"}
		case p.Delete && p.Store == msg.StoreAccounts:
			err = errors.Join(c.options.Accounts.Delete(ctx, keyPrefix+key), c.options.Accounts.Delete(ctx, key))
		case p.Delete:
			err = c.options.Accounts.Delete(ctx, key)
		default:
			err = c.options.Accounts.Put(ctx, key, p.Value)
		}
		return c.stored(stored, err)
	})
}

// lock waits for an account; the lock lasts until its Unlock, or the end of the client.
func (c *Client) lock(l *msg.Lock) {
	c.work(l.ID, func(ctx context.Context) msg.Input {
		unlock, err := c.options.Accounts.Lock(ctx, l.Key)
		if err == nil {
			c.mu.Lock()
			if c.failed == nil {
				c.locks[l.ID] = unlock
			} else {
				unlock()
			}
			c.mu.Unlock()
		}
		return c.stored(&msg.Stored{ID: l.ID, Found: true}, err)
	})
}

func (c *Client) unlock(id uint32) {
	c.mu.Lock()
	unlock := c.locks[id]
	delete(c.locks, id)
	c.mu.Unlock()
	if unlock != nil {
		unlock()
	}
}

// settle lets what is under a lock come to its end: an answer that carries a new refresh token must not be missed.
func (c *Client) settle(ctx context.Context) {
	holding := func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		return len(c.locks) > 0
	}
	for end := time.Now().Add(closeTimeout); holding() && ctx.Err() == nil && time.Now().Before(end); {
		time.Sleep(5 * time.Millisecond)
	}
}
