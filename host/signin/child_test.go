package signin_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/internal/testbed"
	"github.com/headfast/headfast/host/native"
	"github.com/headfast/headfast/host/store"
)

// childArgument has the test binary be a Headfast of its own.
const childArgument = "child"

// childSettings are a child's.
type childSettings struct {
	Dir    string // of its store.File
	Config string
	// KillAt ends the process with SIGKILL at a point of its work with the store: two for each operation, before and
	// after it; 0 is never.
	KillAt int
}

// childSaid is a child's answer to a line: "connect", "call" or "points".
type childSaid struct {
	Code, Error string
	PID         int
	// Points is how many points of KillAt there were, Order what they were.
	Points []string
}

// child is the process. It has nobody who could sign in.
func child(settings string) int {
	var s childSettings
	if err := json.Unmarshal([]byte(settings), &s); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	accounts := &killing{Store: store.File(s.Dir), at: s.KillAt}
	client, err := host.Open(context.Background(), host.Options{Core: native.Core, Accounts: accounts, Proxy: "none"})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	config, err := client.Load("mcp.json", []byte(s.Config))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	say := json.NewEncoder(os.Stdout)
	_ = say.Encode(childSaid{PID: os.Getpid()})
	c := &childWork{config: config}
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		said := childSaid{}
		if err := c.do(lines.Text()); err != nil {
			said.Code, said.Error = "?", err.Error()
			if e := new(host.Error); asError(err, &e) {
				said.Code = e.Code
			}
		}
		said.Points = accounts.seen()
		_ = say.Encode(said)
	}
	return 0
}

type childWork struct {
	config  *host.Config
	session *host.Session
}

func (c *childWork) do(what string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	switch what {
	case "connect":
		var err error
		if c.session, err = c.config.Connect(ctx, "s"); err != nil {
			return err
		}
		fallthrough
	case "call":
		r, err := c.session.Call(ctx, "echo", map[string]string{"text": "hello"})
		if err == nil && !strings.Contains(string(r.Raw), "hello") {
			err = fmt.Errorf("the tool said %s", r.Raw)
		}
		return err
	case "linger": // what is done after the answer, is done
		time.Sleep(200 * time.Millisecond)
	}
	return nil
}

// headfastProcess is a child.
type headfastProcess struct {
	*testbed.Server
	t   *testing.T
	pid int
}

// startHeadfast starts a child for an MCP server, with this oauth block and folder.
func startHeadfast(t *testing.T, url, dir string, oauth map[string]any, killAt int) *headfastProcess {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	settings, err := json.Marshal(childSettings{Dir: dir, KillAt: killAt, Config: string(entryText(url, entry{OAuth: oauth}))})
	if err != nil {
		t.Fatal(err)
	}
	var ready childSaid
	p := testbed.StartServer(t, exec.Command(program, childArgument, string(settings)), &ready)
	return &headfastProcess{p, t, ready.PID}
}

// do has the child do something; died says that it was killed over it.
func (p *headfastProcess) do(what string) (said childSaid, died bool) {
	p.t.Helper()
	line, err := p.Ask([]byte(what), 90*time.Second)
	if err != nil {
		if !errors.Is(err, testbed.ErrGone) {
			p.t.Error(err)
		}
		return said, true
	}
	if err := json.Unmarshal(line, &said); err != nil {
		p.t.Error(err)
	}
	return said, false
}

// folderOf is a folder for a store.File, with a sign-in to the server in it.
func folderOf(t *testing.T, url string, oauth map[string]any) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "accounts")
	headfast(t, url, entry{OAuth: oauth, Store: store.File(dir)}).login()
	return dir
}
