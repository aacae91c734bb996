package host

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
)

// Server is one entry of a configuration, before any variable is expanded.
type Server = msg.Server

// Explanation tells what would be sent to a server, and why. No value of a header is in it.
type Explanation = msg.Explained

// Config is one loaded configuration file.
type Config struct {
	client  *Client
	id      uint32
	path    string
	servers []Server
	// warnings are problems of the file that stop nothing.
	warnings []error
}

// LoadFile reads a configuration file of Claude Code's dialect (.mcp.json). The error is an *Error, with
// line and column where the file is the matter. Nothing goes over the network.
func (c *Client) LoadFile(path string) (*Config, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		e := problem.New(problem.NoConfig, path+" cannot be read", pathReason(err), "Name a file with -c FILE.")
		e.Where = msg.Position{File: path}
		return nil, failure(e, "")
	}
	return c.Load(path, text)
}

func pathReason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return err.Error() + "."
}

// maxConfig is more than the core reads of a file, in bytes: the rest need not cross for it to say so.
const maxConfig = 8 << 20

// Load is LoadFile for a text that is already read; path is how messages call it.
func (c *Client) Load(path string, text []byte) (*Config, error) {
	text = text[:min(len(text), maxConfig)]
	id := c.nextID()
	answer, err := c.ask(context.Background(), id, msg.Input{Load: &msg.Load{ID: id, Path: path, Dialect: "claude-code", Text: text}})
	if err != nil {
		return nil, err
	}
	config := &Config{client: c, id: id, path: path, servers: answer.Loaded.Servers}
	for i := range answer.Loaded.Problems {
		e := &answer.Loaded.Problems[i]
		if e.Severity == "error" {
			return nil, failure(e, "")
		}
		config.warnings = append(config.warnings, failure(e, ""))
	}
	return config, nil
}

// Path is how messages call the file.
func (c *Config) Path() string { return c.path }

// Servers are the entries, in the file's order.
func (c *Config) Servers() []Server { return c.servers }

// Warnings are problems of the file that stop nothing, each an *Error; those of one entry are the entry's.
func (c *Config) Warnings() []error { return c.warnings }

// Explain tells what would be sent to a server and why, without sending anything.
func (c *Config) Explain(ctx context.Context, server string) (*Explanation, error) {
	id := c.client.nextID()
	answer, err := c.client.ask(ctx, id, msg.Input{Explain: &msg.Explain{ID: id, Config: c.id, Server: server}})
	if err != nil {
		return nil, err
	}
	if answer.Done != nil {
		return nil, ended(ctx, answer.Done)
	}
	return answer.Explained, nil
}
