package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/form"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/wasm/problem"
)

// asker answers what the server asks the person: from --answer, at the prompt, or by declining.
type asker struct {
	t *target
	// revision is the session's, once it is known.
	revision atomic.Pointer[string]
	// turn is held by the one question that is shown.
	turn chan struct{}
	// opened are the pages that the person has agreed to; it belongs to the turn.
	opened map[string]bool
	// giveUp ends what the run is at, because a question cannot be answered.
	giveUp context.CancelFunc

	mu    sync.Mutex
	fault *fault
}

// The three actions of MCP.
const (
	accept  = "accept"
	decline = "decline"
	cancel  = "cancel"
)

func newAsker(t *target, giveUp context.CancelFunc) *asker {
	return &asker{t: t, turn: make(chan struct{}, 1), opened: map[string]bool{}, giveUp: giveUp}
}

// answer is host.OnElicitation's. Questions are asked one after the other.
func (k *asker) answer(ctx context.Context, e host.Elicitation) (host.ElicitationAnswer, error) {
	action, f := cancel, form.New(e)
	select {
	case k.turn <- struct{}{}:
		if e.Mode == "url" {
			action = k.url(ctx, e)
		} else {
			action = k.form(ctx, f)
		}
		<-k.turn
	case <-ctx.Done():
	}
	k.record(e.Mode, action)
	switch {
	case action == accept && e.Mode == "form":
		return e.Accept(f.Content()), nil
	case action == accept:
		return e.Accept(nil), nil
	case action == decline:
		return e.Decline(), nil
	}
	return e.Cancel(), nil
}

func (k *asker) record(mode, action string) {
	a := k.t.app
	a.mu.Lock()
	defer a.mu.Unlock()
	a.doc.Asked = append(a.doc.Asked, askedView{"elicitation/create", mode, action})
}

// form answers a form.
func (k *asker) form(ctx context.Context, f *form.Form) string {
	answers := k.t.answers
	var wrong error
	if answers.Any() {
		wrong = answers.Fill(f)
	}
	if answers.Any() && answers.Miss(f) {
		return k.missed(ctx, f)
	}
	switch missing := f.Missing(); {
	case answers.Any() && wrong == nil && len(missing) == 0:
		k.t.say(fmt.Sprintf("%s %s  %s\n", k.t.talk.Yellow("?"), k.asks(), k.t.talk.Dim("answered by --answer: "+quoted(f.Message)+sent(f))))
		return accept
	case k.t.interactive():
		return newDialog(k).form(ctx, f, wrong)
	case answers.Any():
		k.fail(notAnswered(k.t, missing, wrong))
		return cancel
	}
	k.declined("a form: "+quoted(f.Message), "Answer with "+howToAnswer(f)+k.orAtATerminal()+".")
	return decline
}

// missed is for answers of which none is for a field of the form: they are most likely misspelt, so the defaults are not
// sent in their place.
func (k *asker) missed(ctx context.Context, f *form.Form) string {
	title, body, hint := noField(k.t.explain.Server, k.t.answers.Unused(), f)
	if k.t.interactive() {
		return newDialog(k).form(ctx, f, errors.New(body))
	}
	fault := newFault(problem.InputNeeded, title, body, hint)
	fault.Server = k.t.explain.Server
	k.fail(fault)
	return cancel
}

// url answers a request to open a page. --answer never agrees to one.
func (k *asker) url(ctx context.Context, e host.Elicitation) string {
	if err := e.CheckURL(); err != nil {
		k.declined("a page, which is not opened: "+strings.TrimPrefix(err.Error(), "headfast: ")+". "+e.URL, "This is for the server's operator.")
		return decline
	}
	if k.t.interactive() {
		return newDialog(k).url(ctx, e)
	}
	hint := "Run it at a terminal to open the page."
	if k.t.flags.noInput {
		hint = "Leave --no-input out to be asked."
	}
	k.declined("a page: "+quoted(e.Message)+" "+e.URL, hint)
	return decline
}

func (k *asker) asks() string { return k.t.talk.Bold(k.t.explain.Server) + " asks" }

// declined tells that nobody could be asked.
func (k *asker) declined(what, hint string) {
	w := problem.Warn(problem.InputNeeded, k.t.explain.Server+" asked for input, and it was declined", "It asks for "+what, hint)
	k.t.warn(w)
}

