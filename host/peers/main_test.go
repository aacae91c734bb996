// Package peers tests Headfast against the servers of other people, unchanged, and against connections
// that go wrong. Nothing is mocked: every server is a process or a listener of its own on loopback.
//
//	go test ./host/peers                       all of it
//	go test ./host/peers -run TestReport       the server of the bug report, on FastAPI
//	go test ./host/peers -run TestPeers        the servers of the reference SDKs, in each way that Headfast has
//	go test ./host/peers -run TestAbilities    all that they, mcp-go, fastmcp, supergateway and mcp-proxy can do;
//	                                           with -v it ends with the table, and why what is missing is missing
//	go test ./host/peers -run TestStdio        what a server over its standard streams is given, and what it leaves
//	go test ./host/peers -run TestFaults       what misbehaves
//
// Where to find what: roster_test.go lists the servers of TestPeers, peers_test.go what is done with each; abilities_test.go
// is the same for TestAbilities, with a file of servers a language (abilities_go_test.go …), what is tried
// (abilities_try_test.go) and who takes the steps (steps_*_test.go). report_test.go is the report's case, faults_test.go and
// network_test.go what goes wrong. headfast_test.go runs the command line, client_test.go the Go API, visit_test.go the npm
// package; wire_test.go is a proxy that keeps what was sent. Begin with TestReportHTTPRightKey, the shortest. Package
// host/internal/testbed installs, builds and ends what all of it needs.
//
// What a group needs is installed when it is first used; where that is not possible, its tests fail and
// say what to install. The ports 3000, 3001, 8001 and 8080 are fixed in servers that must stay as they are.
package peers

import (
	"os"
	"testing"

	"github.com/headfast/headfast/host/internal/testbed"
)

func TestMain(m *testing.M) { os.Exit(testbed.Main(m, "peers", page.Close, panel.Close)) }
