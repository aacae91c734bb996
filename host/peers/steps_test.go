package peers

import (
	"encoding/json"
	"testing"

	"github.com/headfast/headfast/host"
)

// step is one thing that an API of Headfast is asked to do. It goes to npm/steps.mjs as it is.
type step struct {
	// Do is "connect", "list", "call", "read", "prompt", "complete", "listen", "rootsChanged" or "close".
	Do string `json:"do"`
	// Name is a tool, a prompt, a URI, or what is to be listed: "tools", "resources", "templates" or "prompts".
	Name string          `json:"name,omitempty"`
	Args json.RawMessage `json:"args,omitempty"`
	// Argument and Value are what is to be completed; Name has a colon where it is a template's.
	Argument string `json:"argument,omitempty"`
	Value    string `json:"value,omitempty"`
	// Answer is the person's to an elicitation.
	Answer   *answer `json:"answer,omitempty"`
	Progress bool    `json:"progress,omitempty"`
	LogLevel string  `json:"logLevel,omitempty"`
	// CancelMS gives the call up after so long.
	CancelMS int `json:"cancelMs,omitempty"`
	// Await is a notification to wait for, after the call; AwaitLog a part of a line of standard error.
	Await    string  `json:"await,omitempty"`
	AwaitLog string  `json:"awaitLog,omitempty"`
	Filter   *filter `json:"filter,omitempty"`
	// Config and How belong to connect.
	Config string     `json:"config,omitempty"`
	How    connection `json:"how,omitzero"`
}

type answer struct {
	Action  string          `json:"action"`
	Content json.RawMessage `json:"content,omitempty"`
}

// filter is what a listen subscribes to.
type filter struct {
	Tools     bool     `json:"tools,omitempty"`
	Prompts   bool     `json:"prompts,omitempty"`
	Resources bool     `json:"resources,omitempty"`
	URIs      []string `json:"uris,omitempty"`
}

// connection is how a session is opened: which questions of the server it can answer.
type connection struct {
	Revision    string      `json:"revision,omitempty"`
	Elicitation bool        `json:"elicitation,omitempty"`
	Sampling    bool        `json:"sampling,omitempty"`
	Roots       []host.Root `json:"roots,omitempty"`
}

// came is what came of a step.
type came struct {
	Names    []string
	Result   json.RawMessage
	Progress []float64
	// Messages are notifications of the session during the step, Heard those of a listen.
	Messages, Heard []notification
	// Asked are the params of what the server asked.
	Asked []json.RawMessage
	Gaps  []string
	// Log is what a process wrote to its standard error, from its start.
	Log   []string
	Error *struct {
		Code, Outcome, RPCData, Message string
		RPCCode                         int
	}
	MS int
	// Revision, Transport and Greeting come of a connect.
	Revision, Transport string
	Greeting            json.RawMessage
	// Broken is a failure of the test's own program.
	Broken string
}

type notification struct {
	Method string          `json:"method"`
	Params json.RawMessage `json:"params,omitempty"`
}

// api is one of the APIs of Headfast with one session, in which steps are taken.
type api interface {
	do(t *testing.T, s step) came
	// pid is the process in which it runs.
	pid() int
}

// apis open each of them; what they hold is given back at the end of the test, which fails where that takes long.
var apis = []struct {
	name string
	open func(t *testing.T) api
}{{"go", openGo}, {"node", openNode}}

// must fails the test where the step failed.
func must(t *testing.T, a api, s step) came {
	t.Helper()
	c := a.do(t, s)
	if c.Error != nil {
		t.Fatalf("%s %s: %+v", s.Do, s.Name, *c.Error)
	}
	return c
}

// everyAnswer is a session that can answer all that a server may ask.
func everyAnswer(revision string) connection {
	return connection{Revision: revision, Elicitation: true, Sampling: true, Roots: []host.Root{{URI: "file:///usr", Name: "usr"}}}
}
