package host

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
)

// Root is a folder or file that the server is told to keep to; it is no access control (2025-11-25, "Roots";
// deprecated in 2026-07-28).
type Root struct {
	// URI is a file:// URL: the specification knows no others.
	URI  string `json:"uri"`
	Name string `json:"name,omitempty"`
}

const rootsMethod = "roots/list"

// WithRoots answers roots/list. See OnElicitation for how callbacks are called, and Session.RootsChanged.
func WithRoots(f func(ctx context.Context) ([]Root, error)) ConnectOption {
	return func(o *connectOptions) {
		o.session.answerers[rootsMethod] = func(ctx context.Context, _ *msg.Ask) (json.RawMessage, error) {
			roots, err := f(ctx)
			if err != nil {
				return nil, err
			}
			for _, r := range roots {
				if !strings.HasPrefix(r.URI, "file://") {
					return nil, &AnswerError{internalError, "A root is no file:// URL"}
				}
			}
			return json.Marshal(map[string][]Root{"roots": append([]Root{}, roots...)})
		}
	}
}

// RootsChanged tells the server that WithRoots would answer otherwise now. 2026-07-28 has no such notification: there
// the server asks whenever it needs the roots.
func (s *Session) RootsChanged(ctx context.Context) error {
	if s.answerers[rootsMethod] == nil {
		return misuse("This session has no roots", "It was connected without WithRoots. Nothing was sent.")
	}
	return s.Notify(ctx, "notifications/roots/list_changed", nil)
}
