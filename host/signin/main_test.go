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
package signin_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// folder keeps what a run builds and the servers' logs. It stays when a test failed.
var folder string

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
	var err error
	if folder, err = os.MkdirTemp("", "headfast-signin-"); err != nil {
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
