package demo

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"sync"
)

// elicitation asks for a name, as a form whose field has a default.
var elicitation = json.RawMessage(`{"mode":"form","message":"Whom shall I greet?","requestedSchema":{"type":"object",` +
	`"properties":{"name":{"type":"string","title":"Name","default":"you"}},"required":["name"]}}`)

// inputRequired is an InputRequiredResult (2026-07-28, "Multi Round-Trip Requests").
type inputRequired struct {
	Type     string         `json:"resultType"`
	Requests map[string]any `json:"inputRequests"`
	State    string         `json:"requestState"`
}

const askState = "asked once"

// askName is the tool ask. In 2026-07-28 the question is its first result, before that a request of ours.
func (s *Server) askName(ctx context.Context, m message, e era, p peer) (any, *refusal) {
	var answer json.RawMessage
	if e == modernEra {
		if answer = dig(m.params, "inputResponses", "name"); answer == nil {
			request := map[string]any{"method": "elicitation/create", "params": elicitation}
			return inputRequired{"input_required", map[string]any{"name": request}, askState}, nil
		}
		if state, _ := text(m.params, "requestState"); state != askState {
			return nil, refuse(http.StatusOK, codeInvalidParams, "requestState is not what was sent")
		}
	} else if answer = s.questions.ask(ctx, p, "elicitation/create", elicitation); answer == nil {
		return nil, gone
	}
	result := says("Nobody to greet.")
	if action, _ := text(answer, "action"); action == "accept" {
		name, _ := text(answer, "content", "name")
		result = says("Hello, %s!", name)
	}
	result.stamp = e.stamp()
	return result, nil
}

// questions are the requests of ours that wait for their answers.
type questions struct {
	mu      sync.Mutex
	last    int
	waiting map[string]chan json.RawMessage // by the id, as JSON
}

// ask sends a request on the stream of the request that needs it, and waits. Without an answer, or for one
// that is an error, it gives nil.
func (q *questions) ask(ctx context.Context, p peer, method string, params any) json.RawMessage {
	id, answer := q.next()
	defer q.forget(id)
	p.send(encode(struct {
		JSONRPC string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Method  string          `json:"method"`
		Params  any             `json:"params"`
	}{"2.0", json.RawMessage(id), method, params}))
	select {
	case result := <-answer:
		return result
	case <-ctx.Done():
		return nil
	}
}

func (q *questions) next() (string, chan json.RawMessage) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.last++
	id := strconv.Itoa(q.last)
	if q.waiting == nil {
		q.waiting = map[string]chan json.RawMessage{}
	}
	q.waiting[id] = make(chan json.RawMessage, 1)
	return id, q.waiting[id]
}

func (q *questions) forget(id string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.waiting, id)
}

// answered takes a response to one of them; anything else is ignored.
func (q *questions) answered(m message) {
	if m.method != "" || m.id == nil {
		return
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if to := q.waiting[string(m.id)]; to != nil {
		select {
		case to <- m.result:
		default:
		}
	}
}
