package session

import (
	"bytes"
	"sort"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsonrpc"
	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/tidwall/gjson"
)

// subscription is what a subscriptions/listen has beyond a call (2026-07-28, "Subscriptions").
type subscription struct {
	// broken counts the streams in a row that ended without a message.
	broken int
	// reopened says that the next message follows a gap.
	reopened bool
}

// listening is a Listen in a session of before 2026-07-28, where the server tells on the session's own stream.
type listening struct {
	verb                      uint32
	tools, prompts, resources bool
	uris                      map[string]bool
	order                     []string
}

// mostURIs bounds what one Listen names.
const mostURIs = 1000

const acknowledged = "notifications/subscriptions/acknowledged"

// Listen subscribes, or answers at once why it cannot.
func (s *Session) Listen(l *msg.Listen) {
	if e := s.checkVerb(l.ID, nil); e != nil {
		s.refuse(l.ID, e)
		return
	}
	if len(l.URIs)+len(l.Tasks) > mostURIs {
		s.refuse(l.ID, s.about(problem.New(problem.Usage, "More than 1000 resources and tasks", "", "Listen more than once.")))
		return
	}
	if s.wire.Subscriptions {
		s.subscribe(l)
		return
	}
	k := &listening{verb: l.ID, tools: l.Tools, prompts: l.Prompts, resources: l.Resources, uris: map[string]bool{}, order: l.URIs}
	for _, uri := range l.URIs {
		k.uris[uri] = true
	}
	s.listens[l.ID] = k
	if s.phase == ready { // else listenAgain does it
		s.subscribeEach(k)
	}
}

// subscribe sends subscriptions/listen, whose answer is a stream that does not end.
func (s *Session) subscribe(l *msg.Listen) {
	c := &call{verb: l.ID, method: "subscriptions/listen", params: filterOf(l), listen: &subscription{}, begun: s.out.Now()}
	c.done = func(a answer) { s.answered(c, a) }
	s.verbs[c.verb] = c
	s.start(c)
}

// filterOf is the Notification Filter.
func filterOf(l *msg.Listen) []byte {
	out := []byte(`{"notifications":{`)
	flag := func(name string, on bool) {
		if on {
			out = append(comma(out), `"`+name+`":true`...)
		}
	}
	flag("toolsListChanged", l.Tools)
	flag("promptsListChanged", l.Prompts)
	flag("resourcesListChanged", l.Resources)
	if len(l.URIs) > 0 {
		out = appendStrings(append(comma(out), `"resourceSubscriptions":`...), l.URIs)
	}
	if len(l.Tasks) > 0 {
		out = appendStrings(append(comma(out), `"taskIds":`...), l.Tasks)
	}
	return append(out, "}}"...)
}

// comma separates from the member before, if there is one.
func comma(out []byte) []byte {
	if out[len(out)-1] != '{' && out[len(out)-1] != '[' {
		return append(out, ',')
	}
	return out
}

func appendStrings(out []byte, all []string) []byte {
	out = append(out, '[')
	for _, one := range all {
		out = jsontext.AppendString(comma(out), one)
	}
	return append(out, ']')
}

// relisten opens a subscription's stream again after it broke off: as a new request, since the server holds
// nothing of the old one. False where it is over.
func (s *Session) relisten(f *flight, failure *msg.Failure) bool {
	c := f.call
	if c.listen == nil || !(f.in.Stream() || s.earComesBack(f, failure)) {
		return false
	}
	if s.phase != ready {
		s.detach(c)
		s.reopen(c)
		return true
	}
	if f.events > 0 {
		c.listen.broken = 0
	}
	if c.listen.broken++; c.listen.broken > mostFruitless {
		return false
	}
	wait := s.backoff(c.listen.broken-1, second, 30*second)
	if after, ok := f.in.RetryAfter(s.out.Wall()); ok {
		wait = max(wait, min(after, longestPause))
	}
	s.detach(c)
	s.resting[c] = true
	c.resume = s.out.After(wait, func() {
		delete(s.resting, c)
		s.reopen(c)
	})
	return true
}

// reopen sends a call again after its stream broke off; a subscription then tells of the gap.
func (s *Session) reopen(c *call) {
	if c.listen != nil {
		c.listen.reopened = true
	}
	s.start(c)
}

