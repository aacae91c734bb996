// Package client is the client's side of the official conformance suite: for each scenario the steps that a
// person would take with package host, and nothing that the package does not do by itself. What a scenario is
// about, such as leaving a tool out or waiting before a reconnect, is thus the core's own doing.
package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/headfast/headfast/host"
)

// Env is what the suite tells a client in the environment.
type Env struct {
	// Scenario is its name, in MCP_CONFORMANCE_SCENARIO.
	Scenario string
	// Revision of the specification that the server speaks, in MCP_CONFORMANCE_PROTOCOL_VERSION.
	Revision string
	// Context is a JSON object with what the scenario hands over, in MCP_CONFORMANCE_CONTEXT; often empty.
	Context json.RawMessage
}

// FromEnvironment reads the environment of this process.
func FromEnvironment() Env {
	return Env{
		Scenario: os.Getenv("MCP_CONFORMANCE_SCENARIO"),
		Revision: os.Getenv("MCP_CONFORMANCE_PROTOCOL_VERSION"),
		Context:  json.RawMessage(os.Getenv("MCP_CONFORMANCE_CONTEXT")),
	}
}

// drive takes the steps of one scenario.
type drive func(ctx context.Context, s *host.Session, env Env) error

// scenarios are the suite's, by name.
var scenarios = map[string]drive{
	"initialize":                          listTools,
	"request-metadata":                    listTools,
	"json-schema-ref-no-deref":            listTools,
	"tools_call":                          addNumbers,
	"elicitation-sep1034-client-defaults": callNamed("test_client_elicitation_defaults"),
	"sse-retry":                           callNamed("test_reconnection"),
	"sep-2322-client-request-state":       answerInput,
	"http-standard-headers":               everyVerb,
	"http-custom-headers":                 callAsTold,
	"http-invalid-tool-headers":           callEveryTool,
	"json-schema-2020-12-preservation":    echoSchema,
	"sep-2640-client-no-prefetch":         listSkills,
	"sep-2640-client-verify-digest":       loadSkills,
	"sep-2640-client-verify-size":         loadSkills,
	"sep-2640-client-verify-frontmatter":  loadSkills,
}

// server is the entry's name in the configuration.
const server = "conformance"

// Opener starts a client: host.Open, or one that chooses the core.
type Opener = func(context.Context, host.Options) (*host.Client, error)

// Run opens a client, connects it to the suite's server at url and takes the scenario's steps. The error is
// the first step's that failed, or one of closing.
func Run(ctx context.Context, open Opener, env Env, url string) (err error) {
	steps, found := scenarios[env.Scenario]
	if strings.HasPrefix(env.Scenario, "auth/") {
		steps, found = answerInput, true
	}
	if !found {
		return fmt.Errorf("no such scenario: %q", env.Scenario)
	}
	c, err := open(ctx, options(env))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close(context.WithoutCancel(ctx))) }()
	session, err := connect(ctx, c, env, url)
	if err != nil {
		return err
	}
	return errors.Join(steps(ctx, session, env), session.Close(ctx))
}

// options are what a scenario needs of the client: one about signing in needs a person.
func options(env Env) host.Options {
	if !strings.HasPrefix(env.Scenario, "auth/") {
		return host.Options{}
	}
	return host.Options{SignIn: person(), ClientDocument: document, Env: environment(env)}
}

func connect(ctx context.Context, c *host.Client, env Env, url string) (*host.Session, error) {
	entry := map[string]any{"type": "http", "url": url}
	if strings.HasPrefix(env.Scenario, "auth/") {
		block, err := oauth(env)
		if err != nil {
			return nil, err
		}
		entry["auth"], entry["oauth"] = "oauth", block
	}
	text, err := json.Marshal(map[string]any{"mcpServers": map[string]any{server: entry}})
	if err != nil {
		return nil, err
	}
	config, err := c.Load("conformance", text)
	if err != nil {
		return nil, err
	}
	return config.Connect(ctx, server, host.WithRevision(env.Revision), host.OnElicitation(accept))
}

// accept sends every form with its defaults, as a person does who changes nothing, and opens no page.
func accept(_ context.Context, e host.Elicitation) (host.ElicitationAnswer, error) {
	if e.Mode != "form" {
		return e.Decline(), nil
	}
	return e.Accept(nil), nil
}
