package host

import (
	"context"
	"errors"

	"github.com/headfast/headfast/jsbridge/msg"
)

// Filter says which notifications a Listen wants.
type Filter struct {
	// Tools, Prompts and Resources are for the list_changed notifications.
	Tools, Prompts, Resources bool
	// URIs are resources whose updates are wanted, Tasks are tasks' ids.
	URIs, Tasks []string
}

// ErrListenEnded says that the server ended a subscription by itself. To listen again is allowed.
var ErrListenEnded = errors.New("headfast: the server ended the subscription")

// maxNames bounds the entries of one list in a Filter.
const maxNames = 1 << 16

// Listen subscribes to what the server tells by itself, and blocks until ctx ends, which is no error, or until the
// server or the session ends it. f gets the notifications, in order, on a goroutine of their own, all of them before
// Listen returns; params is JSON. The first is notifications/subscriptions/acknowledged, whose params say what the
// server agreed to: it may be less than was asked for. A stream that breaks is opened again, which OnGap is told of,
// and acknowledged again.
//
// It is subscriptions/listen in 2026-07-28; before, resources/subscribe and the session's own stream.
func (s *Session) Listen(ctx context.Context, want Filter, f func(method string, params []byte)) error {
	if len(want.URIs) > maxNames || len(want.Tasks) > maxNames || sum(want.URIs)+sum(want.Tasks) > maxParams {
		return misuse("The filter is too large", "It has more than 65536 names, or more than 32 MiB. Nothing was sent.")
	}
	l := &msg.Listen{
		ID: s.client.nextID(), Session: s.id, Tools: want.Tools, Prompts: want.Prompts, Resources: want.Resources,
		URIs: want.URIs, Tasks: want.Tasks,
	}
	defer s.listen(l.ID, f)()
	answer, err := s.client.ask(ctx, l.ID, msg.Input{Listen: l})
	if err != nil {
		return err
	}
	switch done := answer.Done; {
	case ctx.Err() != nil && (done.Error == nil || done.Outcome == msg.OutcomeCancelled):
		return nil
	case done.Error == nil:
		return ErrListenEnded
	default:
		return ended(ctx, done)
	}
}
