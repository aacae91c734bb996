// Command zitadel is the library github.com/zitadel/oidc as an authorization server: its example server with its
// login page, on a port of 127.0.0.1 that the system chooses. It prints {"issuer","origin"} and ends with its input.
//
//	zitadel [-issuer URL] [-redirect URI]… [-access 2s]
//
// Its clients are native (public), web (a-fake-secret), device (a-fake-secret) and, for an MCP server's
// introspection, protected-server (a-fake-secret); sid1 (verysecret) has client credentials. Its user is test-user2,
// password verysecure. Registration, resource indicators and iss in the redirect are not among what it can do; a
// refresh token is good for once, but one that is used again takes no other with it.
package main

import (
	"encoding/json"
	"flag"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
)

const secret = "a-fake-secret"

type list []string

func (l *list) String() string { return strings.Join(*l, ",") }

func (l *list) Set(one string) error { *l = append(*l, one); return nil }

func main() {
	var redirects list
	issuer := flag.String("issuer", "", "the issuer, where it is not the address that is listened on")
	flag.Var(&redirects, "redirect", "a redirect URI of the clients; the port of one on this machine does not matter")
	access := flag.Duration("access", 5*time.Minute, "how long an access token is good for")
	flag.Parse()

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	origin := "http://" + listener.Addr().String()
	if *issuer == "" {
		*issuer = origin + "/"
	}
	storage.RegisterClients(
		storage.NativeClient("native", redirects...),
		storage.WebClient("web", secret, redirects...),
		storage.DeviceClient("device", secret),
		storage.WebClient(protectedServer, secret),
	)
	logger := slog.New(slog.NewTextHandler(os.Stderr, nil))
	router := exampleop.SetupServer(*issuer, shortLived(storage.NewStorage(users{storage.NewUserStore(*issuer)}), *access), logger, false)

	ready := json.NewEncoder(os.Stdout)
	if err := ready.Encode(map[string]string{"issuer": *issuer, "origin": origin}); err != nil {
		log.Fatal(err)
	}
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	log.Fatal(http.Serve(listener, router))
}
