package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/internal/textfile"
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
)

// entryAt is a server in a file that was found, and whose file that is. Client is empty for a file that was named.
type entryAt struct {
	file   host.Found
	config *host.Config
	server host.Server
}

// where is for people: "~/.cursor/mcp.json:3:5 (Cursor)".
func (e *entryAt) where() string { return place(e.server.Where) + " (" + e.file.Client + ")" }

// withServer opens a core, finds the server of that name and hands its configuration to f. Of a file that is named it is
// that one's; else the nearest .mcp.json goes first, and only where that has no such server all clients' files are read.
func (a *app) withServer(ctx context.Context, name string, f func(*host.Client, *host.Config, string) error) error {
	if a.flags.config != "" || len(a.flags.as) > 0 {
		return a.withConfig(ctx, func(client *host.Client, config *host.Config) error {
			a.readAs = config.Dialect()
			name, err := onlyName(config, name)
			if err != nil {
				return err
			}
			return f(client, config, name)
		})
	}
	return a.withFiles(ctx, func(client *host.Client) error {
		a.doc, a.every = &document{}, nil
		found, err := a.find(ctx, client, name)
		if err != nil {
			return err
		}
		a.found = found
		if found.file.Dialect != nearestDialect {
			a.readAs = found.file.Client
		}
		a.folder = filepath.Dir(found.file.Path)
		for _, w := range found.config.Warnings() {
			a.warn(&asFault(w).reason)
		}
		return f(client, found.config, found.server.Name)
	})
}

// withFiles is withClient for what reads files that nobody named: one that kills the core is left out the next time.
func (a *app) withFiles(ctx context.Context, f func(*host.Client) error) error {
	for {
		known := len(a.deadly)
		if err := a.withClient(ctx, f); !errors.Is(err, host.ErrDead) || len(a.deadly) == known {
			return err
		}
	}
}

// nearestDialect is whose file .mcp.json is.
const nearestDialect = "claude-code"

// onlyName is the name, or that of the only server where none is given.
func onlyName(config *host.Config, name string) (string, error) {
	if name != "" {
		return name, nil
	}
	if len(config.Servers()) != 1 {
		return "", noName(config)
	}
	return config.Servers()[0].Name, nil
}

// find looks in the nearest .mcp.json, and then in all clients' files.
func (a *app) find(ctx context.Context, client *host.Client, name string) (*entryAt, error) {
	if len(a.flags.from) > 0 {
		return a.findElsewhere(ctx, client, name, nil)
	}
	path, err := findConfig()
	if err != nil {
		return a.findElsewhere(ctx, client, name, err)
	}
	file := host.Found{Dialect: nearestDialect, Client: "Claude Code", Scope: "project", Path: path}
	config, err := a.loadFound(client, file)
	if err != nil {
		return nil, err
	}
	if name == "" && len(config.Servers()) > 0 {
		if name, err = onlyName(config, name); err != nil {
			return nil, err
		}
	}
	if e := a.entryIn(file, config, name); e != nil {
		return e, nil
	}
	return a.findElsewhere(ctx, client, name, a.missing(config, name))
}

// missing says that a file has no such server; nil where none is named.
func (a *app) missing(config *host.Config, name string) error {
	if name == "" {
		return nil
	}
	f := newFault(problem.NoSuchServer, config.Path()+` has no server "`+name+`"`, "", "It has no servers at all.")
	if names := serverNames(config); len(names) > 0 {
		f.Hint = "It has " + problem.Join(names) + "."
	}
	return located(f, config.Path())
}

// findElsewhere looks in the files of all clients, or of those of --from. otherwise is what is wrong where none has the
// server; nil has this say it.
func (a *app) findElsewhere(ctx context.Context, client *host.Client, name string, otherwise error) (*entryAt, error) {
	all, err := a.everywhere(ctx, client, clientIDs(a.flags.from))
	if err != nil {
		return nil, err
	}
	var found []*entryAt
	names := map[string]bool{}
	for _, e := range all {
		names[e.server.Name] = true
		if e.server.Name == name {
			found = append(found, e)
		}
	}
	switch {
	case name == "" && len(names) == 1:
		found = all
	case name == "" && len(names) > 1:
		return nil, usage("Which server?", "Give one of these names: "+joinSome(names)+". headfast servers lists them.")
	}
	if len(found) > 0 {
		return oneOf(found)
	}
	if otherwise != nil {
		f := *asFault(otherwise)
		if f.Code == problem.NoSuchServer && len(all) > 0 {
			f.Body = "No file of another client has one of that name either."
		}
		if near := near(name, keys(names)); f.Code == problem.NoConfig && name != "" && len(names) > 0 {
			f.Title, f.Body, f.Hint = `No client's configuration has a server "`+name+`"`, "", "headfast servers lists what there is."
			f.Code = problem.NoSuchServer
			if len(near) > 0 {
				f.Hint = "Did you mean " + strings.Join(near, " or ") + "? " + f.Hint
			}
		}
		return nil, &f
	}
	return nil, newFault(problem.NoSuchServer, "There is no such server in the files of "+problem.Join(a.flags.from), "", "headfast servers lists what there is.")
}

