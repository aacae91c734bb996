package dialect

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/headfast/headfast/wasm/config"
	"golang.org/x/tools/txtar"
)

// TestOAuth: what an entry says of OAuth, in each client's own names. A line has the text fields that are there, the scopes
// where they are said, and the port.
func TestOAuth(t *testing.T) {
	for _, c := range []struct{ vector, server, want string }{
		{"opencode/oauth", "crm", "clientId={env:CRM_ID} scopes=read,write port=4999"},
		{"opencode/file", "billing", "off"},
		{"opencode/remote", "docs", ""},
		{"goose/disabled", "crm", "clientId=fake-client scopes=read"},
		{"copilot-cli/oauth", "crm", "clientId=fake-id port=4100"},
		{"copilot-cli/oauth", "ci", "clientId=fake-id grant=client_credentials scopes=read port=4200"},
		{"amazon-q/oauth", "o", "redirectUri=127.0.0.1:7778 scopes=read"},
		{"kiro/oauth", "design", "clientId=fake-id clientSecret=fake-secret redirectUri=http://localhost:7778/oauth/callback scopes=files:read"},
		{"kiro/scopes", "s", "scopes="},
		{"kiro/document", "c", "clientMetadataUrl=https://apps.example.com/client.json redirectUri=:8080"},
		{"lm-studio/client", "own", "clientId=fake-id clientSecret=fake-secret"},
		{"inspector/settings", "m", "clientId=fake-id scopes=read,write"},
	} {
		id, _, _ := strings.Cut(c.vector, "/")
		archive, err := txtar.ParseFile(filepath.Join(folder, c.vector+".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		file, e := config.Read(Find(id), "f", archive.Files[0].Data)
		if e != nil {
			t.Fatal(e.Title)
		}
		if got := oauth(file.Find(c.server)); got != c.want {
			t.Errorf("%s, %s: %q, want %q", c.vector, c.server, got, c.want)
		}
	}
}

func oauth(e *config.Entry) string {
	if e.NoOAuth {
		return "off"
	}
	if e.OAuth == nil {
		return ""
	}
	var words []string
	for _, name := range []string{config.ClientID, config.ClientSecret, config.ClientDocument, config.RedirectURI, config.Grant} {
		if v, there := e.OAuth.Text(name); there {
			words = append(words, name+"="+v.Text)
		}
	}
	if e.OAuth.HasScopes {
		words = append(words, "scopes="+strings.Join(e.OAuth.Scopes, ","))
	}
	if e.OAuth.Port != 0 {
		words = append(words, "port="+strconv.Itoa(e.OAuth.Port))
	}
	return strings.Join(words, " ")
}

// TestSecretHeaders: a header that the registry's description marks as a secret is a credential, and no other one.
func TestSecretHeaders(t *testing.T) {
	for vector, want := range map[string]string{"sse": "Authorization", "headers": "X-Api-Key", "literal": "", "old": "X-Key"} {
		archive, err := txtar.ParseFile(filepath.Join(folder, "registry", vector+".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		file, e := config.Read(registry, "f", archive.Files[0].Data)
		if e != nil {
			t.Fatal(e.Title)
		}
		entry := file.Entries[0]
		if got := strings.Join(entry.Credentials, " "); got != want || entry.Declared != (want != "") {
			t.Errorf("%s: %q, want %q", vector, got, want)
		}
	}
}
