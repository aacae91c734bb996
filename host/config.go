package host

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"path/filepath"

	"github.com/headfast/headfast/host/internal/textfile"
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
	dialect string
	servers []Server
	// warnings are problems of the file that stop nothing.
	warnings []error
}

// LoadFile reads a configuration file, of the client that its path and its text tell. The error is an *Error, with
// line and column where the file is the matter. Nothing goes over the network.
func (c *Client) LoadFile(path string) (*Config, error) {
	text, err := textfile.Read(path, maxConfig)
	if err != nil {
		e := problem.New(problem.NoConfig, path+" cannot be read", pathReason(err), "Name a file with -c FILE.")
		e.Where = msg.Position{File: path}
		return nil, failure(e, "")
	}
	dir, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return c.Load(path, text)
	}
	return c.Load(path, text, InFolder(dir))
}

// LoadOption is how a configuration is loaded.
type LoadOption func(*msg.Load)

// InFolder says in which folder the file is, whole. A headersHelper is run there; without it, in this process's own
// working folder.
func InFolder(dir string) LoadOption { return func(l *msg.Load) { l.Dir = dir } }

// AsClient says whose file it is, by the dialect's ID, such as "claude-code" or "vs-code"; see package dialect.
func AsClient(id string) LoadOption { return func(l *msg.Load) { l.Dialect = id } }

// InScope says where the file was found: "project" in a folder that may be anybody's, so that its entries act only after
// the person has agreed to them (Options.Agree); "user" or "managed" elsewhere. A file without a scope was named by the
// person, which is agreement. Of a project's file InFolder gives the folder without symbolic links: what is agreed to is
// agreed to there.
func InScope(scope string) LoadOption { return func(l *msg.Load) { l.Scope = scope } }

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
func (c *Client) Load(path string, text []byte, options ...LoadOption) (*Config, error) {
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
	config := &Config{client: c, id: id, path: path, dialect: answer.Loaded.Dialect, servers: answer.Loaded.Servers}
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

// Dialect is the ID of the client's dialect by which the file was read.
func (c *Config) Dialect() string { return c.dialect }

// Servers are the entries, in the file's order.
func (c *Config) Servers() []Server { return c.servers }

// Warnings are problems of the file that stop nothing, each an *Error; those of one entry are the entry's.
func (c *Config) Warnings() []error { return c.warnings }

// Explain tells what would be sent to a server by a Connect with these options, and why, without sending anything. The
// store of sign-ins is read where a token may go with it; one that does not open is a warning among the problems.
func (c *Config) Explain(ctx context.Context, server string, options ...ConnectOption) (*Explanation, error) {
	o := connectOptions{connect: &msg.Connect{}, session: newSession(c.client, 0), extensions: map[string]json.RawMessage{}}
	defer o.session.outbox.finish()
	for _, option := range options {
		option(&o)
	}
	id := c.client.nextID()
	answer, err := c.client.query(ctx, id, msg.Input{Explain: &msg.Explain{ID: id, Config: c.id, Server: server, Profile: o.connect.Profile}})
	if err != nil {
		return nil, err
	}
	if answer.Done != nil {
		return nil, ended(ctx, answer.Done)
	}
	return answer.Explained, nil
}
