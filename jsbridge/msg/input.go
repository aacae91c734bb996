package msg

// Begin is the driver's side of the greeting and the first input of all.
type Begin struct {
	Version uint32 `msg:"v"`
	Schema  string `msg:"schema"`
	// Entropy is 32 random bytes; everything unguessable that the core makes comes from them.
	Entropy []byte `msg:"entropy"`
	// Name, Title and Client version of MCP's clientInfo (Implementation).
	Name          string `msg:"name"`
	Title         string `msg:"title"`
	ClientVersion string `msg:"client_version"`
	// Trace asks for a Trace effect for every HTTP exchange.
	Trace bool `msg:"trace"`
	// Record has every HTTP exchange kept for Export, without its secrets.
	Record bool `msg:"record"`
	// ClientDocument is the https URL of this client's metadata (Client ID Metadata Documents); empty for none.
	ClientDocument string `msg:"client_document"`
}

// Load hands over the text of one configuration file. It is answered by one Loaded.
type Load struct {
	// ID is the driver's and names the configuration from now on. Loading again replaces it.
	ID uint32 `msg:"id"`
	// Path is how the file is called in messages; the core opens nothing.
	Path string `msg:"path"`
	// Dir is the folder that the file is in, whole; empty where there is none, or it is not known. A program that the
	// file names by a relative path is run from there.
	Dir string `msg:"dir"`
	// Dialect is the client whose file it is: an ID of package dialect, such as "claude-code" or "vs-code". Empty has the
	// core guess it from the path and the text.
	Dialect string `msg:"dialect"`
	// Scope is "project" for a file that was found in a folder that may be anybody's: its entries act only after the person
	// has agreed (Agree). It is "trusted" for one that the person trusts without being
	// asked, "user" or "managed" for one that was found elsewhere, and empty for one that was named.
	Scope string `msg:"scope"`
	// Tracked says that a version control system has the file, Exposed that others on this machine can read it.
	Tracked bool   `msg:"tracked"`
	Exposed bool   `msg:"exposed"`
	Text    []byte `msg:"text,zerocopy,limit=67108864"`
}

// Survey asks where the clients that are known look for their configuration files. Answered by one Places.
type Survey struct {
	ID uint32 `msg:"id"`
	// OS is "linux", "darwin" or "windows".
	OS string `msg:"os"`
}

// Explain asks what would be sent to a server and why. Nothing is sent. Answered by one Explained.
type Explain struct {
	ID     uint32 `msg:"id"`
	Config uint32 `msg:"config"`
	Server string `msg:"server"`
	// Profile names the account, as in Connect.
	Profile string `msg:"profile"`
	// As are the clients of which it is to be told what they would make of the same entry, by their dialects' IDs; "all"
	// is every one.
	As []string `msg:"as,limit=100"`
}

// Connect opens a session with a server of a loaded configuration. Answered by one Done, whose result
// is the server's DiscoverResult or InitializeResult as the server sent it ("{}" where it has neither).
type Connect struct {
	ID uint32 `msg:"id"`
	// Session is the driver's name for the session; it must not be in use.
	Session uint32 `msg:"session"`
	Config  uint32 `msg:"config"`
	Server  string `msg:"server"`
	// TimeoutMS bounds the whole of connecting, in milliseconds; 0 is the default of 30 s.
	TimeoutMS uint32 `msg:"timeout"`
	// Capabilities is MCP's ClientCapabilities, a JSON object, as it goes to the server; empty is {}. Only what
	// it declares is asked of the driver (Ask): elicitation, sampling, roots. Declaring the extension
	// io.modelcontextprotocol/tasks has tasks followed to their end.
	Capabilities []byte `msg:"caps,zerocopy,limit=1048576"`
	// Revision pins the revision of the specification; empty finds out what the server speaks.
	Revision string `msg:"revision"`
	// Profile names the account to use, where there is more than one; empty is the entry's own choice.
	Profile string `msg:"profile"`
	// SignIn says that there is a person who can sign in: that the driver does Open and Await. It begins nothing that
	// the entry does not ask for.
	SignIn bool `msg:"sign_in"`
}

