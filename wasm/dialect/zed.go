package dialect

import (
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/tree"
)

// zed is settings.json. Sources: zed-industries/zed, crates/settings_content/src/project.rs where no other file is named.
// "derived" says that a rule follows from the declarations there and was not run.
var zed = &config.Dialect{
	ID: "zed", Name: "Zed",
	Format:     config.JSONC,
	Tops:       []string{"context_servers"},
	Fields:     config.Fields("command args env url headers oauth enabled | timeout remote settings source"),
	OAuthNames: map[string]string{"client_id": config.ClientID, "client_secret": config.ClientSecret},
	// fallible_options.rs: a wrong env is dropped, and the entry is used.
	Lenient:    []config.Field{config.EnvField},
	Check:      checkZed,
	Finish:     finishZed,
	OAuthWords: "clientId!=oauth.client_id clientSecret=oauth.client_secret",
	Timeout:    1000,
	Places: []config.Place{
		{Scope: "project", Path: ".zed/settings.json"},
		{OS: "linux", Scope: "user", Path: "${XDG_CONFIG_HOME}/zed/settings.json"},
		{OS: "linux", Scope: "user", Path: "~/.config/zed/settings.json"},
		{OS: "darwin", Scope: "user", Path: "~/.config/zed/settings.json"},
		{OS: "windows", Scope: "user", Path: "${APPDATA}/Zed/settings.json"},
	},
}

// checkZed is what the declarations say of an entry's fields.
func checkZed(e *config.Entry, members []tree.Member) {
	remote := e.Transport == config.HTTP
	for _, m := range members {
		switch m.Name {
		case "enabled":
			if m.Value.Kind != tree.Bool {
				e.Refuse("enabled is "+m.Value.Kind.String()+" where a boolean was expected", "Write true or false.", m.Value.Where())
			}
		case "timeout":
			if m.Value.Kind != tree.Number && remote {
				e.Refuse("the timeout is "+m.Value.Kind.String()+" where a number was expected", "Write seconds.", m.Value.Where())
			}
		case "oauth":
			if id, _ := m.Value.Last("client_id"); id == nil && remote {
				e.Refuse("oauth has no client_id", "Add it, or remove oauth.", m.Value.Where())
			}
		case "url":
			if remote && !isURL(e.URL.Text) {
				e.Refuse("the url is not valid", "Write https://…", m.Value.Where())
			}
		case "settings":
			if e.Transport == "" {
				e.Say("it is the server of a Zed extension", m.Where())
			}
		case "env":
			dropEnv(e, m)
		}
	}
}

// dropEnv drops all of env where one value is no string.
func dropEnv(e *config.Entry, env tree.Member) {
	for _, m := range env.Value.Members() {
		if _, ok := m.Value.Text(); !ok {
			e.Env = nil
			e.Say("one value that is no string costs all of env", env.Where())
			return
		}
	}
}

// finishZed loses the file where an entry with a command fits no variant.
func finishZed(f *config.File, _ tree.Node) {
	for _, e := range f.Entries {
		if e.Command.Where.Line != 0 && !e.Disabled && e.Refused() != "" {
			f.LoseTo(e)
			return
		}
	}
}
