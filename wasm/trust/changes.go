package trust

import "github.com/headfast/headfast/jsbridge/msg"

// The states of a fact.
const (
	same = "same"
	anew = "new"
	gone = "gone"
)

// Compare is what an entry says now beside what was agreed to: what is gone stands before what has come in its place, or
// at the end. other is told where the entry is another in something that is not shown.
func Compare(now, before []msg.Fact, other string) (all []msg.Fact) {
	changed := false
	told := make([]bool, len(before))
	for _, f := range now {
		f.State = same
		if !has(before, f) {
			f.State, changed = anew, true
			for i, old := range before {
				if old.Name == f.Name && !told[i] && !has(now, old) {
					told[i] = true
					all = append(all, msg.Fact{Name: old.Name, Text: old.Text, State: gone})
				}
			}
		}
		all = append(all, f)
	}
	for i, old := range before {
		if !told[i] && !has(now, old) {
			changed = true
			all = append(all, msg.Fact{Name: old.Name, Text: old.Text, State: gone})
		}
	}
	if !changed {
		all = append(all, msg.Fact{Name: "other", Text: other, State: anew})
	}
	return all
}

func has(list []msg.Fact, f msg.Fact) bool {
	for _, one := range list {
		if one.Name == f.Name && one.Text == f.Text {
			return true
		}
	}
	return false
}
