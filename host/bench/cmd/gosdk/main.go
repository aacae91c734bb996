// Command gosdk is the Go SDK's client as a contender.
package main

import (
	"context"
	"errors"

	"github.com/headfast/headfast/host/bench/internal/lap"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

func main() { lap.Main(open) }

type sdk struct {
	url     string
	client  *mcp.Client
	session *mcp.ClientSession
	count   lap.Counter
}

func open(_ context.Context, url string) (lap.Client, error) {
	s := &sdk{url: url}
	s.client = mcp.NewClient(&mcp.Implementation{Name: "bench", Version: "1"}, &mcp.ClientOptions{
		ProgressNotificationHandler: func(_ context.Context, r *mcp.ProgressNotificationClientRequest) {
			if r.Params.Progress > 0 {
				s.count.Add()
			}
		},
	})
	return s, nil
}

func (s *sdk) List(ctx context.Context) (int, error) {
	session, err := s.client.Connect(ctx, &mcp.StreamableClientTransport{Endpoint: s.url}, nil)
	if err != nil {
		return 0, err
	}
	s.session = session
	if v := session.InitializeResult().ProtocolVersion; v != "2026-07-28" {
		return 0, errors.New("the Go SDK speaks " + v)
	}
	list, err := session.ListTools(ctx, nil)
	if err != nil {
		return 0, err
	}
	return len(list.Tools), nil
}

func (s *sdk) Text(ctx context.Context, tool string, args map[string]any) (string, error) {
	result, err := s.session.CallTool(ctx, &mcp.CallToolParams{Name: tool, Arguments: args})
	if err != nil {
		return "", err
	}
	if len(result.Content) == 1 {
		if text, ok := result.Content[0].(*mcp.TextContent); ok {
			return text.Text, nil
		}
	}
	return "", errors.New("not one text")
}

func (s *sdk) Flood(ctx context.Context, n int) (int, error) {
	params := &mcp.CallToolParams{Meta: mcp.Meta{}, Name: "echo", Arguments: map[string]any{"text": "x"}}
	params.SetProgressToken("flood")
	_, err := s.session.CallTool(ctx, params)
	return s.count.Settle(n), err
}

func (s *sdk) Close() error { return s.session.Close() }