// subscriptionOf is the call that a notification belongs to by its subscriptionId, which is the request's id.
func (s *Session) subscriptionOf(params []byte) (c *call, named bool) {
	if !bytes.Contains(params, []byte("subscriptionId")) {
		return nil, false
	}
	id := gjson.GetBytes(params, `_meta.io\.modelcontextprotocol/subscriptionId`)
	if !id.Exists() {
		return nil, false
	}
	c = s.calls[id.Str]
	if c == nil || c.listen == nil {
		return nil, true
	}
	return c, true
}

// tornDown ends a subscription that the server cancels (2026-07-28, "Cancellation").
func (s *Session) tornDown(c *call) {
	s.finish(c, answer{message: &jsonrpc.Message{Kind: jsonrpc.Response, Result: []byte("{}")}, outcome: msg.OutcomeResult})
}

// subscribeEach asks a server of before 2026-07-28 for each resource, then says what was agreed to.
func (s *Session) subscribeEach(k *listening) {
	left := 1
	agreed := []string{}
	taken := func() {
		if left--; left == 0 && s.listens[k.verb] == k {
			s.acknowledge(k, agreed)
		}
	}
	if s.offers("resources.subscribe") {
		for _, uri := range k.order {
			left++
			s.own("resources/subscribe", uriParams(uri), func(a answer) {
				if a.fault == nil {
					agreed = append(agreed, uri)
				}
				taken()
			})
		}
	}
	taken()
}

func uriParams(uri string) []byte {
	return append(jsontext.AppendString([]byte(`{"uri":`), uri), '}')
}

// acknowledge says what a server of before 2026-07-28 will tell, in the words of today.
func (s *Session) acknowledge(k *listening, uris []string) {
	sort.Strings(uris)
	params := filterOf(&msg.Listen{URIs: uris, Tools: k.tools && s.offers("tools.listChanged"), Prompts: k.prompts && s.offers("prompts.listChanged"),
		Resources: k.resources && s.offers("resources.listChanged")})
	s.out.Emit(&msg.Effect{Message: &msg.Message{Session: s.id, Request: k.verb, Method: acknowledged, Params: params}})
}

// tell hands a notification to every Listen that wants it; false where none does.
func (s *Session) tell(m *jsonrpc.Message) (told bool) {
	if len(s.listens) == 0 {
		return false
	}
	for _, k := range s.listeners() {
		if k.wants(m) {
			told = true
			s.out.Emit(&msg.Effect{Message: &msg.Message{Session: s.id, Request: k.verb, Method: m.Method, Params: m.Params}})
		}
	}
	return told
}

func (k *listening) wants(m *jsonrpc.Message) bool {
	switch m.Method {
	case "notifications/tools/list_changed":
		return k.tools
	case "notifications/prompts/list_changed":
		return k.prompts
	case "notifications/resources/list_changed":
		return k.resources
	case "notifications/resources/updated":
		return k.uris[gjson.GetBytes(m.Params, "uri").Str]
	}
	return false
}

// listeners are the Listens of a session of before 2026-07-28, in order.
func (s *Session) listeners() []*listening {
	all := make([]*listening, 0, len(s.listens))
	for _, k := range s.listens {
		all = append(all, k)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].verb < all[j].verb })
	return all
}

// listenAgain tells a new session what the one before was asked to tell.
func (s *Session) listenAgain() {
	for _, k := range s.listeners() {
		if !s.wire.Subscriptions {
			s.subscribeEach(k)
			continue
		}
		delete(s.listens, k.verb)
		s.subscribe(&msg.Listen{ID: k.verb, Tools: k.tools, Prompts: k.prompts, Resources: k.resources, URIs: k.order})
	}
}

// unlisten ends a Listen of a session of before 2026-07-28.
func (s *Session) unlisten(k *listening, d *msg.Done) {
	delete(s.listens, k.verb)
	if s.phase == ready && s.offers("resources.subscribe") {
		for _, uri := range k.order {
			if !s.wanted(uri) {
				s.own("resources/unsubscribe", uriParams(uri), func(answer) {})
			}
		}
	}
	d.ID = k.verb
	s.out.Emit(&msg.Effect{Done: d})
}

func (s *Session) wanted(uri string) bool {
	for _, k := range s.listens {
		if k.uris[uri] {
			return true
		}
	}
	return false
}
