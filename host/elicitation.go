package host

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
)

// Elicitation is what a server wants to know from the person, or wants the person to do (elicitation/create; 2025-06-18
// and later, "Elicitation"). A program must show which server asks, and let the person decline. All texts are the
// server's: they must not reach a terminal or a page unescaped.
type Elicitation struct {
	// Server is the name that the configuration gives the server.
	Server string
	// Mode is "form" or "url".
	Mode string
	// Message says why, for the person.
	Message string
	// Schema is a form's requestedSchema as it was sent; see Fields.
	Schema json.RawMessage
	// URL is to be opened by the person in mode "url"; see CheckURL. What is done there does not come back here.
	URL string
	// ID is the elicitationId of mode "url" in 2025-11-25: notifications/elicitation/complete names it. Else empty.
	ID string
	// Raw is all of the params, byte for byte.
	Raw json.RawMessage
}

// ElicitationAnswer is the person's: see Accept, Decline and Cancel of Elicitation. The zero value is a Cancel.
type ElicitationAnswer struct {
	action  string
	content any
}

// Accept is a form that was filled in, or the consent to open the URL (content is nil then). content is marshalled to
// a JSON object with a member for each field. A field that has no value in it, or null, gets its default from the
// schema (SEP-1034). What does not fit the schema is not sent: the server gets an error that names the fields. Use
// Validate before, to ask again.
func (Elicitation) Accept(content any) ElicitationAnswer {
	return ElicitationAnswer{"accept", content}
}

// Decline is a person's no.
func (Elicitation) Decline() ElicitationAnswer { return ElicitationAnswer{action: "decline"} }

// Cancel is neither yes nor no: the person closed the form.
func (Elicitation) Cancel() ElicitationAnswer { return ElicitationAnswer{action: "cancel"} }

const elicitationMethod = "elicitation/create"

// OnElicitation answers the server's questions to the person, in both modes.
//
// Each question is asked on a goroutine of its own, also while others are open. Its context ends when the answer is not
// wanted any more: the server took the question back, the request it was for is over, or the session is. An error
// goes to the server: an *AnswerError as it is, of every other only that there was one. A callback may use the session;
// it must not close the Client. A panic in it is not recovered.
func OnElicitation(f func(context.Context, Elicitation) (ElicitationAnswer, error)) ConnectOption {
	return func(o *connectOptions) {
		o.session.answerers[elicitationMethod] = func(ctx context.Context, a *msg.Ask) (json.RawMessage, error) {
			e, err := readElicitation(a)
			if err != nil {
				return nil, &AnswerError{invalidParams, "The params of " + elicitationMethod + " cannot be used: " + err.Error()}
			}
			answer, err := f(ctx, e)
			if err != nil {
				return nil, err
			}
			return e.result(answer)
		}
	}
}

func readElicitation(a *msg.Ask) (Elicitation, error) {
	e := Elicitation{Server: a.Server, Mode: "form", Raw: a.Params}
	err := members(a.Params, map[string]any{
		"mode": &e.Mode, "message": &e.Message, "requestedSchema": &e.Schema, "url": &e.URL, "elicitationId": &e.ID,
	})
	if err == nil && e.Mode != "form" && e.Mode != "url" {
		err = errors.New("mode is neither form nor url")
	}
	return e, err
}

// result is MCP's ElicitResult.
func (e Elicitation) result(a ElicitationAnswer) (json.RawMessage, error) {
	switch {
	case a.action == "":
		a.action = "cancel"
	case a.action == "accept" && e.Mode == "form":
		content, err := e.complete(a.content)
		if err != nil {
			return nil, &AnswerError{internalError, "The answer does not fit the form: " + strings.ReplaceAll(err.Error(), "\n", "; ")}
		}
		return append(append([]byte(`{"action":"accept","content":`), content...), '}'), nil
	}
	return json.RawMessage(`{"action":"` + a.action + `"}`), nil
}
