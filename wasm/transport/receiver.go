package transport

import "github.com/headfast/headfast/jsbridge/msg"

// Receiver is told what comes of an exchange: one Head at most, any number of Body, exactly one End.
type Receiver interface {
	Head(*msg.Head)
	Body(*msg.Body)
	End(*msg.End)
}
