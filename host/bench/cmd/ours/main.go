// Command ours is Headfast's Go package as a contender.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/bench/internal/lap"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "warm" {
		if err := host.Warm(""); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	lap.Main(open)
}

type ours struct {
	client  *host.Client
	config  *host.Config
	session *host.Session
}

func open(ctx context.Context, url string) (lap.Client, error) {
	client, err := host.Open(ctx, host.Options{NoBackground: os.Getenv("BENCH_NO_BACKGROUND") != ""})
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(map[string]any{"mcpServers": map[string]any{"bench": map[string]any{"type": "http", "url": url}}})
	if err != nil {
		return nil, err
	}
	config, err := client.Load(".mcp.json", text)
	return &ours{client: client, config: config}, err
}

func (o *ours) List(ctx context.Context) (int, error) {
	session, err := o.config.Connect(ctx, "bench")
	if err != nil {
		return 0, err
	}
	o.session = session
	tools, err := session.Tools(ctx)
	return len(tools), err
}

func (o *ours) Text(ctx context.Context, tool string, args map[string]any) (string, error) {
	result, err := o.session.Call(ctx, tool, args)
	if err != nil {
		return "", err
	}
	if len(result.Content) != 1 {
		return "", errors.New("not one piece of content")
	}
	var content struct{ Text string }
	err = json.Unmarshal(result.Content[0], &content)
	return content.Text, err
}

func (o *ours) Flood(ctx context.Context, n int) (int, error) {
	var count lap.Counter
	onProgress := host.OnProgress(func(_ string, params []byte) {
		var progress struct{ Progress float64 }
		if json.Unmarshal(params, &progress) == nil && progress.Progress > 0 {
			count.Add()
		}
	})
	_, err := o.session.Call(ctx, "echo", map[string]any{"text": "x"}, onProgress, host.WithTimeout(time.Minute))
	return count.Settle(n), err
}

func (o *ours) Close() error { return o.client.Close(context.Background()) }
