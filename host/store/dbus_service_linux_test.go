package store

import (
	"bufio"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/godbus/dbus/v5"
)

// bus starts a session's bus that can start no service by itself, and makes it this process's.
func bus(t *testing.T) (address string, stop func()) {
	t.Helper()
	daemon, err := exec.LookPath("dbus-daemon")
	if err != nil {
		t.Fatal("there is no dbus-daemon: install it (Debian: sudo apt-get install dbus-daemon)")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "bus.conf")
	overwrite(t, file, []byte(`<busconfig><type>session</type><listen>unix:dir=`+dir+`</listen><policy context="default">
		<allow send_destination="*"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`))
	cmd := exec.Command(daemon, "--config-file="+file, "--nofork", "--print-address")
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	stop = sync.OnceFunc(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	t.Cleanup(stop)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", strings.TrimSpace(line))
	return strings.TrimSpace(line), stop
}

// secret on the bus, as the Secret Service API has it.
type busSecret struct {
	Session     dbus.ObjectPath
	Parameters  []byte
	Value       []byte
	ContentType string
}

// service is a Secret Service with one collection, which has a mood: "open", "dismissed" (it is locked, and the
// person closes its dialog), "silent" (its dialog stays up) or "empty" (there is no collection).
type service struct {
	conn  *dbus.Conn
	mood  atomic.Value
	mu    sync.Mutex
	items map[dbus.ObjectPath]*item
}

type item struct {
	service    *service
	attributes map[string]string
	secret     busSecret
}

const (
	nowhere   = dbus.ObjectPath("/")
	promptAt  = dbus.ObjectPath("/org/freedesktop/secrets/prompt/1")
	aliasAt   = dbus.ObjectPath("/org/freedesktop/secrets/aliases/default")
	sessionAt = dbus.ObjectPath("/org/freedesktop/secrets/session/1")
)

// serve puts a Secret Service on the bus.
func serve(t *testing.T, address, mood string) *service {
	t.Helper()
	conn, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	s := &service{conn: conn, items: map[dbus.ObjectPath]*item{}}
	s.mood.Store(mood)
	for _, e := range []struct {
		v    any
		at   dbus.ObjectPath
		face string
	}{
		{s, secretsPath, secretsFace},
		{properties{s}, secretsPath, "org.freedesktop.DBus.Properties"},
		{collection{s}, aliasAt, "org.freedesktop.Secret.Collection"},
		{prompt{s}, promptAt, "org.freedesktop.Secret.Prompt"},
		{session{}, sessionAt, "org.freedesktop.Secret.Session"},
	} {
		if err := conn.Export(e.v, e.at, e.face); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := conn.RequestName(secretsName, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *service) OpenSession(string, dbus.Variant) (dbus.Variant, dbus.ObjectPath, *dbus.Error) {
	return dbus.MakeVariant(""), sessionAt, nil
}

func (s *service) ReadAlias(string) (dbus.ObjectPath, *dbus.Error) {
	if s.mood.Load() == "empty" {
		return nowhere, nil
	}
	return aliasAt, nil
}

func (s *service) Unlock(all []dbus.ObjectPath) ([]dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	if s.mood.Load() == "open" {
		return all, nowhere, nil
	}
	return nil, promptAt, nil
}

type properties struct{ s *service }

func (properties) Get(_, _ string) (dbus.Variant, *dbus.Error) {
	return dbus.MakeVariant([]dbus.ObjectPath{}), nil
}

type collection struct{ s *service }

func (c collection) CreateItem(p map[string]dbus.Variant, secret busSecret, _ bool) (dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	attributes, _ := p["org.freedesktop.Secret.Item.Attributes"].Value().(map[string]string)
	at := dbus.ObjectPath(string(aliasAt) + "/" + strconv.Itoa(len(c.s.items)))
	c.s.items[at] = &item{c.s, attributes, secret}
	_ = c.s.conn.Export(c.s.items[at], at, "org.freedesktop.Secret.Item")
	return at, nowhere, nil
}

func (c collection) SearchItems(wanted map[string]string) ([]dbus.ObjectPath, *dbus.Error) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	var found []dbus.ObjectPath
	for at, i := range c.s.items {
		if i.attributes["service"] == wanted["service"] && i.attributes["username"] == wanted["username"] {
			found = append(found, at)
		}
	}
	return found, nil
}

func (i *item) GetSecret(dbus.ObjectPath) (busSecret, *dbus.Error) { return i.secret, nil }

type prompt struct{ s *service }

func (p prompt) Prompt(string) *dbus.Error {
	if p.s.mood.Load() == "dismissed" {
		_ = p.s.conn.Emit(promptAt, "org.freedesktop.Secret.Prompt.Completed", true, dbus.MakeVariant(""))
	}
	return nil
}

type session struct{}

func (session) Close() *dbus.Error { return nil }
