package msg

// Probe asks a server what it is: at the entry's URL with what is configured, and at other paths and for what it offers
// without. It calls no tool and signs in nowhere. Answered by one Probed, or by a Done where the entry cannot be used.
type Probe struct {
	ID     uint32 `msg:"id"`
	Config uint32 `msg:"config"`
	Server string `msg:"server"`
	// TimeoutMS bounds the whole, in milliseconds; 0 is the default of 30 s.
	TimeoutMS uint32 `msg:"timeout"`
}

// Probed answers a Probe.
type Probed struct {
	ID uint32 `msg:"id"`
	// Answers are the exchanges, in order.
	Answers []Answered `msg:"answers,limit=1000"`
	// Transport is "http" or "sse" where an MCP server answered, and Revision what it speaks; else empty.
	Transport string `msg:"transport"`
	Revision  string `msg:"revision"`
	// URL is where an MCP server answers; empty where none was found.
	URL string `msg:"url"`
	// Challenge is the authentication schemes of a 401's WWW-Authenticate, such as "Bearer"; empty where there was none.
	Challenge string `msg:"challenge"`
	// Issuers are the authorization servers that it offers for signing in.
	Issuers []string `msg:"issuers,limit=100"`
	// Problem is what is wrong; absent where a Connect would succeed.
	Problem *Error `msg:"problem,omitempty"`
	// Fix mends the entry's URL; absent where that is not what is wrong.
	Fix *Fix `msg:"fix,omitempty"`
}

// Answered is one exchange of a Probe.
type Answered struct {
	Method string `msg:"method"`
	URL    string `msg:"url"`
	Status uint32 `msg:"status"`
	// Credential says that what is configured went with it.
	Credential bool `msg:"credential"`
	// Note says what answered, in a phrase.
	Note string `msg:"note"`
}

// Export asks for what was exchanged so far, where Begin.Record is set. Answered by one Exported.
type Export struct {
	ID uint32 `msg:"id"`
	// Format is "har" (HTTP Archive 1.2) or "curl" (a command for a POSIX shell for each request).
	Format string `msg:"format"`
	// Exchange is the HTTP effect's ID of the only one that is wanted, 0 for all.
	Exchange uint32 `msg:"exchange"`
}

// Exported answers an Export. No secret is in the text.
type Exported struct {
	ID   uint32 `msg:"id"`
	Text []byte `msg:"text,zerocopy,limit=67108864"`
}
