package client

import (
	"context"
	"errors"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/skills"
)

func listSkills(ctx context.Context, s *host.Session, _ Env) error {
	_, err := skills.List(ctx, s)
	return err
}

// loadSkills loads every skill and reads all its files: a skill that is not what its entry says must not get
// so far.
func loadSkills(ctx context.Context, s *host.Session, _ Env) error {
	all, err := skills.List(ctx, s)
	if err != nil {
		return err
	}
	for _, skill := range all {
		loaded, e := skills.Load(ctx, s, skill)
		if e != nil {
			err = errors.Join(err, e)
			continue
		}
		for _, file := range skill.Files {
			_, e := loaded.Read(ctx, file.URI)
			err = errors.Join(err, e)
		}
	}
	return err
}
