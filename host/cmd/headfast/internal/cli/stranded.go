package cli

// stranded says why nobody can sign in from here: the browser is on another machine, whose redirect does not come to
// this one, and there is no terminal at which its address could be pasted. It is nil where somebody can. A port that is
// fixed in the entry may be forwarded.
func (t *target) stranded(getenv func(string) string) *fault {
	how := t.explain.SignIn
	if t.interactive() || canBrowse(getenv) || !t.needsPerson() || how.Fixed || how.Grant == "device_code" {
		return nil
	}
	f := usage("Nobody can sign in from here", "Type it at a terminal, where the address can be pasted, or: "+t.loginLine()+" --device")
	f.Body = "Over SSH the browser is on another machine, which cannot come back to this one, and this is no terminal. Nothing was sent."
	f.Server = t.explain.Server
	return f
}
