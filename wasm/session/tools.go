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

// mostTools bounds the tools whose mirrored arguments are remembered.
const mostTools = 10000

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
	list := []byte{'['}
	jsontext.Elements(tools, func(tool []byte, _ int) bool {
		if why := s.learnTool(tool); why != "" {
			refused.add(func() *msg.Error { return s.toolRefused(tool, why) })
		} else {
			list = append(comma(list), tool...)
		}
		return true
	})
	if refused.count == 0 {
		return result, refused
	}
	return withMembers(result, append(append([]byte(`"tools":`), list...), ']')), refused
}

// learnTool remembers one tool's mirrored arguments; why is what makes it invalid.
func (s *Session) learnTool(tool []byte) (why string) {
	schema, _ := only(tool, "inputSchema")
	params, why := revision.Params(schema)
	name := gjson.GetBytes(tool, "name").Str
	if why != "" {
		return why
	}
	if len(params) == 0 {
		delete(s.mirrored, name)
	} else if len(s.mirrored) < mostTools {
		if s.mirrored == nil {
			s.mirrored = map[string][]revision.Param{}
		}
		s.mirrored[name] = params
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
	if c.method != "tools/call" || len(s.mirrored) == 0 || !s.mirrors() {
		return headers, nil
	}
	name, _ := only(params, "name")
	text, _ := jsontext.Unquote(name)
	headers, large := revision.AppendParams(headers, s.mirrored[text], params)
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
