//go:build !js

package dialect

import "testing"

// TestFacts: every dialect has rules for people, and every rule its source.
func TestFacts(t *testing.T) {
	for _, d := range All {
		if len(Facts[d.ID]) < 3 {
			t.Errorf("%s has %d facts", d.ID, len(Facts[d.ID]))
		}
		for _, f := range Facts[d.ID] {
			if f.Rule == "" || f.Source == "" {
				t.Errorf("%s: %+v", d.ID, f)
			}
		}
	}
	if len(Facts) != len(All) {
		t.Errorf("facts of %d dialects, of %d", len(Facts), len(All))
	}
}
