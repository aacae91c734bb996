package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// call is one tools/call under way.
type call struct {
	ctx   context.Context
	args  json.RawMessage
	token json.RawMessage // _meta.progressToken, nil if none was given
	peer  peer
}

type content struct {
	Type string `json:"type"`
	Text string `json:"text"`
}

// callResult is a CallToolResult, the same in every revision but for the stamp.
type callResult struct {
	*stamp
	Content    []content `json:"content"`
	Structured any       `json:"structuredContent,omitempty"`
	IsError    bool      `json:"isError,omitempty"`
}

func says(format string, args ...any) *callResult {
	return &callResult{Content: []content{{"text", fmt.Sprintf(format, args...)}}}
}

// wrongArguments is how a tool reports them since 2025-11-25: so that a model
// can see it ("Tools", "Error Handling").
func wrongArguments(want string) (*callResult, *refusal) {
	r := says("Invalid arguments: want %s", want)
	r.IsError = true
	return r, nil
}

func (s *Server) callTool(ctx context.Context, m message, e era, p peer) (any, *refusal) {
	name, _ := text(m.params, "name")
	if name == "ask" {
		return s.askName(ctx, m, e, p)
	}
	for _, t := range tools() {
		if t.name != name {
			continue
		}
		c := call{ctx, dig(m.params, "arguments"), dig(m.params, "_meta", "progressToken"), p}
		result, bad := t.run(s, c)
		if bad != nil {
			return nil, bad
		}
		result.stamp = e.stamp()
		return result, nil
	}
	return nil, refuse(http.StatusOK, codeInvalidParams, "Unknown tool: "+name)
}

// whole gives an argument that is a whole number from 0 to limit.
func (c call) whole(name string, limit int) (n int, ok bool) {
	raw := dig(c.args, name)
	return n, raw != nil && json.Unmarshal(raw, &n) == nil && 0 <= n && n <= limit
}

func (c call) number(name string) (n float64, ok bool) {
	raw := dig(c.args, name)
	return n, raw != nil && json.Unmarshal(raw, &n) == nil
}

// wait is false if the call was cancelled meanwhile.
func (c call) wait(d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-c.ctx.Done():
		return false
	}
}

func runEcho(_ *Server, c call) (*callResult, *refusal) {
	said, ok := text(c.args, "text")
	if !ok {
		return wrongArguments("a string text")
	}
	return says("%s", said), nil
}

func runAdd(_ *Server, c call) (*callResult, *refusal) {
	a, okA := c.number("a")
	b, okB := c.number("b")
	if !okA || !okB {
		return wrongArguments("two numbers a and b")
	}
	sum := a + b
	result := says("%v", sum)
	result.Structured = struct {
		Sum float64 `json:"sum"`
	}{sum}
	return result, nil
}

type progressParams struct {
	Token    json.RawMessage `json:"progressToken"`
	Progress int             `json:"progress"`
	Total    int             `json:"total"`
}

// runProgress sends its notifications only if the call has a progressToken.
func runProgress(_ *Server, c call) (*callResult, *refusal) {
	n, ok := c.whole("n", 1_000_000)
	if !ok {
		return wrongArguments("n from 0 to 1000000")
	}
	pause, _ := c.whole("ms", 60_000)
	for i := 1; i <= n && c.token != nil; i++ {
		if pause > 0 && !c.wait(time.Duration(pause)*time.Millisecond) || c.ctx.Err() != nil {
			return nil, gone
		}
		c.peer.send(notification("notifications/progress", progressParams{c.token, i, n}))
	}
	return says("%d steps", n), nil
}

// runSlow opens its stream at once, so that closing it can cancel the call.
func runSlow(s *Server, c call) (*callResult, *refusal) {
	ms, ok := c.whole("ms", 3_600_000)
	if !ok {
		return wrongArguments("ms from 0 to 3600000")
	}
	c.peer.open()
	if !c.wait(time.Duration(ms) * time.Millisecond) {
		s.cancelled.Add(1)
		return nil, gone
	}
	return says("waited %d ms", ms), nil
}

func runBig(_ *Server, c call) (*callResult, *refusal) {
	n, ok := c.whole("bytes", 64<<20)
	if !ok {
		return wrongArguments("bytes from 0 to 67108864")
	}
	return says("%s", strings.Repeat("x", n)), nil
}

func runFail(*Server, call) (*callResult, *refusal) {
	result := says("The tool failed, as it was asked to.")
	result.IsError = true
	return result, nil
}

func runBoom(*Server, call) (*callResult, *refusal) {
	return nil, refuse(http.StatusOK, codeInternal, "Boom")
}

func runAnnounce(s *Server, _ call) (*callResult, *refusal) {
	s.hub.announce()
	return says("announced"), nil
}
