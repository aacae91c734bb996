// Package signin_test has what Headfast's sign-in is tested against: authorization servers of other people, unchanged,
// MCP servers that want their tokens, and a person before a browser. Everything is on loopback, on ports that the
// system chooses, and ends with the test.
//
// A test of a sign-in is a few lines:
//
//	as := startOIDC(t, OIDC{AccessSeconds: 2})  // oidc-provider; or startZitadel(t, Zitadel{})
//	mcp := startProtected(t, Protected{AS: as}) // package demo; or startGoSDK(t, GoSDK{AS: as})
//	… have a client connect to mcp.URL, and get the page that it opens …
//	at := walk(t, page)                         // a person, by net/http; or browser(t, page), in Chromium
//	… at.URL is the redirect, at.Status and at.Body are what the client's listener answered …
//
// What came, with headers, bodies and answers:
//
//	as.requests(), as.grants("refresh_token"), as.to("POST", "/reg"), mcp.requests(), mcp.with(token)
//	mustNotHave(t, as.requests(), "a-secret")   // raw, in base64, in percent-encoding or in JSON
//	as.introspect(token)                        // whether it is good, and whose
//
// What goes wrong, until the next intercept:
//
//	as.intercept(losing(isPath("/token")))      // the answer; also failing, dropping, slow, changing
//	as.set(t, map[string]any{"accessSeconds": 1}), as.loseAll(t), mcp.moveTo(t, other)
//
// Persons: walk(t, page, person{Denies: true}), person{Stays: true} who gets the redirect and does not follow it, and
// someone(t), whose browser keeps its cookies.
//
// Every server is behind a recorder, which is its public address; what the servers say to each other goes past it.
//
// Where to find what: oidc_test.go, zitadel_test.go, protected_test.go and gosdk_test.go are the servers, recorder_test.go
// and wedge_test.go what stands before them, walk_test.go and browser_test.go the persons. client_test.go is a bare OAuth
// client that shows what the servers do (rigs_test.go, grants_test.go); headfast_test.go is Headfast in this process,
// child_test.go in another, cli_test.go as a command. Begin with TestSignIn in login_test.go; the other *_flow_test.go have a
// subject each. Package host/internal/testbed installs, builds and ends what all of it needs.
//
//	go test ./host/signin                    all of it, in about two minutes
//	go test ./host/signin -run TestSignIn -v one, with what it runs against
package signin_test

import (
	"flag"
	"os"
	"testing"

	"github.com/headfast/headfast/host/internal/testbed"
)

func TestMain(m *testing.M) {
	if file := os.Getenv(walkFile); file != "" {
		runWalk(file)
		return
	}
	flag.Parse()
	if flag.Arg(0) == childArgument {
		os.Exit(child(flag.Arg(1)))
	}
	_ = flag.Set("test.parallel", "6")                                  // they mostly wait
	_ = os.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent") // no test touches a person's keychain
	os.Exit(testbed.Main(m, "signin", page.Close))
}
