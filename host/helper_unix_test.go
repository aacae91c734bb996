//go:build unix

package host

import (
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
)

// TestHeadersHelperFolder: a helper with a relative path is that of the file's folder, wherever the person stands, and
// runs there.
func TestHeadersHelperFolder(t *testing.T) {
	server := &keyServer{key: "fake-folder-key-00001"}
	s := httptest.NewServer(server)
	t.Cleanup(s.Close)
	dir := t.TempDir()
	for name, file := range map[string]struct {
		text string
		mode os.FileMode
	}{
		"keys.sh":   {"#!/bin/sh\nprintf '{\"X-API-Key\": \"%s\"}' \"$(cat key)\"\n", 0o700},
		"key":       {server.key, 0o600},
		".mcp.json": {`{"mcpServers":{"acme":{"type":"http","url":"` + s.URL + `","headersHelper":"./keys.sh"}}}`, 0o600},
	} {
		must(0, os.WriteFile(filepath.Join(dir, name), []byte(file.text), file.mode))
	}
	t.Chdir(t.TempDir())
	config := must(client(t, Options{}).LoadFile(filepath.Join(dir, ".mcp.json")))
	session := must(config.Connect(context.Background(), "acme"))
	must(session.Tools(context.Background()))
	x := must(config.Explain(context.Background(), "acme"))
	if x.Helper == nil || x.Helper.Program != "./keys.sh" || x.Helper.Where.Line != 1 {
		t.Errorf("told as %+v", x.Helper)
	}
}
