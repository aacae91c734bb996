// Package conformance runs the official MCP conformance suite, the npm package @modelcontextprotocol/conformance,
// against every form in which Headfast is a client.
//
//	go test ./host/conformance                                  all of it
//	go test ./host/conformance -run TestClients/wasm            one client
//	go test ./host/conformance -run TestClients/node/tools_call one client, one scenario at every revision
//
// What has to hold is said in scenarios.txt. The suite and, where the system's Node is older than 22, a newer one
// are installed from npm/package-lock.json when that has changed.
//
//	scenarios.txt   scenarios, revisions, required checks
//	client/         the client's side of every scenario, on the public API of package host
//	cmd/client      that client as a program
//	node/           the same for the npm package; skills.mjs is what it has no part for
//
// conformance_test.go has the tests, suite_test.go runs the suite, statement_test.go reads scenarios.txt, gate_test.go
// judges what the suite found. Begin with scenarios.txt and one run with -v. Package host/internal/testbed installs and
// builds what all of it needs.
package conformance
