package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/warm"
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
)

// survey lists the servers of all clients' files that are found.
func (a *app) survey(ctx context.Context) error {
	a.doc = &document{}
	a.store.forgo()
	here, err := os.Getwd()
	if err != nil {
		return newFault(problem.NoConfig, "The working folder is not known", err.Error()+".", "Name a file with -c FILE.")
	}
	err = a.withFiles(ctx, func(client *host.Client) error {
		from := clientIDs(a.flags.from)
		if err := checkClients(client, "--from", from); err != nil {
			return err
		}
		found, left, err := client.Survey(ctx, here)
		if err != nil {
			return err
		}
		a.warnLeft(left)
		return a.listFound(ctx, client, slices.DeleteFunc(found, func(f host.Found) bool {
			return len(from) > 0 && !slices.Contains(from, f.Dialect)
		}))
	})
	if err == nil {
		warm.Start(warmCommand)
	}
	return err
}

// warnLeft tells of the files that a survey leaves out.
func (a *app) warnLeft(left []msg.Error) {
	for i := range left {
		a.warn(&left[i])
	}
}

func (a *app) listFound(ctx context.Context, client *host.Client, found []host.Found) error {
	a.doc.Servers = []serverView{}
	var screens []string
	var bad []*fault
	first := map[string]string{} // where a client has a name first, which is what it uses
	for _, f := range together(found) {
		screen, err := a.listFile(ctx, client, f, first)
		if errors.Is(err, host.ErrDead) {
			return err
		}
		if err != nil {
			bad = append(bad, asFault(err))
			continue
		}
		if screen != "" {
			screens = append(screens, screen)
		}
	}
	for _, f := range bad {
		a.warn(&f.reason)
	}
	if len(screens) == 0 {
		return newFault(problem.NoConfig, "There is no configuration",
			"There is no "+fileName+" here or in a parent folder, and no file with servers of another client.", example)
	}
	return a.print(strings.Join(screens, "\n"))
}

// shared is a file with the other clients that read it too.
type shared struct {
	host.Found
	also []string
}

// together has each file once, as the first of its clients reads it.
func together(found []host.Found) []shared {
	var all []shared
	at := map[string]int{}
	for _, f := range found {
		if i, known := at[f.Path]; known {
			all[i].also = append(all[i].also, f.Client)
			continue
		}
		at[f.Path] = len(all)
		all = append(all, shared{Found: f})
	}
	return all
}

// listFile is one file's part; empty where it is one for other things too, and has no servers.
func (a *app) listFile(ctx context.Context, client *host.Client, f shared, first map[string]string) (string, error) {
	config, err := a.loadFound(client, f.Found)
	if err != nil {
		if asFault(err).reason.Code == problem.WrongTopKey && !strings.Contains(filepath.Base(f.Path), "mcp") {
			return "", nil
		}
		return "", err
	}
	servers, err := withProblems(ctx, config)
	if err != nil {
		a.kills(f.Path)
		return "", err
	}
	if len(servers) == 0 {
		return "", nil
	}
	shadows := map[string]string{}
	for _, s := range servers {
		key := f.Dialect + " " + s.Name
		if by, taken := first[key]; taken && f.Shadows {
			shadows[s.Name] = by
		} else {
			first[key] = place(s.Where)
		}
		v := viewServer(s)
		v.Client, v.Scope, v.ShadowedBy, v.AlsoReadBy = f.Dialect, f.Scope, shadows[s.Name], f.also
		a.doc.Servers = append(a.doc.Servers, v)
	}
	whose := f.Client + ", " + f.Scope
	if len(f.also) > 0 {
		whose += "; read by " + problem.Join(f.also) + " too"
	}
	title := a.fileTitle(config.Path(), len(servers), whose)
	for _, w := range config.Warnings() {
		e := &asFault(w).reason
		a.doc.Warnings = append(a.doc.Warnings, viewProblem(e, ""))
		title += a.problemLine(e)
	}
	return title + a.serverLines(servers, shadows), nil
}
