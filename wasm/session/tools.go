package session

import (
	"strconv"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsonrpc"
	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/revision"
	"github.com/headfast/headfast/wasm/trace"
	"github.com/tidwall/gjson"
)

// mostMirrored bounds what is remembered of all tools' mirrored arguments, in bytes.
const mostMirrored = 1 << 20

// mirrored remembers which arguments each tool wants in headers.
type mirrored struct {
	tools map[string][]revision.Param
	size  int
}

// put remembers a tool's arguments in place of those before; false says that there is no room for them.
func (m *mirrored) put(tool string, params []revision.Param) bool {
	if old := m.tools[tool]; len(old) > 0 {
		m.size -= sizeOf(tool, old)
		delete(m.tools, tool)
	}
	if len(params) == 0 {
		return true
	}
	size := sizeOf(tool, params)
	if m.size+size > mostMirrored {
		return false
	}
	if m.tools == nil {
		m.tools = map[string][]revision.Param{}
	}
	m.tools[tool] = params
	m.size += size
	return true
}

func sizeOf(tool string, params []revision.Param) int {
	size := 64 + len(tool)
	for _, p := range params {
		size += p.Size()
	}
	return size
}

// mirrors says whether this session's transport mirrors arguments into headers (2026-07-28 over HTTP).
func (s *Session) mirrors() bool { return s.wire.Mirrors && s.pipe == nil }

// learnTools reads which arguments a list's tools want in headers, and leaves out those whose definition is
// invalid, with a warning that says why ("Schema Extension").
func (s *Session) learnTools(c *call, a *answer) {
	if c.method != "tools/list" || !s.mirrors() {
		return
	}
	result, refused := s.validTools(a.message.Result)
	if refused.count > 0 {
		a.message = &jsonrpc.Message{Kind: jsonrpc.Response, Result: result}
		c.leftOut.count += refused.count
		c.leftOut.told = append(c.leftOut.told, refused.told...)
		c.problems = s.leftOutProblems(&c.leftOut)
	}
}

// mostLeftOut bounds how many tools that were left out are told one by one: a server decides how many there are, and
// the boundary bounds what an array may hold.
const mostLeftOut = 100

// leftOut are the tools of a list that cannot be used: how many, and the first of them with why.
type leftOut struct {
	count int
	told  []msg.Error
}

func (l *leftOut) add(e func() *msg.Error) {
	if l.count++; l.count <= mostLeftOut {
		l.told = append(l.told, *e())
	}
}

// leftOutProblems is what the driver is told of them: at most mostLeftOut problems, and one for all the rest.
func (s *Session) leftOutProblems(l *leftOut) []msg.Error {
	l.told = l.told[:min(len(l.told), mostLeftOut)]
	if l.count <= mostLeftOut {
		return l.told
	}
	rest := problem.Warn(problem.ToolInvalid, strconv.Itoa(l.count-mostLeftOut)+" more tools like these are left out", "", "This is for the server's operator.")
	return append(l.told[:mostLeftOut:mostLeftOut], *s.about(rest))
}

// validTools is the result as it came, or without the tools that cannot be used.
func (s *Session) validTools(result []byte) (kept []byte, refused leftOut) {
	tools, twice := only(result, "tools")
	if twice || len(tools) == 0 || tools[0] != '[' {
		return result, refused
	}
	// Most lists have no annotation, and a long one would take seconds tool by tool.
	if len(s.mirrored.tools) == 0 && !revision.MayHaveParams(tools) {
		return result, refused
	}
	kept = s.usable(tools, &refused)
	if refused.count == 0 {
		return result, refused
	}
	return withMembers(result, append([]byte(`"tools":`), kept...)), refused
}

// usable is the list without the tools that cannot be used, byte for byte; nil where all can be, since a copy of a
// large list is dear.
func (s *Session) usable(tools []byte, refused *leftOut) (list []byte) {
	end := 1
	jsontext.Elements(tools, func(tool []byte, at int) bool {
		why := s.learnTool(tool)
		switch {
		case why != "":
			refused.add(func() *msg.Error { return s.toolRefused(tool, why) })
			if list == nil {
				list = append(make([]byte, 0, len(tools)), tools[:end]...)
			}
		case list != nil:
			list = append(comma(list), tool...)
		}
		end = at + len(tool)
		return true
	})
	if list == nil {
		return nil
	}
	return append(list, ']')
}

// learnTool remembers one tool's mirrored arguments; why is what makes it invalid.
func (s *Session) learnTool(tool []byte) (why string) {
	schema, _ := only(tool, "inputSchema")
	params, why := revision.Params(schema)
	if why != "" {
		return why
	}
	if len(params) == 0 && len(s.mirrored.tools) == 0 {
		return ""
	}
	if !s.mirrored.put(gjson.GetBytes(tool, "name").Str, params) {
		return "x-mcp-headers beyond the 1 MiB that is remembered of all tools"
	}
	return ""
}

func (s *Session) toolRefused(tool []byte, why string) *msg.Error {
	name := trace.Line(s.plan.Redact.Text(gjson.GetBytes(tool, "name").Str))
	e := problem.Warn(problem.ToolInvalid, `The tool "`+name+`" is left out`, "Its inputSchema has "+trace.Line(s.plan.Redact.Text(why))+
		", so that its calls could not be sent as 2026-07-28 wants them.", "This is for the server's operator.")
	return s.about(e)
}

// mirror adds the headers that a tool wants of a call's arguments. The error is an argument that cannot be mirrored.
func (s *Session) mirror(headers []msg.Header, c *call, params []byte) ([]msg.Header, *msg.Error) {
	if c.method != "tools/call" || len(s.mirrored.tools) == 0 || !s.mirrors() {
		return headers, nil
	}
	name, _ := only(params, "name")
	text, _ := jsontext.Unquote(name)
	headers, large := revision.AppendParams(headers, s.mirrored.tools[text], params)
	if large != "" {
		return nil, s.about(problem.New(problem.Usage, `The argument "`+trace.Line(s.plan.Redact.Text(large))+`" is too large`,
			"The tool wants it in a header, where an integer is from -(2^53-1) to 2^53-1. Nothing was sent.", "Send a smaller one."))
	}
	return headers, nil
}

// readTools lists the tools once more, for what they want mirrored.
func (s *Session) readTools(then func()) {
	s.cache.drop("tools/list")
	c := &call{method: "tools/list", pages: newPages("tools/list"), timeout: requestTimeout, begun: s.out.Now(), deadline: s.out.Now() + requestTimeout}
	c.done = func(a answer) {
		if a.fault == nil {
			s.validTools(a.message.Result)
			if more, e := c.pages.add(c, a.message.Result); more && e == nil {
				s.start(c)
				return
			}
		}
		then()
	}
	s.start(c)
}
