package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/spf13/cobra"
)

// names asks a server for the names of one kind of thing.
type names func(ctx context.Context, s *host.Session, options ...host.CallOption) ([]string, error)

func namesOf[T any](list func(*host.Session, context.Context, ...host.CallOption) ([]T, error), name func(T) string) names {
	return func(ctx context.Context, s *host.Session, options ...host.CallOption) ([]string, error) {
		all, err := list(s, ctx, options...)
		var out []string
		for _, one := range all {
			out = append(out, name(one))
		}
		return out, err
	}
}

var (
	toolNames     = namesOf((*host.Session).Tools, func(t host.Tool) string { return t.Name })
	promptNames   = namesOf((*host.Session).Prompts, func(p host.Prompt) string { return p.Name })
	resourceURIs  = namesOf((*host.Session).Resources, func(r host.Resource) string { return r.URI })
	promptRefs    = namesOf((*host.Session).Prompts, func(p host.Prompt) string { return promptRef + p.Name })
	templateNames = namesOf((*host.Session).ResourceTemplates, func(t host.ResourceTemplate) string { return t.URITemplate })
)

// completionTime bounds what a server is asked while a person waits for a word to be completed.
const completionTime = 2 * time.Second

// completing completes the name of a server, and then a name that the server is asked for. What fails is silent.
func (a *app) completing(lists ...names) func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		switch {
		case len(args) == 0:
			return a.completeServer(cmd, args, typed)
		case len(args) > 1 || lists == nil:
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return a.namesFrom(cmd.Context(), args[0], lists), cobra.ShellCompDirectiveNoFileComp
	}
}

func (a *app) namesFrom(ctx context.Context, server string, lists []names) (found []string) {
	if ctx == nil {
		ctx = context.Background()
	}
	ctx, stop := context.WithTimeout(ctx, completionTime)
	defer stop()
	if a.checkFlags() != nil {
		return nil
	}
	a.quiet, a.flags.noInput, a.flags.signIn, a.flags.trace, a.flags.logLevel = true, true, false, false, ""
	_ = a.withTarget(ctx, server, func(ctx context.Context, t *target) error {
		session, err := t.connect(ctx)
		if err != nil {
			return err
		}
		for _, list := range lists {
			names, _ := list(ctx, session)
			found = append(found, names...)
		}
		return nil
	})
	a.doc = nil
	return slices.DeleteFunc(found, func(name string) bool { return !plainWord(name) })
}

// nearTime bounds asking for names that a hint is made of.
const nearTime = 5 * time.Second

// withNear is the error, with names that are near the one that was wrong.
func (t *target) withNear(ctx context.Context, session *host.Session, err error, kind, name string, list names) error {
	f := asFault(err)
	if f.Code != problem.ServerError && f.Code != problem.ToolFailed || ctx.Err() != nil {
		return err
	}
	ctx, stop := context.WithTimeout(ctx, nearTime)
	defer stop()
	all, failed := list(ctx, session)
	if failed != nil || slices.Contains(all, name) {
		return err
	}
	hint := fmt.Sprintf("%s lists no %s %q.", t.explain.Server, kind, name)
	if near := near(name, all); len(near) > 0 {
		hint = fmt.Sprintf("%s Did you mean %s?", hint, strings.Join(near, " or "))
	}
	f.Hint = strings.TrimSpace(f.Hint + " " + hint)
	return f
}

// maxNear bounds how many names a hint has.
const maxNear = 3

// near are the names that someone who typed this may have meant, the nearest first.
func near(typed string, all []string) []string {
	best := map[string]int{}
	var found []string
	lower := strings.ToLower(typed)
	for _, name := range all {
		one := strings.ToLower(name)
		d := distance(lower, one)
		if lower != "" && (strings.Contains(one, lower) || strings.Contains(lower, one)) {
			d = min(d, 2)
		}
		if _, twice := best[name]; !twice && d <= max(2, len(typed)/4) {
			best[name] = d
			found = append(found, name)
		}
	}
	slices.SortStableFunc(found, func(a, b string) int { return best[a] - best[b] })
	return found[:min(len(found), maxNear)]
}

// maxTyped bounds the names that are compared.
const maxTyped = 64

// distance is how many characters must be added, removed or replaced (Levenshtein), or more than maxTyped.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x) > maxTyped || len(y) > maxTyped {
		return maxTyped + 1
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := diagonal
			if x[i] != y[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(y)]
}
