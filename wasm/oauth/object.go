package oauth

import "strconv"

// Object is a JSON object, each member once, for a caller that knows its members.
type Object struct{ f *fields }

// ParseObject reads one.
func ParseObject(text []byte) (Object, error) {
	f, err := document(text)
	return Object{f}, err
}

// Text is a string member; empty where there is none.
func (o Object) Text(name string) string { return o.f.bounded(name, longestForm) }

// Number is a whole number; 0 where there is none.
func (o Object) Number(name string) int64 {
	n, err := strconv.ParseInt(string(o.f.members[name]), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// Bad is the first member that was not what it must be; empty where all were.
func (o Object) Bad() string { return o.f.bad }
