package cli

import "testing"

// TestWithDevice: the grant is put where it belongs, on no new line, and nothing else changes.
func TestWithDevice(t *testing.T) {
	for _, c := range [][3]string{
		{"acme", "{\n \"mcpServers\": {\n  \"acme\": {\"url\":\"u\"}}}", "{\n \"mcpServers\": {\n  \"acme\": {\"oauth\":{\"grant\":\"device_code\"},\"url\":\"u\"}}}"},
		{"", `{"mcpServers":{"acme":{}}}`, `{"mcpServers":{"acme":{"oauth":{"grant":"device_code"}}}}`},
		{"a.b*", `{"mcpServers":{"x":{},"a.b*":{ "oauth" : {"clientId":"c"} }}}`, `{"mcpServers":{"x":{},"a.b*":{ "oauth" : {"grant":"device_code","clientId":"c"} }}}`},
		{"acme", `{"mcpServers":{"acme":{"oauth":{}}}}`, `{"mcpServers":{"acme":{"oauth":{"grant":"device_code"}}}}`},
		{"acme", `{"mcpServers":{"acme":{"oauth":{"grant": "authorization_code" ,"scopes":"a"}}}}`, `{"mcpServers":{"acme":{"oauth":{"grant": "device_code" ,"scopes":"a"}}}}`},
		{"acme", "\ufeff" + `{"mcpServers":{"acme":{"oauth":{}}}}`, "\ufeff" + `{"mcpServers":{"acme":{"oauth":{"grant":"device_code"}}}}`},
		{"acme", `{"mcpServers":{"acme":{"oauth":false}}}`, `{"mcpServers":{"acme":{"oauth":false}}}`},
		{"acme", `{"mcpServers":{"acme":{"oauth":{}},"acme":{"url":"u"}}}`, `{"mcpServers":{"acme":{"oauth":{}},"acme":{"oauth":{"grant":"device_code"},"url":"u"}}}`},
		{"other", `{"mcpServers":{"acme":{}}}`, `{"mcpServers":{"acme":{}}}`},
		{"", `{"mcpServers":{"a":{},"b":{}}}`, `{"mcpServers":{"a":{},"b":{}}}`},
		{"acme", `{"mcpServers":`, `{"mcpServers":`},
		{"acme", `[]`, `[]`},
	} {
		got, err := withDevice([]byte(c[1]), c[0])
		if err != nil || string(got) != c[2] {
			t.Errorf("%s: %s, %v", c[1], got, err)
		}
	}
	if _, err := withDevice([]byte(`{"mcpServers":{"acme":{"oauth":{"grant":"client_credentials"}}}}`), "acme"); err == nil {
		t.Error("another grant was replaced")
	}
}