// Login signs in to a server, whether or not it has asked for that, and keeps the sign-in. What is configured
// for the server goes to the server and to nobody else. Answered by one Done, whose result is {}.
type Login struct {
	ID      uint32 `msg:"id"`
	Config  uint32 `msg:"config"`
	Server  string `msg:"server"`
	Profile string `msg:"profile"`
	// Grant is how the person signs in, instead of as the entry says: "device_code" (RFC 8628). Empty is as it says.
	Grant string `msg:"grant"`
}

// Logout revokes a sign-in (RFC 7009) and forgets it. Answered by one Done, whose result is {}; its problems say what
// could not be revoked. Key is an account's where Config is 0.
type Logout struct {
	ID      uint32 `msg:"id"`
	Config  uint32 `msg:"config"`
	Server  string `msg:"server"`
	Profile string `msg:"profile"`
	Key     string `msg:"key"`
}

// Tokens asks which sign-ins there are. Answered by one Accounts, or by a Done where the store cannot be read.
type Tokens struct {
	ID uint32 `msg:"id"`
}

// Request sends one MCP request. Answered by exactly one Done.
type Request struct {
	ID      uint32 `msg:"id"`
	Session uint32 `msg:"session"`
	Method  string `msg:"method"`
	// Params is a JSON object, or empty for none.
	Params []byte `msg:"params,zerocopy,limit=67108864"`
	// Progress asks for notifications/progress, which arrive as Message effects with Request set.
	Progress bool `msg:"progress"`
	// All follows nextCursor to the end of a list method; the result then holds all the pages' items.
	All bool `msg:"all"`
	// TimeoutMS bounds the request in milliseconds; 0 is the default of 60 s. Progress extends it, and the time
	// in which an Ask waits for its Answer does not count.
	TimeoutMS uint32 `msg:"timeout"`
	// Fresh passes by what the server allowed to be cached (2026-07-28, "Caching").
	Fresh bool `msg:"fresh"`
	// LogLevel asks for log messages of this level and above: "debug" to "emergency"; empty asks for none. It is
	// the request's own in 2026-07-28, and the session's before.
	LogLevel string `msg:"log"`
}

// Notify sends a notification, such as notifications/roots/list_changed. Answered by one Done, whose result is
// {}, when the server has taken it.
type Notify struct {
	ID      uint32 `msg:"id"`
	Session uint32 `msg:"session"`
	Method  string `msg:"method"`
	// Params is a JSON object, or empty for none.
	Params []byte `msg:"params,zerocopy,limit=67108864"`
}

// Listen subscribes to what the server tells by itself: subscriptions/listen in 2026-07-28, resources/subscribe
// and the session's own stream before. It goes on until it is cancelled, the session ends or the server ends it;
// then its one Done comes. Its notifications are Message effects with Request set to ID, the first of which is
// notifications/subscriptions/acknowledged with what the server agreed to. A stream that breaks is opened again,
// after a Gap.
type Listen struct {
	ID      uint32 `msg:"id"`
	Session uint32 `msg:"session"`
	// Tools, Prompts and Resources ask for the list_changed notifications.
	Tools     bool `msg:"tools"`
	Prompts   bool `msg:"prompts"`
	Resources bool `msg:"resources"`
	// URIs are resources whose updates are wanted, Tasks are tasks' ids.
	URIs  []string `msg:"uris"`
	Tasks []string `msg:"tasks"`
}

// Answer answers an Ask: with a result, or with an error of JSON-RPC where Result is empty.
type Answer struct {
	ID uint32 `msg:"id"`
	// Result is a JSON object: an ElicitResult, CreateMessageResult or ListRootsResult.
	Result []byte `msg:"result,zerocopy,limit=67108864"`
	// Code and Message are the error's. In 2026-07-28 there are no such errors: the request of ours that the
	// server wanted the input for is then given up.
	Code    int64  `msg:"code"`
	Message string `msg:"message"`
}

// Cancel gives up on a Connect or a Request. The Done follows, with outcome "cancelled" unless the
// answer was already there. An unknown ID is ignored: the answer and the cancellation crossed.
type Cancel struct {
	ID     uint32 `msg:"id"`
	Reason string `msg:"reason"`
}

