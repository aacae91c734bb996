package session

import "strings"

// containsFold is strings.Contains without regard to the case of ASCII letters.
func containsFold(s, part string) bool { return strings.Contains(strings.ToLower(s), part) }
