package demo

import (
	"context"
	"encoding/json"
)

type listenFilter struct {
	Tools bool `json:"toolsListChanged,omitempty"`
}

type listenParams struct {
	Meta          resultMeta    `json:"_meta"`
	Notifications *listenFilter `json:"notifications,omitempty"`
}

// subscribe serves subscriptions/listen (2026-07-28, "Subscriptions"): the
// acknowledgment first, then the changes that were asked for, then, if this
// server closes, the result that ends a subscription gracefully.
func (s *Server) subscribe(ctx context.Context, m message, p peer) (any, *refusal) {
	changed, leave := s.hub.join()
	defer leave()
	meta := resultMeta{Subscription: m.id}
	want := listenFilter{Tools: string(dig(m.params, "notifications", "toolsListChanged")) == "true"}
	p.send(notification("notifications/subscriptions/acknowledged", listenParams{meta, &want}))
	for {
		select {
		case <-changed:
			if want.Tools {
				p.send(notification("notifications/tools/list_changed", listenParams{Meta: meta}))
			}
		case <-ctx.Done():
			return s.closing(m.id)
		}
	}
}

func (s *Server) closing(id json.RawMessage) (any, *refusal) {
	if s.ctx.Err() == nil {
		return nil, gone
	}
	return stamp{"complete", resultMeta{Server: &self, Subscription: id}}, nil
}