// Close ends a session: whatever is under way is cancelled, a session the server knows is deleted.
// Answered by one Done when nothing of it is left.
type Close struct {
	ID      uint32 `msg:"id"`
	Session uint32 `msg:"session"`
}

// Stored answers a Get, a Put or a Lock.
type Stored struct {
	ID    uint32 `msg:"id"`
	Found bool   `msg:"found"`
	Value string `msg:"value"`
	// Failure is nil where it went well; its kind is one of those of stores.
	Failure *Failure `msg:"failure,omitempty"`
}

// Awaiting says under which URI an Await listens.
type Awaiting struct {
	ID  uint32 `msg:"id"`
	URI string `msg:"uri"`
}

// Arrived is a request that came to an Await: its URL, whole. Answered by one Reply.
type Arrived struct {
	ID uint32 `msg:"id"`
	// Visit is the driver's name for the request.
	Visit uint32 `msg:"visit"`
	URL   string `msg:"url"`
}

// Visited says that an Open was done, or why not.
type Visited struct {
	ID      uint32   `msg:"id"`
	Failure *Failure `msg:"failure,omitempty"`
}

// Signed answers a Sign.
type Signed struct {
	ID uint32 `msg:"id"`
	// Signature is as JWS has it (RFC 7518 section 3.4: r and s for ES256), JWK the public key's required members in
	// the order of RFC 7638 section 3.2, a JSON object.
	Signature []byte   `msg:"signature,zerocopy,limit=65536"`
	JWK       string   `msg:"jwk"`
	Algorithm string   `msg:"alg"`
	Failure   *Failure `msg:"failure,omitempty"`
}

// Head is the status and header section of an HTTP response.
type Head struct {
	ID      uint32   `msg:"id"`
	Status  uint32   `msg:"status"`
	Headers []Header `msg:"headers"`
}

// Body is a piece of a response's content, after decompression, in order; or of what a process writes to its
// standard output.
type Body struct {
	ID   uint32 `msg:"id"`
	Data []byte `msg:"data,zerocopy,limit=67108864"`
}

// Stderr is a piece of what a process writes to its standard error.
type Stderr struct {
	ID   uint32 `msg:"id"`
	Data []byte `msg:"data,zerocopy,limit=67108864"`
}

// End closes an HTTP exchange, or says that a process is gone: exactly one for each HTTP and Spawn effect, after
// abort and close too.
type End struct {
	ID uint32 `msg:"id"`
	// Failure is nil where the response came whole.
	Failure *Failure `msg:"failure,omitempty"`
}

// Failure is why an exchange did not come to its end.
type Failure struct {
	// Kind is one of the Fail constants.
	Kind string `msg:"kind"`
	// Detail is the host's own words, for people.
	Detail string `msg:"detail"`
	// Sent says that at least one byte of the request may have been accepted by the server.
	Sent bool `msg:"sent"`
}

// The kinds of Failure.
const (
	FailDNS         = "dns"         // the name has no address
	FailRefused     = "refused"     // nobody listens
	FailConnect     = "connect"     // no connection, for another reason
	FailTLS         = "tls"         // the certificate or the handshake
	FailPlain       = "plain"       // the server answered a TLS handshake without TLS
	FailTimeout     = "timeout"     // the host's own bound
	FailReset       = "reset"       // the connection broke
	FailAborted     = "aborted"     // we asked for it
	FailRedirect    = "redirect"    // a page's fetch met a redirect that it may not see
	FailBlocked     = "blocked"     // a page's fetch failed: CORS or network, a page cannot tell
	FailUnsupported = "unsupported" // the driver does not know this effect or cannot do it
	FailLimit       = "limit"       // a bound of the driver's
	FailProxy       = "proxy"       // the proxy on the way refused or cannot be reached
	FailSpawn       = "spawn"       // the process could not be started
	FailExit        = "exit"        // the process ended by itself, as Detail says
	FailPrivate     = "private"     // a guarded request would go to a private address
	FailLocked      = "locked"      // the store or key is there and does not open: a keychain that nobody unlocked
	FailStore       = "store"       // the store cannot be read or written, as Detail says
	FailKey         = "key"         // there is no such key, or it cannot sign that
	FailListen      = "listen"      // the redirect cannot be received there
	FailOpen        = "open"        // the page could not be opened: the person has to do it
)
