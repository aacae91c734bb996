// Package msg is the one vocabulary of the boundary between the core and whatever drives it.
//
// A driver encodes a [Batch] of inputs, steps the core once, and decodes one [Output]: the effects to
// perform, and the one moment at which it wants to be stepped again even if nothing happened. The wire
// is MessagePack, with maps (never tuples), so that two versions can overlap: an unknown field is
// skipped, an unknown effect is answered with an End whose failure is "unsupported".
//
// Unions ([Input], [Effect]) are structs of pointers with exactly one set. The Go codec is written by
// msgp and the TypeScript codec by jsbridge/gents, both from this package, so neither is written by hand.
package msg

//go:generate go tool msgp -file . -o codec_gen.go -tests=false -io=false
//go:generate go run ../gents -dir . -go schema_gen.go -ts ../ts/src/msg.gen.ts

//msgp:limit arrays:65536 maps:256
//msgp:noduplicates

// Version is the version of the boundary's rules (exports, ordering, who answers what). The schema has
// a hash of its own, [SchemaHash]; both are in [Hello] and [Begin], and a mismatch is fatal.
const Version = 4

// MaxBatch bounds the bytes of one encoded [Batch]; a larger one is refused before it is decoded.
const MaxBatch = 64 << 20

// Batch is what a driver hands to one step.
type Batch struct {
	// Now is a monotonic clock in nanoseconds; its zero is the driver's own choice.
	Now int64 `msg:"now"`
	// Wall is the wall clock in milliseconds since the Unix epoch. It is used for messages, for what a JWT says of
	// time, and as a hint of when a stored token ends; no time-out hangs on it.
	Wall   int64   `msg:"wall"`
	Inputs []Input `msg:"in"`
}

// Output is what one step answers.
type Output struct {
	// Hello is set in the answer to the first step and in no other.
	Hello *Hello `msg:"hello,omitempty"`
	// Deadline is when to step again though nothing happened, on Batch.Now's clock; 0 is never.
	Deadline int64    `msg:"deadline"`
	Effects  []Effect `msg:"fx"`
	// Error says that the batch was malformed; the core's state is what it was before.
	Error *Error `msg:"err,omitempty"`
}

// Hello says who the core is.
type Hello struct {
	Version uint32 `msg:"v"`
	Schema  string `msg:"schema"`
	// Build names the core's version and the Go that built it.
	Build string `msg:"build"`
	// Dialects are the IDs of the clients whose configuration files are read, for Load.Dialect and Explain.As.
	Dialects []string `msg:"dialects,limit=100"`
}

// Input is one thing that happened outside: exactly one field is set.
type Input struct {
	Begin     *Begin     `msg:"begin,omitempty"`
	Load      *Load      `msg:"load,omitempty"`
	Survey    *Survey    `msg:"survey,omitempty"`
	Explain   *Explain   `msg:"explain,omitempty"`
	Connect   *Connect   `msg:"connect,omitempty"`
	Request   *Request   `msg:"request,omitempty"`
	Notify    *Notify    `msg:"notify,omitempty"`
	Listen    *Listen    `msg:"listen,omitempty"`
	Answer    *Answer    `msg:"answer,omitempty"`
	Cancel    *Cancel    `msg:"cancel,omitempty"`
	Close     *Close     `msg:"close,omitempty"`
	Login     *Login     `msg:"login,omitempty"`
	Logout    *Logout    `msg:"logout,omitempty"`
	Tokens    *Tokens    `msg:"tokens,omitempty"`
	Stored    *Stored    `msg:"stored,omitempty"`
	Awaiting  *Awaiting  `msg:"awaiting,omitempty"`
	Arrived   *Arrived   `msg:"arrived,omitempty"`
	Visited   *Visited   `msg:"visited,omitempty"`
	Signed    *Signed    `msg:"signed,omitempty"`
	Head      *Head      `msg:"head,omitempty"`
	Body      *Body      `msg:"body,omitempty"`
	Stderr    *Stderr    `msg:"stderr,omitempty"`
	End       *End       `msg:"end,omitempty"`
	Lint      *Lint      `msg:"lint,omitempty"`
	Translate *Translate `msg:"translate,omitempty"`
	Probe     *Probe     `msg:"probe,omitempty"`
	Export    *Export    `msg:"export,omitempty"`
	Agreed    *Agreed    `msg:"agreed,omitempty"`
	Prompted  *Prompted  `msg:"prompted,omitempty"`
	Inputs    *Inputs    `msg:"inputs,omitempty"`
}

// Effect is one thing for the driver to do or to tell: exactly one field is set.
type Effect struct {
	HTTP       *HTTP       `msg:"http,omitempty"`
	Abort      *Abort      `msg:"abort,omitempty"`
	Spawn      *Spawn      `msg:"spawn,omitempty"`
	Write      *Write      `msg:"write,omitempty"`
	Stop       *Stop       `msg:"stop,omitempty"`
	Get        *Get        `msg:"get,omitempty"`
	Put        *Put        `msg:"put,omitempty"`
	Lock       *Lock       `msg:"lock,omitempty"`
	Unlock     *Unlock     `msg:"unlock,omitempty"`
	Await      *Await      `msg:"await,omitempty"`
	Reply      *Reply      `msg:"reply,omitempty"`
	Open       *Open       `msg:"open,omitempty"`
	Sign       *Sign       `msg:"sign,omitempty"`
	Accounts   *Accounts   `msg:"accounts,omitempty"`
	Loaded     *Loaded     `msg:"loaded,omitempty"`
	Places     *Places     `msg:"places,omitempty"`
	Explained  *Explained  `msg:"explained,omitempty"`
	Message    *Message    `msg:"message,omitempty"`
	Ask        *Ask        `msg:"ask,omitempty"`
	Withdraw   *Withdraw   `msg:"withdraw,omitempty"`
	Gap        *Gap        `msg:"gap,omitempty"`
	Log        *Log        `msg:"log,omitempty"`
	State      *State      `msg:"state,omitempty"`
	Trace      *Trace      `msg:"trace,omitempty"`
	Done       *Done       `msg:"done,omitempty"`
	Findings   *Findings   `msg:"findings,omitempty"`
	Translated *Translated `msg:"translated,omitempty"`
	Probed     *Probed     `msg:"probed,omitempty"`
	Exported   *Exported   `msg:"exported,omitempty"`
	Agree      *Agree      `msg:"agree,omitempty"`
	Prompt     *Prompt     `msg:"prompt,omitempty"`
}

// Position is a place in a configuration file. Line and Column start at 1 and are 0 where unknown;
// Column counts UTF-16 code units, as editors do.
type Position struct {
	File   string `msg:"file"`
	Line   uint32 `msg:"line"`
	Column uint32 `msg:"col"`
}

// Header is one HTTP field as it goes over the wire (RFC 9110 section 5).
type Header struct {
	Name  string `msg:"n"`
	Value string `msg:"v"`
}
