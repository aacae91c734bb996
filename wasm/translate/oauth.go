package translate

import (
	"strings"

	"github.com/headfast/headfast/wasm/config"
)

// secretTexts are the members of an OAuth client that are secrets by themselves.
const secretTexts = " " + config.ClientSecret + " " + config.PrivateKey + " " + config.Assertion + " " + config.IDToken + " " + config.IDPSecret + " "

// oauth writes what the entry says of signing in.
func (j *job) oauth() {
	o := j.from.OAuth
	if block := j.to.Member(config.OAuthField); j.from.NoOAuth {
		if j.to == j.from.Dialect || j.to.ID == "opencode" {
			j.add(raw(block, "false"))
			return
		}
		j.loss(&field{"oauth", j.from.Where}, "that nobody is to be signed in, "+j.to.Name+"'s file cannot say")
		return
	}
	if o == nil {
		return
	}
	for _, name := range config.OAuthTexts {
		if v, there := o.Text(name); there {
			j.oauthText(name, v)
		}
	}
	f := &field{"oauth", o.Where}
	if path := j.word("scopes"); o.HasScopes && path != "" {
		list, is := strings.CutSuffix(path, "[]")
		if is {
			*j.entry.at(list) = texts(last(list), o.Scopes)
		} else {
			*j.entry.at(path) = text(last(path), strings.Join(o.Scopes, " "))
		}
	} else if o.HasScopes {
		j.cannot(f, "scopes")
	}
	if path := j.word("callbackPort"); o.Port != 0 && path != "" {
		*j.entry.at(path) = raw(last(path), digits(o.Port))
	} else if o.Port != 0 {
		j.cannot(f, "callbackPort")
	}
	if o.DPoP {
		j.cannot(f, "dpop")
	}
	if o.OmitResource {
		j.cannot(f, config.Resource)
	}
}

// oauthText writes one text.
func (j *job) oauthText(name string, v config.Value) {
	f := &field{name + " of oauth", v.Where}
	path := j.word(name)
	if path == "" {
		j.cannot(f, name)
		return
	}
	var keys []stretch
	if strings.Contains(secretTexts, " "+name+" ") {
		keys = []stretch{{0, len(joined(v.Pieces())), "CLIENT_SECRET"}}
	} else {
		keys = inText(joined(v.Pieces()))
	}
	*j.entry.at(path) = text(last(path), j.value(f, v, config.InOAuth, keys))
}

func (j *job) cannot(f *field, name string) {
	text := " has no " + name + " of an OAuth client"
	if strings.Contains(" "+j.to.OAuthWords, " "+name+"=") {
		text = " has " + name + " only of an OAuth client with an ID"
	}
	j.loss(f, j.to.Name+text)
}

// word is the path of what the client calls one of Headfast's names; empty where it has none, or needs a client's ID that
// is not there.
func (j *job) word(name string) string {
	path, needs := "", false
	for _, w := range strings.Fields(j.to.OAuthWords) {
		ours, theirs, _ := strings.Cut(w, "=")
		if id, must := strings.CutSuffix(ours, "!"); must {
			_, there := j.from.OAuth.Text(id)
			ours, needs = id, !there
		}
		if ours == name {
			path = theirs
		}
	}
	if needs {
		return ""
	}
	return path
}

// last is the last name of a path.
func last(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }
