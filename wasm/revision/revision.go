// Package revision holds what differs between the revisions of the Model Context Protocol on the wire,
// and reads from a server's answer which era it is of. It is pure.
package revision

// The revisions of the specification.
const (
	V20241105 = "2024-11-05" // HTTP+SSE
	V20250326 = "2025-03-26" // Streamable HTTP
	V20250618 = "2025-06-18" // MCP-Protocol-Version header
	V20251125 = "2025-11-25" // the last with initialize
	V20260728 = "2026-07-28" // stateless
)

// Modern and Legacy are what is offered first in each era.
const (
	Modern = V20260728
	Legacy = V20251125
)

// known are the revisions spoken here, newest first.
var known = []string{V20260728, V20251125, V20250618, V20250326, V20241105}

// Known says whether a revision is spoken here.
func Known(v string) bool {
	for _, k := range known {
		if k == v {
			return true
		}
	}
	return false
}

// Names are the revisions spoken here, newest first.
func Names() []string { return append([]string(nil), known...) }

// IsModern says whether a revision carries its metadata in every request ("Versioning and Compatibility",
// revision 2026-07-28).
func IsModern(v string) bool { return v >= V20260728 }

// HasVersionHeader says whether MCP-Protocol-Version goes with every request (since 2025-06-18).
func HasVersionHeader(v string) bool { return v >= V20250618 }

// Best is the newest of a server's revisions that is spoken here, or empty.
func Best(supported []string) string {
	for _, k := range known {
		for _, s := range supported {
			if s == k {
				return k
			}
		}
	}
	return ""
}