func (k *asker) orAtATerminal() string {
	if k.t.flags.noInput {
		return ", or leave --no-input out"
	}
	return ", or run it at a terminal"
}

// howToAnswer is --answer for the fields that must be given, or for the first.
func howToAnswer(f *form.Form) string {
	fields := f.Missing()
	if len(fields) == 0 && len(f.Fields) > 0 {
		fields = append(fields, &f.Fields[0])
	}
	return answerFlags(fields)
}

// answerFlags is fit to be copied: a name that a shell could take for more than a word is left out.
func answerFlags(fields []*host.ElicitationField) string {
	var words []string
	for _, field := range fields {
		if !plainWord(field.Name) {
			return "--answer '{…}'"
		}
		words = append(words, "--answer "+field.Name+"=…")
	}
	if words == nil {
		return "--answer '{…}'"
	}
	return strings.Join(words, " ")
}

// interactive says that a person can be asked.
func (a *app) interactive() bool { return a.keys != nil && a.talk.TTY() && !a.flags.noInput }

// fail ends the run for this reason.
func (k *asker) fail(f *fault) {
	k.mu.Lock()
	if k.fault == nil {
		k.fault = f
	}
	k.mu.Unlock()
	k.giveUp()
}

// failed says that the run ends for a reason of ours.
func (k *asker) failed() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.fault != nil
}

// result is how the run ended: what could not be answered is the reason for what followed from it.
func (k *asker) result(err error) error {
	k.mu.Lock()
	f := k.fault
	k.mu.Unlock()
	if f != nil {
		return f
	}
	if unused := k.t.answers.Unused(); err == nil && len(unused) > 0 {
		k.t.warn(problem.Warn(problem.Usage, "--answer was not asked for: "+problem.Join(unused), "", ""))
	}
	return err
}

func notAnswered(t *target, missing []*host.ElicitationField, wrong error) *fault {
	var parts []string
	if len(missing) > 0 {
		parts = append(parts, "It needs "+problem.Join(form.Need(missing))+".")
	}
	if wrong != nil {
		parts = append(parts, strings.ReplaceAll(wrong.Error(), "\n", "; ")+".")
	}
	f := newFault(problem.InputNeeded, t.explain.Server+" asks for input that --answer does not give", strings.Join(parts, " "), "")
	f.Server = t.explain.Server
	if f.Hint = "Add " + answerFlags(missing) + "."; len(missing) == 0 {
		f.Hint = "Give a value that fits."
	}
	return f
}

// noField says which fields a form has, and which of them an --answer that is for none may have meant.
func noField(server string, unused []string, f *form.Form) (title, body, hint string) {
	var names, meant []string
	for i := range f.Fields {
		names = append(names, f.Fields[i].Name)
	}
	for _, key := range unused {
		meant = append(meant, near(key, names)...)
	}
	title = "No --answer is for a field of the form that " + server + " shows"
	if body = "Its fields are " + problem.Join(names) + ". Nothing of it was sent."; len(names) == 0 {
		body = "It has no fields. Nothing of it was sent."
	}
	if hint = "Answer with " + howToAnswer(f) + "."; len(meant) > 0 {
		hint = "Did you mean " + strings.Join(meant[:min(len(meant), maxNear)], " or ") + "?"
	}
	return title, body, hint
}

// sent tells which values an answer has, and which of them nobody has typed.
func sent(f *form.Form) string {
	var all []string
	for i := range f.Fields {
		field := &f.Fields[i]
		value := f.Value(field)
		if value == nil {
			continue
		}
		shown := field.Name + "=" + form.Show(field, value)
		if form.Hidden(field) {
			shown = field.Name + " (not shown)"
		}
		if f.Defaulted(field) {
			shown += " (default)"
		}
		all = append(all, shown)
	}
	if all == nil {
		return ""
	}
	return "; sent " + term.Cut(term.Line(strings.Join(all, ", ")), maxQuoted)
}

// maxQuoted bounds a server's text within a line of ours, in columns.
const maxQuoted = 160

func quoted(text string) string { return `"` + term.Cut(term.Line(text), maxQuoted) + `"` }
