// Command nethttp is the floor: net/http and encoding/json, sending what 2026-07-28 needs and no more.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/headfast/headfast/host/bench/internal/lap"
)

func main() { lap.Main(open) }

type bare struct {
	url  string
	http *http.Client
}

func open(_ context.Context, url string) (lap.Client, error) {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = lap.InFlight
	return &bare{url, &http.Client{Transport: transport}}, nil
}

type object = map[string]any

const revision = "2026-07-28"

func (b *bare) post(ctx context.Context, method, name string, params object) (*http.Response, error) {
	meta := object{"io.modelcontextprotocol/protocolVersion": revision, "io.modelcontextprotocol/clientCapabilities": object{}, "progressToken": 1}
	params["_meta"] = meta
	body, err := json.Marshal(object{"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, b.url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json, text/event-stream")
	r.Header.Set("Mcp-Protocol-Version", revision)
	r.Header.Set("Mcp-Method", method)
	if name != "" {
		r.Header.Set("Mcp-Name", name)
	}
	response, err := b.http.Do(r)
	if err == nil && response.StatusCode != http.StatusOK {
		err = errors.Join(fmt.Errorf("status %d", response.StatusCode), response.Body.Close())
	}
	return response, err
}

type answer struct {
	Result struct {
		Tools   []json.RawMessage
		Content []struct{ Text string }
	}
}

func (b *bare) ask(ctx context.Context, method, name string, params object) (a answer, err error) {
	response, err := b.post(ctx, method, name, params)
	if err != nil {
		return a, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return a, err
	}
	return a, json.Unmarshal(body, &a)
}

func (b *bare) List(ctx context.Context) (int, error) {
	a, err := b.ask(ctx, "tools/list", "", object{})
	return len(a.Result.Tools), err
}

func (b *bare) Text(ctx context.Context, tool string, args map[string]any) (string, error) {
	a, err := b.ask(ctx, "tools/call", tool, object{"name": tool, "arguments": args})
	if err != nil || len(a.Result.Content) != 1 {
		return "", fmt.Errorf("%d pieces: %w", len(a.Result.Content), err)
	}
	return a.Result.Content[0].Text, nil
}

// Flood parses every line of data.
func (b *bare) Flood(ctx context.Context, _ int) (count int, err error) {
	response, err := b.post(ctx, "tools/call", "echo", object{"name": "echo", "arguments": object{"text": "x"}})
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	lines := bufio.NewScanner(response.Body)
	for lines.Scan() {
		data, is := bytes.CutPrefix(lines.Bytes(), []byte("data: "))
		if !is {
			continue
		}
		var m struct {
			Method string
			Params struct{ Progress float64 }
		}
		if err := json.Unmarshal(data, &m); err != nil {
			return count, err
		}
		if m.Params.Progress > 0 {
			count++
		}
	}
	return count, lines.Err()
}

func (b *bare) Close() error {
	b.http.CloseIdleConnections()
	return nil
}
