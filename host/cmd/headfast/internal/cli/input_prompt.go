package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/wasm/problem"
)

// inputHelp is what --help says of inputs, where it matters.
const inputHelp = "What a file asks for (${input:id} of VS Code's, an input of a server.json) is asked at the terminal and kept, encrypted,\n" +
	"for this file and this server's origin: headfast inputs. In a script HEADFAST_INPUT_ID gives the answer, with the id in\n" +
	"capitals and _ for what is no letter and no digit: HEADFAST_INPUT_CRM_KEY for crm-key. An answer is never shown."

// askInput is host.Options.Prompt: it asks the person, where there is one.
func (a *app) askInput(ctx context.Context, q host.Question) (value string, given bool) {
	a.signing.mu.Lock()
	t := a.signing.target
	a.signing.mu.Unlock()
	if t == nil || !a.interactive() {
		return "", false
	}
	select {
	case t.asker.turn <- struct{}{}:
		defer func() { <-t.asker.turn }()
	case <-ctx.Done():
		return "", false
	}
	a.signing.limit.pause()
	defer a.signing.limit.resume()
	d := newDialog(t.asker)
	action := d.hold(ctx, func() (err error) {
		value, err = d.input(ctx, q)
		return err
	})
	return value, action == accept
}

// input asks for a value until it fits. What the file says stands behind a bar.
func (d *dialog) input(ctx context.Context, q host.Question) (string, error) {
	id := term.Cut(term.Line(q.Input), maxQuoted)
	d.heading("needs the input "+d.screen.Bold(id), q.Description)
	d.say("  " + d.screen.Dim("Defined at "+problem.At(q.Where)+". It goes only there, and is kept. Ctrl-D gives none."))
	for i, o := range q.Options[:min(len(q.Options), maxOptions)] {
		d.say(fmt.Sprintf("    %2d  %s", i+1, term.Line(o)))
	}
	question := "  " + id
	if q.Default != "" && !q.Secret {
		question += " [" + term.Cut(term.Line(q.Default), maxQuoted) + "]"
	}
	for {
		line, err := d.ask(ctx, question+": ", q.Secret)
		if err != nil {
			return "", err
		}
		if value, wrong := typed(q, line); wrong == "" {
			return value, nil
		} else {
			d.warning(wrong)
		}
	}
}

// typed is what a line means; wrong says what is the matter with it.
func typed(q host.Question, line string) (value, wrong string) {
	word := strings.TrimSpace(line)
	if word == "" && q.Default != "" {
		word, line = q.Default, q.Default
	}
	if len(q.Options) > 0 {
		for _, o := range q.Options {
			if o == word || o == line {
				return o, ""
			}
		}
		if n, err := strconv.Atoi(word); err == nil && n >= 1 && n <= len(q.Options) {
			return q.Options[n-1], ""
		}
		return "", "Type the number of an option, or the option."
	}
	switch word {
	case "":
		return "", `Type a value; "" is an empty one.`
	case `""`:
		return "", ""
	}
	return line, ""
}
