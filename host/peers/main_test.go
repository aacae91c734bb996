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
// What a group needs is installed when it is first used; where that is not possible, its tests fail and
// say what to install. The ports 3000, 3001, 8001 and 8080 are fixed in servers that must stay as they are.
package peers

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// folder keeps what a run builds and the logs of the servers. It stays when a test failed.
var folder string

func TestMain(m *testing.M) {
	var err error
	if folder, err = os.MkdirTemp("", "headfast-peers-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	pages.close()
	tidy(code == 0)
	os.Exit(code)
}

// tidy leaves nothing behind but, after a failure, the servers' logs.
func tidy(passed bool) {
	if passed {
		os.RemoveAll(folder)
		return
	}
	all, _ := os.ReadDir(folder)
	for _, e := range all {
		if filepath.Ext(e.Name()) != ".log" {
			os.RemoveAll(filepath.Join(folder, e.Name()))
		}
	}
	fmt.Fprintln(os.Stderr, "the servers' logs are in", folder)
}
