package revision

import (
	"slices"
	"testing"
)

// TestNames: newest first, each known, and a line between the eras.
func TestNames(t *testing.T) {
	names := Names()
	if !slices.IsSortedFunc(names, func(a, b string) int { return -cmp(a, b) }) || len(names) != 5 {
		t.Error(names)
	}
	for _, name := range names {
		if w, ok := Of(name); !ok || w.Version != name || !Known(name) || HasInitialize(name) != w.Initialize {
			t.Error(name)
		}
		if HasInitialize(name) != (name < V20260728) {
			t.Errorf("%s is on the wrong side", name)
		}
	}
	for _, name := range []string{"", "2030-01-01", "2025-11-25 ", "draft"} {
		if Known(name) || HasInitialize(name) {
			t.Errorf("%q is known", name)
		}
	}
}

func cmp(a, b string) int {
	if a < b {
		return -1
	}
	return 1
}

func TestBest(t *testing.T) {
	for want, theirs := range map[string][]string{
		V20260728: {V20250618, V20260728, "2099-01-01"}, V20250618: {"x", V20250618, V20241105}, "": {"2099-01-01"},
	} {
		if got := Best(theirs); got != want {
			t.Errorf("%v: %q, want %q", theirs, got, want)
		}
	}
}
