package dialect

import (
	"strings"

	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/tree"
)

// goose is config.yaml. Sources: aaif-goose/goose, crates/goose/src.
var goose = &config.Dialect{
	ID: "goose", Name: "Goose",
	Format: config.YAML,
	Tops:   []string{"extensions"},
	Fields: config.Fields("type enabled uri=url headers cmd=command args envs=env env_keys=needed-variables " +
		"client_id=oauth-member scopes=oauth-member | client_secret_key name timeout cwd socket bundled " +
		"available_tools description display_name"),
	Types: map[string]string{"stdio": config.Stdio, "streamable_http": config.HTTP, "builtin": config.BuiltIn, "platform": config.BuiltIn,
		"frontend": config.BuiltIn, "inline_python": config.BuiltIn},
	Untyped:    config.TypeNeeded,
	OAuthNames: map[string]string{"client_id": config.ClientID},
	Check:      checkGoose,
	Meant:      meantGoose,
	Expansion:  config.Expansion{Forms: config.Identifier | config.Blanks, In: config.InURL | config.InHeaders, Unset: config.Fails},
	OAuthWords: "clientId!=client_id scopes=scopes[]",
	Timeout:    1000, Always: "enabled=true name=@",
	Places: []config.Place{
		{Scope: "user", Path: "${GOOSE_PATH_ROOT}/config/config.yaml"},
		{OS: "linux", Scope: "user", Path: "${XDG_CONFIG_HOME}/goose/config.yaml"},
		{OS: "linux", Scope: "user", Path: "~/.config/goose/config.yaml"},
		{OS: "darwin", Scope: "user", Path: "~/.config/goose/config.yaml"},
		{OS: "windows", Scope: "user", Path: "${APPDATA}/Block/goose/config/config.yaml"},
		{OS: "linux", Scope: "managed", Path: "/etc/goose/config.yaml"},
		{OS: "darwin", Scope: "managed", Path: "/etc/goose/config.yaml"},
		{OS: "windows", Scope: "managed", Path: "${PROGRAMDATA}/goose/config.yaml"},
	},
}

// hijacking are the variables that Goose drops, whatever their case: DISALLOWED_KEYS of agents/extension.rs.
const hijacking = " PATH PATHEXT SYSTEMROOT WINDIR LD_LIBRARY_PATH LD_PRELOAD LD_AUDIT LD_DEBUG LD_BIND_NOW LD_ASSUME_KERNEL DYLD_LIBRARY_PATH " +
	"DYLD_INSERT_LIBRARIES DYLD_FRAMEWORK_PATH PYTHONPATH PYTHONHOME NODE_OPTIONS RUBYOPT GEM_PATH GEM_HOME CLASSPATH GO111MODULE GOROOT " +
	"APPINIT_DLLS SESSIONNAME COMSPEC TEMP TMP LOCALAPPDATA USERPROFILE HOMEDRIVE HOMEPATH "

// checkGoose: what is required, the variables that are dropped, and where the others come from.
func checkGoose(e *config.Entry, members []tree.Member) {
	needs := []string{"enabled"}
	if e.Transport == config.Stdio {
		needs = append(needs, "args")
	}
	for _, name := range needs {
		if member(members, name) == nil {
			e.Refuse(`"`+e.Name+`" has no `+name+", which Goose needs", "Add it.", e.Where)
		}
	}
	for _, name := range []string{"client_secret_key", "scopes"} {
		if m := member(members, name); m != nil && member(members, "client_id") == nil {
			e.Refuse(name+" requires client_id", "Add client_id, or remove it.", m.Where())
		}
	}
	kept := e.Env[:0]
	for _, v := range e.Env {
		if strings.Contains(hijacking, " "+strings.ToUpper(v.Name)+" ") {
			e.Say("Goose drops "+v.Name+" from envs", v.Value.Where)
			continue
		}
		kept = append(kept, v)
	}
	e.Env = kept
	e.Bind(func(name string) config.Variable { return gooseVariable(e, name) })
}

// gooseVariable is what envs and env_keys say of a variable.
func gooseVariable(e *config.Entry, name string) config.Variable {
	for _, v := range e.Env {
		switch {
		case v.Name != name:
		case v.Value.Is(name):
			return config.Variable{Name: strings.ToUpper(name)}
		default:
			return config.Variable{Text: v.Value.Text}
		}
	}
	return config.Variable{Name: name, Foreign: true}
}

// meantGoose: each name in env_keys must have a value, and older versions skip one that is JSON and no text.
func meantGoose(e *config.Entry, m *config.Meaning, lookup func(string) (string, bool)) {
	for _, v := range e.Env {
		for _, name := range v.Value.Variables() {
			value, found := lookup(name)
			switch {
			case !found:
				m.Refused = name + " is not set"
			case value == "true" || value == "false" || strings.HasPrefix(value, "{") || value != "" && strings.Trim(value, "0123456789") == "":
				m.Notes = append(m.Notes, config.Note{Text: "Goose before mid-2026 skips " + name + ", whose value reads as JSON", Where: v.Value.Where})
			}
		}
	}
}

// member is the last member of that name, or nil.
func member(members []tree.Member, name string) (found *tree.Member) {
	for i := range members {
		if members[i].Name == name {
			found = &members[i]
		}
	}
	return found
}
