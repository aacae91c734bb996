package translate

import (
	"slices"
	"strings"

	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/resolve"
	"github.com/headfast/headfast/wasm/tree"
)

// add adds a member of the entry.
func (j *job) add(n node) { j.entry.list = append(j.entry.list, n) }

// fields writes the entry's members.
func (j *job) fields() {
	if name := j.to.Member(config.NameField); name != "" {
		j.add(text(name, j.name))
	}
	for _, word := range strings.Fields(j.to.Always) {
		name, value, _ := strings.Cut(word, "=")
		if value == "@" {
			j.add(text(name, j.name))
		} else {
			j.add(raw(name, value))
		}
	}
	j.transport()
	if j.from.Transport == config.Stdio {
		j.process()
	} else {
		j.add(text(j.urlName(), j.value(&field{"the URL", j.from.URL.Where}, j.from.URL, config.InURL, inText(joined(j.from.URL.Pieces())))))
		j.headers()
		j.helper()
		j.oauth()
	}
	j.known()
	j.switchedOff()
	j.needed()
}

// urlName is the client's name for a URL: the one that says that it is Streamable HTTP where there is no type to say so.
func (j *job) urlName() string {
	if name := j.to.Member(config.HTTPURLField); name != "" && j.to.Member(config.TypeField) == "" {
		return name
	}
	return j.to.Member(config.URLField)
}

// transport writes the type where the client has one, and does more without.
func (j *job) transport() {
	name, want := j.to.Member(config.TypeField), j.from.Transport
	if name == "" || want == config.Stdio && j.to.Untyped != config.TypeNeeded {
		return
	}
	falls := len(j.means.Transports) > 1
	if falls && j.to.FallsBack == config.WithoutType && j.to.Untyped != config.NotUsed {
		return
	}
	best := ""
	if want == config.SSE && j.to.FallsBack == config.Always && !j.to.AnyType {
		want = config.HTTP
	}
	for word, transport := range j.to.Types {
		if transport == want && (best == "" || word == "http" || word == "stdio" || best != "http" && best != "stdio" && word < best) {
			best = word
		}
	}
	if best == "" && want == config.SSE && j.to.AnyType {
		best = "sse"
	}
	if best != "" {
		j.add(text(name, best))
	} else if j.to.Untyped == config.TypeNeeded {
		j.unsaid = j.to.Name + " does not speak " + spoken(want)
	}
}

// headers writes the headers: those that are variables by themselves where the client has fields for that.
func (j *job) headers() {
	var plain, named []node
	direct := j.to.Member(config.HeaderVariables)
	for _, h := range j.from.Headers {
		f := &field{"the header " + h.Name, h.Value.Where}
		pieces := j.pieces(f, h.Value, inHeader(j.from, h.Name, joined(h.Value.Pieces())))
		if direct == "" || !varied(pieces) {
			plain = append(plain, text(h.Name, j.write(f, pieces, config.InHeaders)))
			continue
		}
		if token := j.to.Member(config.BearerVariable); token != "" && len(pieces) == 2 && pieces[0].Literal == "Bearer " &&
			ordinary(pieces[1]) && strings.EqualFold(h.Name, "Authorization") {
			j.add(text(token, pieces[1].Name))
			continue
		}
		named = append(named, text(h.Name, j.whole(f, h.Name, pieces)))
		if p := pieces[0]; len(pieces) == 1 && p.HasDefault && len(inText(p.Default)) == 0 {
			plain = append(plain, text(h.Name, p.Default))
		}
	}
	if len(plain) > 0 {
		if options := j.to.Member(config.RequestOptions); options != "" {
			j.add(object(options, object("headers", plain...)))
		} else {
			j.add(object(j.to.Member(config.HeadersField), plain...))
		}
	}
	if len(named) > 0 {
		j.add(object(direct, named...))
	}
}

// whole is the variable that holds all of a value.
func (j *job) whole(f *field, name string, pieces []config.Piece) string {
	if len(pieces) == 1 {
		if p, is := j.other(f, pieces[0]); is || ordinary(p) {
			return p.Name
		}
	}
	whole := j.stands(variable(j.from.Name, strings.TrimPrefix(strings.ToUpper(name), "X-")), template(pieces))
	j.loss(f, j.to.Name+" takes all of "+f.name+" from one variable: set "+whole+" to "+template(pieces))
	return whole
}

// template is how pieces would be written with ${NAME}.
func template(pieces []config.Piece) string {
	s := ""
	for _, p := range pieces {
		if s += p.Literal; p.Name != "" {
			s += "${" + p.Name + "}"
		}
	}
	return s
}

// varied says whether a variable is among the pieces, ordinary that a piece is one of the environment.
func varied(pieces []config.Piece) bool {
	for _, p := range pieces {
		if p.Name != "" && !p.Foreign {
			return true
		}
	}
	return false
}

func ordinary(p config.Piece) bool {
	return p.Name != "" && !p.OfClient && !strings.Contains(p.Name, ":")
}

// helper writes the program that prints headers.
func (j *job) helper() {
	if len(j.from.Helper) == 0 {
		return
	}
	name := j.to.Member(config.HelperField)
	f := &field{"the program that prints headers", j.from.Helper[0].Where}
	if name == "" {
		j.loss(f, j.to.Name+" runs no program that prints headers")
		return
	}
	var words []string
	for i, w := range j.from.Helper {
		words = append(words, j.value(f, w, config.InCommand, inArgument(&config.Entry{Args: j.from.Helper}, i, joined(w.Pieces()))))
	}
	j.add(text(name, asLine(words)))
}

