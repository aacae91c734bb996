// Package revision holds what differs between the revisions of the Model Context Protocol on the wire,
// and reads from a server's answer which era it is of. It is pure.
package revision

// The revisions of the specification.
const (
	V20241105 = "2024-11-05"
	V20250326 = "2025-03-26"
	V20250618 = "2025-06-18"
	V20251125 = "2025-11-25"
	V20260728 = "2026-07-28"
)

// Modern and Legacy are what is offered first in each era ("Versioning and Compatibility", 2026-07-28).
const (
	Modern = V20260728
	Legacy = V20251125
)

// Wire is what one revision has on the wire. A server of an old revision is met over newer transports too, so this
// is what may be there; the transport is the session's own affair.
type Wire struct {
	Version string
	// Initialize: it is met by initialize ("Lifecycle"); else every request carries its metadata ("_meta").
	Initialize bool
	// VersionHeader: MCP-Protocol-Version goes with everything ("Protocol Version Header").
	VersionHeader bool
	// Sessions: the server may name one ("Session Management"), and has a GET stream ("Listening for Messages").
	Sessions bool
	// Resumes: a stream goes on after Last-Event-ID ("Resumability and Redelivery").
	Resumes bool
	// Asks: the server sends requests of its own; else what it wants is a result (InputRequired).
	Asks bool
	// InputRequired: results have a resultType ("Multi Round-Trip Requests", and extensions).
	InputRequired bool
	// Mirrors: Mcp-Method, Mcp-Name and Mcp-Param-* mirror the body ("Request Metadata").
	Mirrors bool
	// ClosingCancels: over HTTP, closing the stream cancels; else notifications/cancelled ("Cancellation").
	ClosingCancels bool
	// Subscriptions: subscriptions/listen; else resources/subscribe and the session's own stream.
	Subscriptions bool
	// SetsLevel: logging/setLevel; else the level is part of each request ("Logging").
	SetsLevel bool
	// TellsRoots: notifications/roots/list_changed ("Roots").
	TellsRoots bool
	// Caches: results say how long they may be kept ("Caching").
	Caches bool
}

// wires are the revisions spoken here, newest first.
var wires = []Wire{
	{
		Version: V20260728, VersionHeader: true, InputRequired: true, Mirrors: true, ClosingCancels: true, Subscriptions: true, Caches: true,
	},
	{
		Version: V20251125, Initialize: true, VersionHeader: true, Sessions: true, Resumes: true, Asks: true, SetsLevel: true, TellsRoots: true,
	},
	{
		Version: V20250618, Initialize: true, VersionHeader: true, Sessions: true, Resumes: true, Asks: true, SetsLevel: true, TellsRoots: true,
	},
	{
		Version: V20250326, Initialize: true, Sessions: true, Resumes: true, Asks: true, SetsLevel: true, TellsRoots: true,
	},
	{
		Version: V20241105, Initialize: true, Sessions: true, Resumes: true, Asks: true, SetsLevel: true, TellsRoots: true,
	},
}

// Of is what a revision has on the wire; ok is false for one that is not spoken here.
func Of(version string) (w Wire, ok bool) {
	for _, w := range wires {
		if w.Version == version {
			return w, true
		}
	}
	return Wire{}, false
}

// Names are the revisions spoken here, newest first.
func Names() []string {
	names := make([]string, len(wires))
	for i, w := range wires {
		names[i] = w.Version
	}
	return names
}

// Known says whether a revision is spoken here.
func Known(version string) bool {
	_, ok := Of(version)
	return ok
}

// HasInitialize says whether a revision is known and is met by initialize.
func HasInitialize(version string) bool {
	w, ok := Of(version)
	return ok && w.Initialize
}

// Best is the newest of a server's revisions that is spoken here, or empty.
func Best(supported []string) string {
	for _, w := range wires {
		if contains(supported, w.Version) {
			return w.Version
		}
	}
	return ""
}
