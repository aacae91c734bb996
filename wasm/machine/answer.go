package machine

import (
	"encoding/hex"
	"sort"
	"strconv"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/headfast/headfast/wasm/oauth"
)

// answer is what a person answered to a Prompt, as it is kept: JSON.
type answer struct {
	// id is the input's, file the one that defines it, goal the only place where the answer goes.
	id, file, goal, value string
	// when is in milliseconds since the Unix epoch.
	when int64
	// why says why it cannot be read; empty where it can.
	why string
}

// answerKey is what the store knows an answer by: it is for this input of this file and for this goal alone.
func answerKey(e *config.Entry, q *config.Question, goal string) string {
	sum := oauth.SHA256([]byte(oauth.Escape(e.File()) + "\n" + oauth.Escape(q.ID) + "\n" + oauth.Escape(goal)))
	return hex.EncodeToString(sum[:16])
}

func (a *answer) encode() string {
	return `{"version":1,` + string(a.facts(nil)) + `,"value":` + string(jsontext.AppendString(nil, a.value)) + "}"
}

// facts writes what may be told, as members of an object.
func (a *answer) facts(b []byte) []byte {
	b = jsontext.AppendString(append(b, `"input":`...), a.id)
	b = jsontext.AppendString(append(b, `,"file":`...), a.file)
	b = jsontext.AppendString(append(b, `,"origin":`...), a.goal)
	return strconv.AppendInt(append(b, `,"when":`...), a.when, 10)
}

func decodeAnswer(text string) *answer {
	d, err := oauth.ParseObject([]byte(text))
	if err != nil {
		return &answer{why: err.Error()}
	}
	a := &answer{id: d.Text("input"), file: d.Text("file"), goal: d.Text("origin"), value: d.Text("value"), when: d.Number("when")}
	switch a.why = d.Bad(); {
	case a.why != "":
	case d.Number("version") > 1:
		a.why = "a newer version of Headfast wrote it"
	case d.Number("version") < 1 || a.value == "":
		a.why = "it is no answer"
	}
	return a
}

// mostAnswers bounds the answers that are listed.
const mostAnswers = 10_000

// inputs forgets answers, and tells of those that are left.
func (m *Machine) inputs(v *msg.Inputs) {
	forget := make([]string, len(v.Forget))
	for i, key := range v.Forget {
		forget[i] = strings.Clone(key)
	}
	m.forgetAnswers(v.ID, forget)
}

func (m *Machine) forgetAnswers(id uint32, keys []string) {
	if len(keys) == 0 {
		m.Get(msg.StoreInputs, "", func(s *msg.Stored) {
			if m.inputsFailed(id, s) {
				return
			}
			all := strings.Fields(s.Value)
			sort.Strings(all)
			m.tellAnswers(id, all[:min(len(all), mostAnswers)], nil)
		})
		return
	}
	delete(m.given, keys[0])
	m.Put(&msg.Put{Store: msg.StoreInputs, Key: keys[0], Delete: true}, func(s *msg.Stored) {
		if !m.inputsFailed(id, s) {
			m.forgetAnswers(id, keys[1:])
		}
	})
}

func (m *Machine) inputsFailed(id uint32, s *msg.Stored) bool {
	if s.Failure == nil {
		return false
	}
	e := storeProblem(s.Failure)
	e.Title = "The answers that are kept cannot be read or forgotten"
	m.Emit(&msg.Effect{Done: &msg.Done{ID: id, Outcome: msg.OutcomeNotSent, Error: e}})
	return true
}

// tellAnswers reads one after the other.
func (m *Machine) tellAnswers(id uint32, keys []string, list []byte) {
	if len(keys) == 0 {
		m.Emit(&msg.Effect{Done: &msg.Done{ID: id, Outcome: msg.OutcomeResult, Result: append(append([]byte(`{"inputs":[`), list...), "]}"...)}})
		return
	}
	m.Get(msg.StoreInputs, keys[0], func(s *msg.Stored) {
		a := decodeAnswer(s.Value)
		if s.Failure != nil {
			a.why = s.Failure.Detail
		}
		if s.Found || s.Failure != nil {
			if list != nil {
				list = append(list, ',')
			}
			list = jsontext.AppendString(append(list, `{"key":`...), keys[0])
			if list = append(list, ','); a.why == "" {
				list = a.facts(list)
			} else {
				list = jsontext.AppendString(append(list, `"problem":`...), a.why)
			}
			list = append(list, '}')
		}
		m.tellAnswers(id, keys[1:], list)
	})
}