// process writes the command, its arguments and its environment.
func (j *job) process() {
	e := j.from
	env := j.env()
	command := j.value(&field{"the command", e.Command.Where}, e.Command, config.InCommand, inText(joined(e.Command.Pieces())))
	var args []string
	for i, a := range e.Args {
		args = append(args, j.value(argument(i, a.Where), a, config.InArgs, inArgument(e, i, joined(a.Pieces()))))
	}
	if line := j.to.Member(config.CommandLine); line != "" {
		j.add(texts(line, append([]string{command}, args...)))
	} else {
		j.add(text(j.to.Member(config.CommandField), command))
		if name := j.to.Member(config.ArgsField); len(args) > 0 || j.to.Untyped == config.TypeNeeded {
			j.add(texts(name, args))
		}
	}
	j.entry.list = append(j.entry.list, env...)
}

// env is a process's environment: what a variable of the same name has as that name, where the client has a field for it.
// It comes before what else has keys, since its names are given.
func (j *job) env() (members []node) {
	lists := j.to.Member(config.EnvVariables)
	capitals := lists == ""
	if capitals {
		lists = j.to.Member(config.NeededVariables)
	}
	var values []node
	var names []string
	for _, v := range j.from.Env {
		f := &field{"the variable " + v.Name, v.Value.Where}
		keys := inText(joined(v.Value.Pieces()))
		if resolve.SecretName(v.Name) || len(keys) > 0 {
			keys = []stretch{{0, len(joined(v.Value.Pieces())), v.Name}}
		}
		pieces := j.hide(f, v.Value.Pieces(), keys, func(string) string { return v.Name })
		switch {
		case lists == "" || !varied(pieces):
			values = append(values, text(v.Name, j.write(f, pieces, config.InEnv)))
		default:
			names = append(names, v.Name)
			from := v.Name
			if capitals {
				from = strings.ToUpper(from)
			}
			if !(len(pieces) == 1 && pieces[0].Name == from) {
				j.values[from] = template(pieces)
				j.loss(f, j.to.Name+" takes "+f.name+" from "+from+": set that to "+template(pieces))
			} else if pieces[0].HasDefault {
				j.noDefault(f, pieces[0])
			}
		}
	}
	name := j.to.Member(config.EnvField)
	if name == "" {
		name = j.to.Member(config.WrappedEnv)
	}
	if len(values) > 0 {
		members = append(members, object(name, values...))
	}
	if len(names) > 0 {
		members = append(members, texts(lists, names))
	}
	return members
}

// needed lists the variables of a remote server that the client has to be told of (Goose), which knows them in capitals.
func (j *job) needed() {
	name := j.to.Member(config.NeededVariables)
	if name == "" || j.from.Transport == config.Stdio {
		return
	}
	var names []string
	for _, v := range j.used {
		if slices.Contains(names, v) {
			continue
		}
		names = append(names, v)
		if upper := strings.ToUpper(v); upper != v {
			j.values[upper] = v
			j.loss(&field{"*", j.from.Where}, j.to.Name+" looks for "+v+" under the name "+upper)
		}
	}
	if len(names) > 0 {
		j.add(texts(name, names))
	}
}

// switchedOff says that the entry is not to be used.
func (j *job) switchedOff() {
	if !j.off {
		return
	}
	switch disabled, enabled := j.to.Member(config.DisabledField), j.to.Member(config.EnabledField); {
	case disabled != "":
		j.add(raw(disabled, "true"))
	case enabled != "":
		*j.entry.at(enabled) = raw(enabled, "false")
	default:
		j.loss(&field{"disabled", j.from.Where}, "it is switched off, which "+j.to.Name+"'s file cannot say: there it would be used")
	}
}

// known carries over what both clients mean the same by, and tells of what else the source's client reads.
func (j *job) known() {
	d := j.from.Dialect
	if d.Fill != nil {
		return // what the registry describes besides is for people
	}
	for _, m := range j.from.Members() {
		means := j.from.Means(m)
		own := config.Own[m.Name] != config.Unknown && means == config.Own[m.Name]
		if means != config.Known && means != config.Doubtful && !own || m.Name == "name" || m.Name == "type" || strings.Contains(j.to.Always, m.Name+"=") {
			continue
		}
		if n, ok := j.same(m); ok {
			j.add(n)
			continue
		}
		text := m.Name + " is not carried over"
		if own {
			text = m.Name + " is Headfast's own, and is not carried over"
		}
		j.loss(&field{"", m.Where()}, text)
	}
}

// same is a member of the source as the client has it, where both mean the same by it.
func (j *job) same(m tree.Member) (n node, ok bool) {
	n, ok = scalar(m.Name, m.Value)
	if j.to == j.from.Dialect {
		return n, ok && !resolve.SecretName(m.Name)
	}
	if j.to.Fields[m.Name] != config.Known {
		return n, false
	}
	switch m.Name {
	case "cwd", "envFile":
		return n, ok && n.kind == tree.String && !strings.ContainsAny(n.text, "${}~") && j.from.Transport == config.Stdio
	case "timeout":
		return timeout(m.Value.Literal(), j.from.Dialect.Timeout, j.to.Timeout)
	}
	return n, false
}

// longest is the longest time that every client takes, in milliseconds: an hour.
const longest = 3600_000

// timeout is a number in units of so many milliseconds in others.
func timeout(literal string, from, to int) (n node, ok bool) {
	ms := 0
	for _, c := range literal {
		if c < '0' || c > '9' || ms > longest {
			return n, false
		}
		ms = 10*ms + int(c-'0')
	}
	if ms *= from; to == 0 || ms < 1000 || ms > longest || ms%to != 0 {
		return n, false
	}
	return raw("timeout", digits(ms/to)), true
}

func digits(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return digits(n/10) + string(rune('0'+n%10))
}
