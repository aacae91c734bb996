package sim

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/machine"
)

// core is what is tested: the machine, or a faulty one.
type core interface {
	Step(batch, room []byte) []byte
}

// rig is a driver: it steps the core, moves the clock and has the checker look.
type rig struct {
	core  core
	inner *machine.Machine // for a look at what is left; nil where the core is something else
	check *checker
	now   int64
	// wall is the wall clock in nanoseconds, apart from now.
	wall     int64
	deadline int64
	fx       []msg.Effect
	idle     int
	log      []string
	chatty   bool
	nextVerb uint32
	told     int // violations in the log
	// overwrite says that batches with a Connect are overwritten too: see TestIntake.
	overwrite bool
}

func newRig(secrets ...string) *rig {
	m := machine.New()
	return &rig{core: m, inner: m, check: newChecker(secrets...), now: 1, wall: 1_780_000_000e9, nextVerb: 1 << 20}
}

// step steps the core, and then overwrites the batch, as the next one does in the module's memory.
func (r *rig) step(in ...msg.Input) []msg.Effect {
	b := msg.Batch{Now: r.now, Wall: r.wall / 1e6, Inputs: in}
	r.say(&b)
	bytes, err := b.MarshalMsg(nil)
	if err != nil {
		panic(err)
	}
	answer := r.core.Step(bytes, nil)
	if r.overwrite || !connects(in) {
		for i := range bytes {
			bytes[i] = 0xc1
		}
	}
	var out msg.Output
	if rest, err := out.UnmarshalMsg(answer); err != nil || len(rest) > 0 {
		r.check.bad("boundary", "the output cannot be read: %v", err)
		return nil
	}
	r.check.batch(&b, &out)
	if out.Error == nil {
		r.deadline = out.Deadline
	}
	r.fx = out.Effects
	if r.deadline != 0 && r.deadline <= r.now && len(in) == 0 {
		if r.idle++; r.idle == 100 {
			r.check.bad("I5.busy", "100 steps at the same moment")
		}
	} else {
		r.idle = 0
	}
	if r.chatty {
		for i := range out.Effects {
			r.log = append(r.log, "  < "+short(&out.Effects[i]))
		}
		for _, v := range r.check.found[r.told:] {
			r.log = append(r.log, "  ! "+v.code+": "+v.text)
		}
		r.told = len(r.check.found)
	}
	return out.Effects
}

func connects(in []msg.Input) bool {
	for i := range in {
		if in[i].Connect != nil {
			return true
		}
	}
	return false
}

func (r *rig) say(b *msg.Batch) {
	if !r.chatty {
		return
	}
	r.log = append(r.log, fmt.Sprintf("> at %dms", r.now/1e6))
	for i := range b.Inputs {
		if line := scriptLine(&b.Inputs[i]); b.Inputs[i].Load == nil && b.Inputs[i].Begin == nil {
			r.log = append(r.log, "> "+line)
		}
	}
}

// verb is a number that is not in use.
func (r *rig) verb() uint32 {
	r.nextVerb++
	return r.nextVerb
}

// sizes are what the machine holds, by a look at its unexported fields.
func (r *rig) sizes() map[string]int {
	sizes := map[string]int{}
	if r.inner == nil {
		return sizes
	}
	m := reflect.ValueOf(r.inner).Elem()
	for _, name := range []string{"sessions", "exchanges", "wanted", "asked", "stores", "signs", "opens", "awaits", "logins", "gates"} {
		sizes[name] = m.FieldByName(name).Len()
	}
	sizes["timers"] = m.FieldByName("timers").FieldByName("heap").Len()
	return sizes
}

// scriptLine writes an input as the vectors do.
func scriptLine(in *msg.Input) string {
	v := reflect.ValueOf(in).Elem()
	for i := range v.NumField() {
		if !v.Field(i).IsNil() {
			var b strings.Builder
			b.WriteString(wireName(v.Type().Field(i)))
			fields(&b, "", v.Field(i).Elem())
			return b.String()
		}
	}
	return "nothing"
}

func wireName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("msg"), ",")
	return name
}

func fields(b *strings.Builder, prefix string, v reflect.Value) {
	for i := range v.NumField() {
		f, name := v.Field(i), prefix+wireName(v.Type().Field(i))
		if f.IsZero() || name == "entropy" || name == "schema" || name == "v" {
			continue
		}
		switch x := f.Interface().(type) {
		case string:
			b.WriteString(" " + name + "=" + quote(x))
		case []byte:
			b.WriteString(" " + name + "=" + quote(string(x)))
		case []string:
			for _, one := range x {
				b.WriteString(" " + name + "=" + quote(one))
			}
		case []msg.Header:
			for _, h := range x {
				b.WriteString(" header=" + quote(h.Name+": "+h.Value))
			}
		case *msg.Failure:
			fields(b, "failure.", reflect.ValueOf(*x))
		case bool:
			b.WriteString(" " + name)
		default:
			fmt.Fprintf(b, " %s=%v", name, x)
		}
	}
}

func quote(s string) string {
	switch {
	case !strings.ContainsAny(s, " \"`\n\r\t") && s != "":
		return s
	case strconv.CanBackquote(s):
		return "`" + s + "`"
	}
	return strconv.Quote(s)
}

// short is an effect in one line, for a replay.
func short(e *msg.Effect) string {
	switch {
	case e.HTTP != nil:
		last := ""
		for _, h := range e.HTTP.Headers {
			if h.Name == "Last-Event-ID" || h.Name == "Mcp-Session-Id" {
				last += " " + h.Name + "=" + h.Value
			}
		}
		return fmt.Sprintf("http %d %s%s %.160s", e.HTTP.ID, e.HTTP.Method, last, e.HTTP.Body)
	case e.Done != nil:
		text := fmt.Sprintf("done %d %s %.120s", e.Done.ID, e.Done.Outcome, e.Done.Result)
		if e.Done.Error != nil {
			text += e.Done.Error.Code + " " + e.Done.Error.Title + ": " + e.Done.Error.Body
		}
		return text
	case e.Write != nil:
		return fmt.Sprintf("write %d %.160s", e.Write.ID, strings.TrimSpace(string(e.Write.Data)))
	case e.Message != nil:
		return fmt.Sprintf("message request=%d %s %.120s", e.Message.Request, e.Message.Method, e.Message.Params)
	case e.State != nil:
		return "state " + e.State.Phase + " " + e.State.Revision
	case e.Trace != nil:
		return fmt.Sprintf("trace %s %s", e.Trace.Phase, e.Trace.Note)
	case e.Ask != nil:
		return fmt.Sprintf("ask %d %s", e.Ask.ID, e.Ask.Method)
	}
	v := reflect.ValueOf(*e)
	for i := range v.NumField() {
		if !v.Field(i).IsNil() {
			return fmt.Sprintf("%s %+v", wireName(v.Type().Field(i)), v.Field(i).Elem().Interface())
		}
	}
	return "?"
}
