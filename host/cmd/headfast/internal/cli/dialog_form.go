package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/form"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
)

const (
	formHelp = "Enter takes the value in [brackets]. :decline refuses, :cancel closes it, Ctrl-C ends the call."
	review   = "Send this to %s? [s]end, [e]dit, [d]ecline, [c]ancel: "
)

// form asks for the fields, shows what would be sent, and sends it only when the person says so. wrong says which of
// --answer did not fit.
func (d *dialog) form(ctx context.Context, f *form.Form, wrong error) string {
	return d.hold(ctx, func() error {
		d.heading("asks for input", f.Message)
		if f.Open != nil {
			return d.whole(ctx, f)
		}
		fields := all(f)
		if d.k.t.answers.Any() {
			fields = f.Missing()
		}
		if wrong != nil {
			d.warning("--answer: " + strings.ReplaceAll(wrong.Error(), "\n", "; "))
			fields = all(f)
		}
		if len(fields) > 0 {
			d.say("  " + d.screen.Dim(formHelp))
		}
		for {
			for i, field := range fields {
				if err := d.field(ctx, f, field, i+1, len(fields)); err != nil {
					return err
				}
			}
			again, err := d.review(ctx, f)
			if !again || err != nil {
				return err
			}
			fields = all(f)
		}
	})
}

func all(f *form.Form) (fields []*host.ElicitationField) {
	for i := range f.Fields {
		fields = append(fields, &f.Fields[i])
	}
	return fields
}

// field asks for one field until its value fits.
func (d *dialog) field(ctx context.Context, f *form.Form, field *host.ElicitationField, n, of int) error {
	d.say("")
	d.about(field, n, of)
	for {
		line, err := d.ask(ctx, d.question(f, field), form.Hidden(field))
		if err != nil {
			return err
		}
		done, err := d.take(f, field, line)
		if done || err != nil {
			return err
		}
	}
}

// take makes a value of a line. done says that the field is settled.
func (d *dialog) take(f *form.Form, field *host.ElicitationField, line string) (done bool, err error) {
	word := strings.TrimSpace(line)
	if err := command(word); err != nil {
		return false, err
	}
	var value any
	switch {
	case word == ":skip" && !field.Required:
	case word == "" && f.Value(field) != nil:
		return true, nil
	case word == "" && field.Required:
		d.warning("It is required: " + form.Want(field) + ".")
		return false, nil
	case word == "":
	case word == `""` && field.Type == "string":
		value = ""
	default:
		value = form.Read(field, byNumber(field, line))
	}
	if err := f.Set(field, value); err != nil {
		d.warning("That does not fit: it wants " + form.Want(field) + ".")
		return false, nil
	}
	return true, nil
}

// command is how the person ends a form from within.
func command(word string) error {
	switch word {
	case ":decline":
		return errDecline
	case ":cancel":
		return errCancel
	}
	return nil
}

// byNumber takes the numbers of options for the options, unless a number is an option itself.
func byNumber(field *host.ElicitationField, text string) string {
	if field.Options == nil {
		return text
	}
	words := []string{text}
	if field.Type == "array" {
		words = strings.Split(text, ",")
	}
	for i, w := range words {
		w = strings.TrimSpace(w)
		n, err := strconv.Atoi(w)
		if err != nil || n < 1 || n > len(field.Options) || isOption(field, w) {
			continue
		}
		words[i] = field.Options[n-1].Value
	}
	return strings.Join(words, ",")
}

func isOption(field *host.ElicitationField, word string) bool {
	for _, o := range field.Options {
		if o.Value == word {
			return true
		}
	}
	return false
}

// maxOptions bounds how many options are shown.
const maxOptions = 50

