// Package host connects Go programs to Model Context Protocol servers with exactly the credentials that
// a configuration file names. It runs the core, one WebAssembly module, under wazero, and performs what
// the core asks for: HTTP over net/http, and processes over os/exec.
//
//	client, err := host.Open(ctx, host.Options{})
//	config, err := client.LoadFile(".mcp.json")
//	session, err := config.Connect(ctx, "acme")
//	tools, err := session.Tools(ctx)
//	result, err := session.Call(ctx, "echo", map[string]any{"text": "hello"})
//
// What a server may ask of a program is what the program has a callback for: [OnElicitation], [OnSampling] and
// [WithRoots] are options of [Config.Connect], and the capabilities that the server is told are made from them.
//
// All of it is safe for concurrent use: inputs are queued to one goroutine for each Client, which steps
// the core. One Client serves any number of configurations and sessions.
package host
