// Command paged serves what no example of the Go SDK or of mcp-go has, on their public API: lists in pages of two, and
// an event store.
//
//	paged go-sdk|mcp-go ADDRESS
package main

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"os"
	"time"

	third "github.com/mark3labs/mcp-go/mcp"
	thirdserver "github.com/mark3labs/mcp-go/server"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

func main() {
	handlers := map[string]func() http.Handler{"go-sdk": goSDK, "mcp-go": mcpGo}
	if len(os.Args) != 3 || handlers[os.Args[1]] == nil {
		log.Fatal("usage: paged go-sdk|mcp-go ADDRESS")
	}
	log.Fatal(http.ListenAndServe(os.Args[2], handlers[os.Args[1]]()))
}

// names are more than two pages.
var names = []string{"one", "two", "three", "four", "five"}

func goSDK() http.Handler {
	allow := func(context.Context, *mcp.SubscribeRequest) error { return nil }
	allowUn := func(context.Context, *mcp.UnsubscribeRequest) error { return nil }
	s := mcp.NewServer(&mcp.Implementation{Name: "paged", Version: "1"}, &mcp.ServerOptions{PageSize: 2, SubscribeHandler: allow, UnsubscribeHandler: allowUn})
	for _, name := range names {
		mcp.AddTool(s, &mcp.Tool{Name: name}, func(context.Context, *mcp.CallToolRequest, struct{}) (*mcp.CallToolResult, any, error) {
			return nil, name, nil
		})
		s.AddResource(&mcp.Resource{Name: name, URI: "note:" + name}, func(context.Context, *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
			return &mcp.ReadResourceResult{Contents: []*mcp.ResourceContents{{URI: "note:" + name, Text: name}}}, nil
		})
		s.AddPrompt(&mcp.Prompt{Name: name}, func(context.Context, *mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
			return &mcp.GetPromptResult{Messages: []*mcp.PromptMessage{{Role: "user", Content: &mcp.TextContent{Text: name}}}}, nil
		})
	}
	type steps struct {
		N  int `json:"n"`
		MS int `json:"ms"`
	}
	mcp.AddTool(s, &mcp.Tool{Name: "steps"}, func(ctx context.Context, r *mcp.CallToolRequest, in steps) (*mcp.CallToolResult, any, error) {
		log.Print("steps begins")
		for i := range in.N {
			select {
			case <-time.After(time.Duration(in.MS) * time.Millisecond):
			case <-ctx.Done():
				log.Print("steps was cancelled")
				return nil, nil, ctx.Err()
			}
			if token := r.Params.GetProgressToken(); token != nil {
				// A client that is away reads it later, from the event store.
				_ = r.Session.NotifyProgress(ctx, &mcp.ProgressNotificationParams{ProgressToken: token, Progress: float64(i + 1), Total: float64(in.N)})
			}
		}
		return nil, fmt.Sprintf("%d steps", in.N), nil
	})
	mcp.AddTool(s, &mcp.Tool{Name: "change"}, func(ctx context.Context, r *mcp.CallToolRequest, _ struct{}) (*mcp.CallToolResult, any, error) {
		mcp.AddTool(s, &mcp.Tool{Name: "new"}, func(context.Context, *mcp.CallToolRequest, struct{}) (*mcp.CallToolResult, any, error) {
			return nil, "new", nil
		})
		return nil, "changed", s.ResourceUpdated(ctx, &mcp.ResourceUpdatedNotificationParams{URI: "note:one"})
	})
	return mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return s }, &mcp.StreamableHTTPOptions{EventStore: mcp.NewMemoryEventStore(nil)})
}

func mcpGo() http.Handler {
	s := thirdserver.NewMCPServer("paged", "1", thirdserver.WithPaginationLimit(2), thirdserver.WithToolCapabilities(true),
		thirdserver.WithResourceCapabilities(true, true), thirdserver.WithPromptCapabilities(true))
	for _, name := range names {
		s.AddTool(third.NewTool(name), func(context.Context, third.CallToolRequest) (*third.CallToolResult, error) {
			return third.NewToolResultText(name), nil
		})
		s.AddResource(third.NewResource("note:"+name, name), func(context.Context, third.ReadResourceRequest) ([]third.ResourceContents, error) {
			return []third.ResourceContents{third.TextResourceContents{URI: "note:" + name, Text: name}}, nil
		})
		s.AddPrompt(third.NewPrompt(name), func(context.Context, third.GetPromptRequest) (*third.GetPromptResult, error) {
			return third.NewGetPromptResult("", []third.PromptMessage{third.NewPromptMessage(third.RoleUser, third.NewTextContent(name))}), nil
		})
	}
	s.AddTool(third.NewTool("steps", third.WithNumber("n"), third.WithNumber("ms")), func(ctx context.Context, r third.CallToolRequest) (*third.CallToolResult, error) {
		log.Print("steps begins")
		// The context is the connection's too, and a client that is away comes back for the rest.
		defer context.AfterFunc(ctx, func() { log.Print("steps was cancelled") })()
		ctx = context.WithoutCancel(ctx)
		n := r.GetInt("n", 1)
		for i := range n {
			time.Sleep(time.Duration(r.GetInt("ms", 0)) * time.Millisecond)
			if meta := r.Params.Meta; meta != nil && meta.ProgressToken != nil {
				_ = s.SendNotificationToClient(ctx, "notifications/progress", map[string]any{"progressToken": meta.ProgressToken, "progress": i + 1, "total": n})
			}
		}
		return third.NewToolResultText(fmt.Sprintf("%d steps", n)), nil
	})
	s.AddTool(third.NewTool("change"), func(context.Context, third.CallToolRequest) (*third.CallToolResult, error) {
		s.AddTool(third.NewTool("new"), func(context.Context, third.CallToolRequest) (*third.CallToolResult, error) {
			return third.NewToolResultText("new"), nil
		})
		return third.NewToolResultText("changed"), nil
	})
	return thirdserver.NewStreamableHTTPServer(s, thirdserver.WithEventStore(thirdserver.NewInMemoryEventStore()))
}
