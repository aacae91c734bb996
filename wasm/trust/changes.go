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
	was := len(now)
	for _, f := range now {
		f.State = same
		if !has(before, f) {
			f.State = anew
			was = -1
			for _, old := range before {
				if old.Name == f.Name && !has(now, old) && !has(all, old) {
					all = tell(all, old, gone)
				}
			}
		}
		all = tell(all, f, f.State)
	}
	for _, old := range before {
		if !has(all, old) {
			all = tell(all, old, gone)
		}
	}
	if len(all) == was {
		all = tell(all, msg.Fact{Name: "other", Text: other}, anew)
	}
	return all
}

// tell is not inlined, which would be kilobytes of the module.
//
//go:noinline
func tell(all []msg.Fact, f msg.Fact, state string) []msg.Fact {
	f.State = state
	return append(all, f)
}

func has(list []msg.Fact, f msg.Fact) bool {
	for _, one := range list {
		if one.Name == f.Name && one.Text == f.Text {
			return true
		}
	}
	return false
}
