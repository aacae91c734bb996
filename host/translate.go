package host

import (
	"context"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
)

// Translation is an entry in another client's words, with what cannot be said there. No key is in it.
type Translation = msg.Translated

// Translate says an entry as another client's file would have it, by that client's dialect. With a path, the translation
// has the edits too that put it into the file of that path and text; the text is empty for a file that is not there. The
// error is an *Error: the entry cannot be said there, or the file cannot be read. Nothing is sent, and nothing written.
func (c *Config) Translate(ctx context.Context, server, to, path string, text []byte) (*Translation, error) {
	id := c.client.nextID()
	ask := &msg.Translate{ID: id, Config: c.id, Server: server, To: to, Path: path, Into: text}
	answer, err := c.client.query(ctx, id, msg.Input{Translate: ask})
	if err != nil {
		return nil, err
	}
	if answer.Done != nil {
		return nil, ended(ctx, answer.Done)
	}
	return answer.Translated, nil
}

// OwnFile is a client's own file.
type OwnFile struct {
	// Client is its name for people, Scope "project" or "user".
	Client, Scope string
	// Path is the file's, whole; There says that the file is there.
	Path  string
	There bool
}

// OwnFile finds where a client's own file is for the project that dir is in, or would be made; where a client has none for
// a project, the person's. A file that belongs to another client, which this one reads too, is not its own. server is the
// name of the one to be put there, for clients that have a file for each. The path is empty where none can be told.
func (c *Client) OwnFile(ctx context.Context, client, dir, server string) (f OwnFile, err error) {
	id := c.nextID()
	answer, err := c.query(ctx, id, msg.Input{Survey: &msg.Survey{ID: id, OS: runtime.GOOS}})
	if err != nil {
		return f, err
	}
	if answer.Done != nil {
		return f, ended(ctx, answer.Done)
	}
	for _, scope := range []string{"project", "user"} {
		own := ownPlaces(answer.Places.List, client, scope)
		if path, there := pick(own, dir, server); path != "" {
			return OwnFile{own[0].Client, scope, path, there}, nil
		}
	}
	return f, nil
}

// ownPlaces are those of a client that no client before it has, those of one file before those of many. A file of other
// settings counts only where it is the client's first.
func ownPlaces(all []msg.Place, client, scope string) (own []msg.Place) {
	taken := map[string]bool{}
	for _, p := range all {
		general := filepath.Base(p.Path) == "settings.json" || strings.HasSuffix(p.Path, ".code-workspace")
		if p.Dialect == client && p.Scope == scope && !taken[p.Path] && !(general && len(own) > 0) {
			own = append(own, p)
		}
		if p.Dialect != client {
			taken[p.Path] = true
		}
	}
	slices.SortStableFunc(own, func(a, b msg.Place) int { return strings.Count(a.Path, "*") - strings.Count(b.Path, "*") })
	return own
}

// pick is the first file that is there, else the first that could be.
func pick(own []msg.Place, dir, name string) (path string, there bool) {
	for _, p := range own {
		if strings.Contains(p.Path, "*") {
			continue
		}
		if files := newSurvey().filesAt(p.Path, dir); len(files) > 0 {
			return files[0], true
		}
	}
	for _, p := range own {
		if path, whole := expandPlace(p.Path); whole {
			path = filepath.FromSlash(strings.ReplaceAll(path, "*", fileName(name)))
			if !filepath.IsAbs(path) {
				path = filepath.Join(dir, path)
			}
			return path, false
		}
	}
	return "", false
}

// fileName is a server's name as a file's.
func fileName(name string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' || strings.ContainsRune(`/\:*?"<>|.`, c) {
			return '-'
		}
		return c
	}, name)
}