// about shows what a field is.
func (d *dialog) about(field *host.ElicitationField, n, of int) {
	name, required := field.Title, "optional"
	if name == "" {
		name = field.Name
	}
	if field.Required {
		required = "required"
	}
	tag := ""
	if name != field.Name {
		tag = field.Name
	}
	d.say(fmt.Sprintf("  %s  %s", d.screen.Dim(fmt.Sprintf("%d/%d", n, of)), join("  ", d.screen.Bold(name), d.screen.Dim(tag), d.screen.Dim(required))))
	d.theirs(field.Description)
	for i, o := range field.Options[:min(len(field.Options), maxOptions)] {
		value := ""
		if o.Title != o.Value {
			value = o.Value
		}
		d.say(fmt.Sprintf("    %2d  %s", i+1, join("  ", term.Line(o.Title), d.screen.Dim(value))))
	}
	if field.Options == nil {
		d.say("    " + d.screen.Dim(form.Want(field)))
	} else if field.Type == "array" {
		d.say("    " + d.screen.Dim("any of them, with commas between, or none"+bounds(field)))
	}
	if form.Secret(field) {
		d.warning("This asks for a secret, which MCP forbids in a form. :decline unless you know why.")
	}
}

func bounds(field *host.ElicitationField) string {
	text := ""
	if field.Min != nil {
		text = fmt.Sprintf("; at least %g", *field.Min)
	}
	if field.Max != nil {
		text += fmt.Sprintf("; at most %g", *field.Max)
	}
	return text
}

// question is the line behind which the person types.
func (d *dialog) question(f *form.Form, field *host.ElicitationField) string {
	what := "  "
	switch {
	case field.Options != nil && field.Type == "array":
		what += "numbers or words"
	case field.Options != nil:
		what += "number or word"
	case field.Type == "boolean":
		what += "yes or no"
	default:
		what += term.Line(field.Name)
	}
	switch value := f.Value(field); {
	case value != nil && form.Hidden(field):
		what += " [as it is]"
	case value != nil:
		what += " [" + term.Line(form.Show(field, value)) + "]"
	case !field.Required:
		what += " [nothing]"
	}
	return what + ": "
}

// review shows all that would be sent. again says that the person wants to change it.
func (d *dialog) review(ctx context.Context, f *form.Form) (again bool, err error) {
	width := 0
	for i := range f.Fields {
		width = max(width, term.Columns(term.Line(f.Fields[i].Name)))
	}
	d.say("")
	d.say("  " + d.screen.Dim("Your answer:"))
	for i := range f.Fields {
		field := &f.Fields[i]
		name, shown := term.Line(field.Name), d.screen.Dim("nothing")
		switch value := f.Value(field); {
		case value != nil && form.Hidden(field):
			shown = d.screen.Dim("not shown")
		case value != nil:
			shown = term.Line(form.Show(field, value))
		}
		d.say("    " + term.Pad(d.screen.Cyan(name), name, min(width, maxName)) + "  " + shown)
	}
	if len(f.Fields) == 0 {
		d.say("    " + d.screen.Dim("yes, and nothing more: the form has no fields"))
	}
	return d.agree(ctx, len(f.Fields) > 0)
}

// agree asks whether to send.
func (d *dialog) agree(ctx context.Context, editable bool) (again bool, err error) {
	question, letters := fmt.Sprintf(review, term.Line(d.server)), "sedc"
	if !editable {
		question, letters = strings.Replace(question, "[e]dit, ", "", 1), "sdc"
	}
	letter, err := d.choose(ctx, question, letters, 0)
	switch letter {
	case 'e':
		return true, nil
	case 'd':
		return false, errDecline
	case 'c':
		return false, errCancel
	}
	return false, err
}

// whole asks for the answer to a form that MCP does not have, as one JSON object.
func (d *dialog) whole(ctx context.Context, f *form.Form) error {
	d.warning("This form cannot be shown field by field: " + strings.TrimPrefix(f.Open.Error(), "headfast: ") + ".")
	d.code(pretty(f.Schema))
	for {
		line, err := d.ask(ctx, "  one JSON object, :decline or :cancel: ", false)
		if err != nil {
			return err
		}
		if err := command(strings.TrimSpace(line)); err != nil {
			return err
		}
		var object map[string]json.RawMessage
		if json.Unmarshal([]byte(line), &object) != nil || object == nil {
			d.warning("That is no JSON object.")
			continue
		}
		f.Whole = json.RawMessage(line)
		d.code(pretty(f.Whole))
		again, err := d.agree(ctx, true)
		if !again || err != nil {
			return err
		}
	}
}
