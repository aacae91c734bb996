package client

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/headfast/headfast/host"
)

// everyVerb lists tools, resources and prompts, and uses each.
func everyVerb(ctx context.Context, s *host.Session, _ Env) error {
	if err := callEveryTool(ctx, s, Env{}); err != nil {
		return err
	}
	if err := useAll(ctx, s, "resources/list", "resources", "uri", "resources/read"); err != nil {
		return err
	}
	return useAll(ctx, s, "prompts/list", "prompts", "name", "prompts/get")
}

// useAll makes one request for each element of a list: key is what names it there and in the request.
func useAll(ctx context.Context, s *host.Session, list, member, key, use string) error {
	result, err := s.Request(ctx, list, nil)
	if err != nil {
		return fmt.Errorf("%s: %w", list, err)
	}
	var lists map[string]json.RawMessage
	if err := json.Unmarshal(result, &lists); err != nil {
		return fmt.Errorf("%s: %w", list, err)
	}
	var elements []map[string]any
	if err := json.Unmarshal(lists[member], &elements); err != nil {
		return fmt.Errorf("%s: %w", list, err)
	}
	for _, e := range elements {
		params, err := json.Marshal(map[string]any{key: e[key]})
		if err != nil {
			return err
		}
		if _, err := s.Request(ctx, use, params); err != nil {
			return fmt.Errorf("%s of %v: %w", use, e[key], err)
		}
	}
	return nil
}