// oneOf is the one that is used of several of a name: of the same client the first, as it has it, and of several clients
// where they have the same entry. Else a person has to choose.
func oneOf(found []*entryAt) (*entryAt, error) {
	first := found[0]
	for _, e := range found[1:] {
		if e.file.Dialect != first.file.Dialect && !sameEntry(&e.server, &first.server) {
			var lines, clients []string
			for _, e := range found {
				lines = append(lines, e.where())
				if !slices.Contains(clients, e.file.Dialect) {
					clients = append(clients, e.file.Dialect)
				}
			}
			f := usage(`"`+first.server.Name+`" is configured differently for several clients`, "Choose with --from "+strings.Join(clients, " or --from ")+".")
			f.Body = "It is at " + strings.Join(lines, ", ") + "."
			return nil, f
		}
	}
	return first, nil
}

// sameEntry says that two entries send the same to the same server.
func sameEntry(x, y *host.Server) bool {
	return x.URL == y.URL && x.Transport == y.Transport && x.Auth.Mode == y.Auth.Mode &&
		slices.EqualFunc(x.Auth.Header, y.Auth.Header, func(a, b msg.HeaderUse) bool {
			return strings.EqualFold(a.Name, b.Name) && slices.Equal(a.Variables, b.Variables) && a.Length == b.Length && a.Fingerprint == b.Fingerprint
		})
}

// everywhere are the servers of all clients' files, or of those of the clients of from, in the order in which the clients
// take them. A file that cannot be read has none: servers and doctor tell of it.
func (a *app) everywhere(ctx context.Context, client *host.Client, from []string) ([]*entryAt, error) {
	if a.every != nil && len(from) == 0 {
		return a.every, nil
	}
	if err := checkClients(client, "--from", from); err != nil {
		return nil, err
	}
	here, err := os.Getwd()
	if err != nil {
		return nil, newFault(problem.NoConfig, "The working folder is not known", err.Error()+".", "Name a file with -c FILE.")
	}
	files, _, err := client.Survey(ctx, here) // servers and doctor tell what is left out
	if err != nil {
		return nil, err
	}
	var all []*entryAt
	for _, file := range files {
		if len(from) > 0 && !slices.Contains(from, file.Dialect) {
			continue
		}
		config, err := a.loadFound(client, file)
		if errors.Is(err, host.ErrDead) {
			return nil, err
		}
		if err != nil {
			continue
		}
		for _, s := range config.Servers() {
			if s.Project == "" || inside(here, s.Project) {
				all = append(all, &entryAt{file, config, s})
			}
		}
	}
	if len(from) == 0 {
		a.every = all
	}
	return all, nil
}

func inside(here, folder string) bool {
	_, ok := below(folder, here)
	return ok || here == folder
}

// entryIn is the server of that name in a file, or nil.
func (a *app) entryIn(file host.Found, config *host.Config, name string) *entryAt {
	i := slices.IndexFunc(config.Servers(), func(s host.Server) bool { return s.Name == name })
	if i < 0 {
		return nil
	}
	return &entryAt{file, config, config.Servers()[i]}
}

// loadFound reads a file that was found, as the client whose it is.
func (a *app) loadFound(client *host.Client, file host.Found) (*host.Config, error) {
	shown := shownPath(file.Path)
	if a.deadly[file.Path] {
		return nil, located(newFault(problem.Internal, shown+" ends the core, and is left out", "", "Report it, with the file where it has no secret."), shown)
	}
	text, err := textfile.Read(file.Path, mostText)
	if err != nil {
		return nil, located(newFault(problem.NoConfig, shown+" cannot be read", reasonOf(err)+".", "Make it readable, or leave it."), shown)
	}
	folder := real(filepath.Dir(file.Path))
	config, err := client.Load(shown, text, host.InFolder(folder), host.AsClient(file.Dialect), host.InScope(a.scopeOf(file.Scope, folder)))
	if errors.Is(err, host.ErrDead) {
		a.kills(file.Path)
	}
	return config, err
}

// scopeOf is the scope that a file is loaded with which was found: --trust is agreement to what a project's has.
func (a *app) scopeOf(found, folder string) string {
	switch {
	case found != "project":
		return found
	case a.flags.trust:
		return "trusted"
	}
	return scopeOf(folder)
}

// kills notes a file that the core did not survive.
func (a *app) kills(path string) {
	if a.deadly == nil {
		a.deadly = map[string]bool{}
	}
	a.deadly[path] = true
}

// others are the other files in which a server of the same name stands; one that more clients read is told once.
func (t *target) others(ctx context.Context) (told []string, err error) {
	if t.found == nil {
		return nil, nil
	}
	all, err := t.everywhere(ctx, t.client, nil)
	seen := map[string]bool{t.found.file.Path: true}
	for _, e := range all {
		if e.server.Name == t.explain.Server && !seen[e.file.Path] {
			seen[e.file.Path] = true
			told = append(told, e.where())
		}
	}
	return told, err
}

func keys(names map[string]bool) (all []string) {
	for name := range names {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}

// mostNames bounds the names in a message.
const mostNames = 20

func joinSome(names map[string]bool) string {
	all := keys(names)
	if len(all) > mostNames {
		return problem.Join(all[:mostNames]) + fmt.Sprintf(" and %d more", len(all)-mostNames)
	}
	return problem.Join(all)
}
