package host

import (
	"context"

	"github.com/headfast/headfast/jsbridge/msg"
)

// The formats of Export.
const (
	// HAR is an HTTP Archive 1.2, which the network panel of a browser opens.
	HAR = "har"
	// Curl is a command for a POSIX shell for each request, with variables in the place of secrets, and an empty line
	// between two.
	Curl = "curl"
)

// Export tells all that was exchanged over HTTP since the Client was opened with Options.Record, in one of the formats
// above. No secret is in it. Of more than 1,000 exchanges, or 8 MiB of them, the last are there; of an answer 64 KiB, and
// of a request's content all or, where it is over 256 KiB, nothing.
func (c *Client) Export(ctx context.Context, format string) ([]byte, error) {
	id := c.nextID()
	answer, err := c.query(ctx, id, msg.Input{Export: &msg.Export{ID: id, Format: format}})
	if err != nil {
		return nil, err
	}
	if answer.Done != nil {
		return nil, ended(ctx, answer.Done)
	}
	return append([]byte(nil), answer.Exported.Text...), nil
}
