package problem

import "github.com/headfast/headfast/jsbridge/msg"

// most bounds how many problems of one thing are told one by one: a file decides how many there are, and the boundary
// bounds what an array may hold.
const most = 100

// Append adds a problem to a list. Beyond the bound one problem stands for all the rest; where an error is among them
// it is one too, since an entry with an error must not be used.
func Append(list []*msg.Error, e *msg.Error) []*msg.Error {
	if len(list) < most {
		return append(list, e)
	}
	if len(list) > most && (list[most].Severity == "error" || e.Severity != "error") {
		return list
	}
	rest := *e
	rest.Title, rest.Body, rest.Hint = "There are more problems like these", "", "Correct those first."
	return append(list[:most:most], &rest)
}
