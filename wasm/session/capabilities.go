package session

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/revision"
	"github.com/tidwall/gjson"
)

// Check says what is wrong with a Connect's capabilities or revision; nil is nothing.
func Check(c *msg.Connect) *msg.Error {
	switch {
	case len(c.Capabilities) > 0 && (jsontext.Valid(c.Capabilities) != nil || trim(c.Capabilities)[0] != '{'):
		return problem.New(problem.Usage, "capabilities is not a JSON object", "", `Write an object such as {"elicitation": {"form": {}}}.`)
	case gjson.GetBytes(c.Capabilities, "tasks").Exists():
		return problem.New(problem.Usage, "The tasks of 2025-11-25 are not spoken here", "They were an experiment of that revision alone.",
			"Declare the extension "+tasksExtension+".")
	case modeless(gjson.GetBytes(c.Capabilities, "elicitation")):
		return problem.New(problem.Usage, "The elicitation that is declared has no mode that is known", "", `Write {"form": {}}, {"url": {}} or both.`)
	case c.Revision != "" && !revision.Known(c.Revision):
		return problem.New(problem.Usage, "This revision of MCP is not known", `"`+c.Revision+`"`,
			"Use one of "+problem.Join(revision.Names())+".")
	}
	return nil
}

// modeless is an elicitation with members, none of which is a mode; {} means form.
func modeless(elicitation gjson.Result) bool {
	return elicitation.IsObject() && len(elicitation.Map()) > 0 && !elicitation.Get("form").Exists() && !elicitation.Get("url").Exists()
}

// abilities is what of the driver's ClientCapabilities the core acts on.
type abilities struct {
	form, url, sampling, roots, tasks bool
	// tools says that sampling may have tools.
	tools bool
}

// tasksExtension is the identifier of the Tasks extension (SEP-2663).
const tasksExtension = "io.modelcontextprotocol/tasks"

func abilitiesOf(capabilities []byte) abilities {
	elicitation := gjson.GetBytes(capabilities, "elicitation")
	form, url := elicitation.Get("form").Exists(), elicitation.Get("url").Exists()
	return abilities{
		// "For backwards compatibility, an empty capabilities object is equivalent to declaring support for form mode only"
		form:     elicitation.IsObject() && (form || !url),
		url:      elicitation.IsObject() && url,
		sampling: gjson.GetBytes(capabilities, "sampling").IsObject(),
		tools:    gjson.GetBytes(capabilities, "sampling.tools").IsObject(),
		roots:    gjson.GetBytes(capabilities, "roots").IsObject(),
		tasks:    gjson.GetBytes(capabilities, `extensions.io\.modelcontextprotocol/tasks`).IsObject(),
	}
}

// asks says whether the driver can be asked this. The error is JSON-RPC's, for a server of before 2026-07-28.
func (a abilities) asks(method string, params []byte) (code int64, message string) {
	switch {
	case method == "elicitation/create" && gjson.GetBytes(params, "mode").Str == "url" && (a.url || a.form):
		if !a.url {
			return revision.CodeInvalidParams, "The client does not support elicitation by URL"
		}
	case method == "elicitation/create" && (a.form || a.url):
		if mode := gjson.GetBytes(params, "mode"); !a.form || mode.Exists() && mode.Str != "form" {
			return revision.CodeInvalidParams, "The client does not support this mode of elicitation"
		}
	case method == "sampling/createMessage" && a.sampling && !a.tools &&
		(gjson.GetBytes(params, "tools").Exists() || gjson.GetBytes(params, "toolChoice").Exists()):
		return revision.CodeInvalidParams, "The client does not support tools in sampling"
	case method == "sampling/createMessage" && a.sampling, method == "roots/list" && a.roots:
	default:
		return revision.CodeMethodNotFound, "Method not found"
	}
	return 0, ""
}

// offers says whether the server declared a capability, by its path.
func (s *Session) offers(path string) bool {
	v := gjson.GetBytes(s.theirs, path)
	return v.Exists() && v.Type != gjson.False && v.Type != gjson.Null
}
