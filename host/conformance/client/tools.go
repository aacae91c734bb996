package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/headfast/headfast/host"
)

func listTools(ctx context.Context, s *host.Session, _ Env) error {
	_, err := s.Tools(ctx)
	return err
}

// callNamed lists the tools and calls one without arguments.
func callNamed(name string) drive {
	return func(ctx context.Context, s *host.Session, _ Env) error {
		if _, err := find(ctx, s, name); err != nil {
			return err
		}
		return call(ctx, s, name, nil)
	}
}

// addNumbers also wants the right sum.
func addNumbers(ctx context.Context, s *host.Session, _ Env) error {
	if _, err := find(ctx, s, "add_numbers"); err != nil {
		return err
	}
	result, err := s.Call(ctx, "add_numbers", map[string]int{"a": 5, "b": 3})
	if err != nil {
		return err
	}
	if len(result.Content) == 0 || !bytes.Contains(result.Content[0], []byte("5 and 3 is 8")) {
		return fmt.Errorf("5 and 3 make %s", result.Raw)
	}
	return nil
}

// echoSchema gives a tool's schema back, byte for byte as it came.
func echoSchema(ctx context.Context, s *host.Session, _ Env) error {
	tool, err := find(ctx, s, "json_schema_2020_12_tool")
	if err != nil {
		return err
	}
	return call(ctx, s, "json_schema_echo", map[string]json.RawMessage{"schema": tool.InputSchema})
}

// callAsTold makes the calls of the scenario's context.
func callAsTold(ctx context.Context, s *host.Session, env Env) error {
	var told struct {
		ToolCalls []struct {
			Name      string
			Arguments json.RawMessage
		}
	}
	if err := json.Unmarshal(env.Context, &told); err != nil {
		return fmt.Errorf("the context: %w", err)
	}
	if _, err := s.Tools(ctx); err != nil {
		return err
	}
	for _, c := range told.ToolCalls {
		if err := call(ctx, s, c.Name, c.Arguments); err != nil {
			return err
		}
	}
	return nil
}

// callEveryTool calls all that the list has: what must not be called is for the core to leave out.
func callEveryTool(ctx context.Context, s *host.Session, _ Env) error {
	tools, err := s.Tools(ctx)
	if err != nil {
		return err
	}
	for _, tool := range tools {
		err = errors.Join(err, call(ctx, s, tool.Name, map[string]string{"region": "us-west1"}))
	}
	return err
}

// answerInput calls the tools that ask for input before they answer, and two that do not.
func answerInput(ctx context.Context, s *host.Session, _ Env) error {
	tools, err := s.Tools(ctx)
	if err != nil {
		return err
	}
	for _, tool := range tools {
		err = errors.Join(err, call(ctx, s, tool.Name, struct{}{}))
	}
	return err
}

func find(ctx context.Context, s *host.Session, name string) (host.Tool, error) {
	tools, err := s.Tools(ctx)
	if err != nil {
		return host.Tool{}, err
	}
	for _, tool := range tools {
		if tool.Name == name {
			return tool, nil
		}
	}
	return host.Tool{}, fmt.Errorf("the server has no tool %s", name)
}

// call calls a tool that has to go well.
func call(ctx context.Context, s *host.Session, name string, args any) error {
	result, err := s.Call(ctx, name, args)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if result.IsError {
		return fmt.Errorf("%s failed: %s", name, result.Raw)
	}
	return nil
}
