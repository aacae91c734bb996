package translate

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
)

// lookup gives every variable a value of its own, which is a URL, since a variable may be all of one.
func (j *job) lookup(name string) (string, bool) {
	_, known := j.values[name]
	for _, v := range j.from.Variables() {
		known = known || v == name
	}
	return "https://" + name, known
}

// check reads what was written as the client does. What then means something else, and no loss tells of, is a loss too: so
// none is silent. why says that the client would not use it.
func (j *job) check(path string) (why string) {
	if path == "" {
		path = "new file"
	}
	file, p := config.Read(j.to, path, []byte(j.file()))
	if p != nil {
		return p.Title
	}
	if len(file.Entries) != 1 {
		return "it would be no server there"
	}
	got := file.Entries[0].Used()
	means := got.Mean(j.lookup)
	if means.Refused != "" {
		return means.Refused
	}
	for _, n := range means.Notes {
		if j.to != j.from.Dialect && !strings.HasPrefix(n.Text, "whether "+j.to.Name+" expands ") { // which is told by the field
			j.loss(&field{"", j.source(got, n.Where)}, n.Text)
		}
	}
	if why := j.checkTransport(means); why != "" {
		return why
	}
	j.compare("the URL", []config.Sent{j.means.URL}, []config.Sent{means.URL})
	j.compare("the command", []config.Sent{j.means.Command}, []config.Sent{means.Command})
	j.compare("clientId of oauth", []config.Sent{j.means.Client}, []config.Sent{means.Client})
	j.compare("argument", j.means.Args, means.Args)
	j.compare("the header ", j.means.Headers, means.Headers)
	j.compare("the variable ", j.means.Env, means.Env)
	return ""
}

// checkTransport compares the transports that are tried.
func (j *job) checkTransport(means *config.Meaning) string {
	want, got := j.means.Transports, means.Transports
	f := &field{"transport", j.from.URL.Where}
	first := j.from.Transport == got[0]
	switch {
	case !first && len(got) > 1 && got[1] == want[0]:
		j.loss(f, j.to.Name+" tries Streamable HTTP first, and then HTTP+SSE")
	case !first:
		for _, n := range means.Notes {
			if strings.Contains(n.Text, "not known") && (strings.Contains(n.Text, "HTTP+SSE") || strings.Contains(n.Text, "type")) {
				j.lossy[f.name] = true
				return ""
			}
		}
		return j.to.Name + " does not speak " + spoken(want[0])
	case len(want) > len(got) && j.to.FallsBack != config.NotKnown:
		j.loss(f, j.to.Name+" is not known to try HTTP+SSE where Streamable HTTP fails")
	}
	return ""
}

func spoken(transport string) string {
	switch transport {
	case config.SSE:
		return "HTTP+SSE"
	case config.HTTP:
		return "Streamable HTTP"
	}
	return transport
}

// compare tells of what would be sent otherwise, where nothing has told of it yet. what is what people call it, before its
// name or number.
func (j *job) compare(what string, want, got []config.Sent) {
	for i, w := range want {
		f := &field{what, w.Where}
		same := i < len(got) && got[i].Text == w.Text
		if what == "argument" {
			f = argument(i, w.Where)
		} else if strings.HasSuffix(what, " ") {
			f.name += w.Name
			same = false
			for _, g := range got {
				same = same || g.Text == w.Text && (g.Name == w.Name || what == "the header " && strings.EqualFold(g.Name, w.Name))
			}
		}
		if !same && !j.lossy[f.name] && !j.lossy["*"] {
			j.loss(f, f.name+" does not mean the same to "+j.to.Name)
		}
	}
}

// argument is one as people call it.
func argument(i int, where msg.Position) *field { return &field{"argument " + digits(i+1), where} }

// source is the place in the source of what stands at a place of what was written.
func (j *job) source(got *config.Entry, where msg.Position) msg.Position {
	mine, theirs := j.from.Values(), got.Values()
	if len(mine) == len(theirs) {
		for i, v := range theirs {
			if v.Where == where {
				return mine[i].Where
			}
		}
	}
	if where == got.URL.Where {
		return j.from.URL.Where
	}
	return j.from.Where
}
