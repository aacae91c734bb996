package host

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
)

// Found is one configuration file of a client.
type Found struct {
	// Dialect is the client's ID, Client its name, Scope "project", "user" or "managed".
	Dialect, Client, Scope string
	// Path is the file's, whole.
	Path string
	// Shadows says that its entries hide those of the same name in the client's later files.
	Shadows bool
}

// Survey finds the configuration files of all clients that are known: those of the project that dir is in, of the person
// and of the machine. Nothing is read but the folders. What is over a bound is left out, and told in warnings.
func (c *Client) Survey(ctx context.Context, dir string) (found []Found, warnings []msg.Error, err error) {
	id := c.nextID()
	answer, err := c.query(ctx, id, msg.Input{Survey: &msg.Survey{ID: id, OS: runtime.GOOS}})
	if err != nil {
		return nil, nil, err
	}
	if answer.Done != nil {
		return nil, nil, ended(ctx, answer.Done)
	}
	s := newSurvey()
	for _, p := range answer.Places.List {
		for _, path := range s.filesAt(p.Path, dir) {
			// A folder above the project may be the home: what is found there is the person's, and told as that.
			found = slices.DeleteFunc(found, func(f Found) bool { return f.Dialect == p.Dialect && f.Path == path })
			found = append(found, Found{p.Dialect, p.Client, p.Scope, path, p.Shadows})
		}
	}
	found = s.bound(found)
	return found, s.warnings, nil
}

// filesAt are those that a place of Survey names.
func (s *survey) filesAt(place, dir string) []string {
	expanded, ok := expandPlace(place)
	if !ok {
		return nil
	}
	whole := place != expanded
	place = filepath.FromSlash(expanded)
	if filepath.IsAbs(place) {
		return s.matches(place)
	}
	if whole { // a variable has half a path, which would be a project's file in a person's place
		return nil
	}
	for {
		if found := s.matches(filepath.Join(dir, place)); len(found) > 0 {
			return found
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return nil
		}
		dir = parent
	}
}

var placeVariable = regexp.MustCompile(`\$\{(\w+)\}`)

// expandPlace puts the home and the environment in; false where one of them is not there.
func expandPlace(place string) (string, bool) {
	if rest, ok := strings.CutPrefix(place, "~/"); ok {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", false
		}
		place = filepath.ToSlash(home) + "/" + rest
	}
	whole := true
	place = placeVariable.ReplaceAllStringFunc(place, func(v string) string {
		value := os.Getenv(v[2 : len(v)-1])
		whole = whole && value != ""
		return filepath.ToSlash(value)
	})
	return place, whole
}
