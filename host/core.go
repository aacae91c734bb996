package host

import "context"

// Core is what a Client drives: the module under wazero, which is an [Instance], or the same sources compiled into
// the program, by package host/native. It is used by one goroutine at a time.
type Core interface {
	// Step hands over one encoded msg.Batch and appends the encoded msg.Output to out. batch is the caller's again
	// when it returns, and the answer is the caller's for good. After an error the core is not stepped any more.
	Step(batch, out []byte) ([]byte, error)
	// Close ends the core and frees what it holds.
	Close(ctx context.Context) error
}

var _ Core = (*Instance)(nil)
