package msg

// HTTP asks for one exchange. The driver follows no redirect, adds no credential of its own, and
// answers with Head, any number of Body, and exactly one End.
type HTTP struct {
	ID      uint32   `msg:"id"`
	Session uint32   `msg:"session"`
	Method  string   `msg:"method"`
	URL     string   `msg:"url"`
	Headers []Header `msg:"headers"`
	Body    []byte   `msg:"body,zerocopy,limit=67108864"`
	// Proof, where set, has the driver sign and add one more header.
	Proof *Proof `msg:"proof,omitempty"`
	// Guarded says that a server's document or challenge named the URL. The driver then refuses to connect to a
	// private address (kind "private"), unless the session's own server is at one: an earlier request of the
	// session, or of the Login with that ID, that was not guarded had connected to such an address. 0 is no session.
	Guarded bool `msg:"guarded"`
}

// Proof is a DPoP proof without its signature (RFC 9449 section 4.2): the driver signs Input with Key and sends
// "DPoP: Input.signature". The key stays with the driver.
type Proof struct {
	Key string `msg:"key"`
	// Input is the JWS signing input: header and payload in base64url, with a dot between (RFC 7515 section 5.1).
	Input string `msg:"input"`
}

// Abort gives up on an exchange; its End still comes.
type Abort struct {
	ID uint32 `msg:"id"`
}

// Spawn starts a process that speaks MCP over its standard streams. The driver gives it the variables of its own
// environment that the platform needs, and Env; no shell is between. What it writes comes as Body and Stderr, and
// exactly one End comes when it is gone. A driver that cannot start processes answers with an End of kind
// "unsupported".
type Spawn struct {
	ID      uint32   `msg:"id"`
	Session uint32   `msg:"session"`
	Command string   `msg:"command"`
	Args    []string `msg:"args"`
	Env     []Header `msg:"env"`
	// Dir is the folder to start in; empty is the driver's own.
	Dir string `msg:"dir"`
}

// Write hands bytes to a process's standard input, in order.
type Write struct {
	ID   uint32 `msg:"id"`
	Data []byte `msg:"data,zerocopy,limit=67108864"`
}

// Stop ends a process, gently at first; its End still comes.
type Stop struct {
	ID uint32 `msg:"id"`
	// How is "close" (its standard input), "terminate" (SIGTERM, where there is such a thing) or "kill".
	How string `msg:"how"`
}

// The ways to stop a process.
const (
	StopClose     = "close"
	StopTerminate = "terminate"
	StopKill      = "kill"
)

// Get asks the driver for a stored value. Answered by one Stored.
type Get struct {
	ID uint32 `msg:"id"`
	// Store is one of the Store constants.
	Store string `msg:"store"`
	// Key is a variable's name, or what a Put had. Empty asks StoreAccounts for all its keys, a line each.
	Key string `msg:"key"`
}

// The stores.
const (
	StoreEnv      = "env"      // the process's environment, or what stands for it in a page
	StoreAccounts = "accounts" // sign-ins: secrets, to be kept as such
	StoreFiles    = "files"    // a file that the configuration names, as text
	StoreInputs   = "inputs"   // answers to Prompt: secrets, to be kept as such
	StoreTrust    = "trust"    // what the person has agreed to
)

// Put keeps a value in StoreAccounts, StoreInputs or StoreTrust, or deletes it. Answered by one Stored: with Failure where it could not be kept,
// and what was there before is then still there. A value is kept whole or not at all, and durably before the answer.
type Put struct {
	ID     uint32 `msg:"id"`
	Store  string `msg:"store"`
	Key    string `msg:"key"`
	Value  string `msg:"value"`
	Delete bool   `msg:"delete"`
}

// Lock asks to be the only one, of all that share the store, that works on an account. Answered by one Stored, when
// that is so; with Failure where it cannot be had. Abort gives up waiting; Unlock gives it back.
type Lock struct {
	ID  uint32 `msg:"id"`
	Key string `msg:"key"`
}

// Unlock gives back what the Lock of this ID got.
type Unlock struct {
	ID uint32 `msg:"id"`
}

// Await has the driver receive the redirect that ends a sign-in in a browser (RFC 6749 section 4.1.2). Answered by
// one Awaiting once it listens, an Arrived for each request that comes, and one End: after an Abort, or with Failure
// where it cannot listen.
type Await struct {
	ID      uint32 `msg:"id"`
	Session uint32 `msg:"session"`
	// Server is the entry's name, for the page that the person sees afterwards.
	Server string `msg:"server"`
	// URI is the redirect URI that the configuration wants; empty is the driver's own choice. With port 0 in it, the
	// driver chooses the port. Path is what the URI's path must be, where the driver chooses: it is another for each
	// sign-in's authorization server (RFC 8252 section 8.11).
	URI  string `msg:"uri"`
	Path string `msg:"path"`
}

// Reply answers one Arrived: Status is 200 for the redirect that was awaited, 400 for one that was not, 409 for one
// that came again. The page is the driver's own and has nothing of the request in it.
type Reply struct {
	ID     uint32 `msg:"id"`
	Visit  uint32 `msg:"visit"`
	Status uint32 `msg:"status"`
}

// Open has the person go to a page, which is https, or http on this machine, and has no character that a shell or a
// page could take for its own. Answered by one Visited.
type Open struct {
	ID      uint32 `msg:"id"`
	Session uint32 `msg:"session"`
	Server  string `msg:"server"`
	URL     string `msg:"url"`
	// Code is what the person must type there (RFC 8628 section 3.3); empty where nothing need be typed.
	Code string `msg:"code"`
	// Await is the Await whose redirect ends it, 0 where there is none.
	Await uint32 `msg:"await"`
}

// Sign has the driver sign with a key that stays with it. Answered by one Signed.
type Sign struct {
	ID uint32 `msg:"id"`
	// Key is "dpop:" and an account's key, which the driver makes where it has none (ES256); "env:" and a variable's
	// name, or "file:" and a path, which hold a key in PEM.
	Key string `msg:"key"`
	// Algorithm is that of RFC 7518 section 3.1, such as "ES256"; empty is the key's own.
	Algorithm string `msg:"alg"`
	// Data is what is signed; empty asks for the public key only.
	Data []byte `msg:"data,zerocopy,limit=1048576"`
}

// Accounts answers a Tokens.
type Accounts struct {
	ID       uint32    `msg:"id"`
	Accounts []Account `msg:"accounts"`
}

// Account tells of a sign-in, without its secrets.
type Account struct {
	// Key is what the store knows it by.
	Key string `msg:"key"`
	// URL is the server's, Profile the account's name: "" for the only one.
	URL     string `msg:"url"`
	Profile string `msg:"profile"`
	// Issuer gave the token to Client for Resource, with Scope.
	Issuer   string `msg:"issuer"`
	Resource string `msg:"resource"`
	Client   string `msg:"client"`
	Scope    string `msg:"scope"`
	// Scheme is "Bearer" or "DPoP"; empty where there is no token.
	Scheme string `msg:"scheme"`
	// Fingerprint is the last four characters of an access token of 20 or more; else empty.
	Fingerprint string `msg:"fingerprint"`
	// Expires is in milliseconds since the Unix epoch, 0 where the server did not say.
	Expires int64 `msg:"expires"`
	// Refreshes says that it can be renewed without a person.
	Refreshes bool `msg:"refreshes"`
	// Problem is why the entry cannot be read; empty where it can.
	Problem string `msg:"problem"`
}

// Loaded answers a Load: what the file says, in the file's order.
type Loaded struct {
	ID uint32 `msg:"id"`
	// Dialect is the one that was guessed; empty where the driver said it, or the file could not be read.
	Dialect string   `msg:"dialect"`
	Servers []Server `msg:"servers"`
	// Problems of the file as a whole; those of one entry are the entry's.
	Problems []Error `msg:"problems"`
}

// Places answers a Survey, of each client in the order in which its files go before one another.
type Places struct {
	ID   uint32  `msg:"id"`
	List []Place `msg:"list,limit=1000"`
}

// Place is where one client looks for a file.
type Place struct {
	// Dialect is the ID for Load, Client the name for people.
	Dialect string `msg:"dialect"`
	Client  string `msg:"client"`
	// Scope is "project", "user" or "managed".
	Scope string `msg:"scope"`
	// Path has "/" between its parts on every system. "~/" is the person's home, ${NAME} a variable of the environment, "*"
	// any name; one that begins with neither of these nor with "/" or a drive is in the project's folder.
	Path string `msg:"path"`
	// Shadows says that what stands here hides what has the same name in the client's later places.
	Shadows bool `msg:"shadows"`
}

// Server is one entry of a configuration, before expansion.
type Server struct {
	Name string `msg:"name"`
	// Transport is "http", "sse", "stdio" or what the file says, if that is unknown.
	Transport string   `msg:"transport"`
	URL       string   `msg:"url"`
	Where     Position `msg:"where"`
	Auth      Auth     `msg:"auth"`
	// Disabled says that the file has it switched off for its client.
	Disabled bool `msg:"disabled"`
	// Project is the only folder that the entry is for; empty for most.
	Project  string  `msg:"project"`
	Problems []Error `msg:"problems"`
}

// Auth is the decision about one server's credentials, with its reasons.
type Auth struct {
	// Mode is what will be done: "headers", "oauth", "both" or "none".
	Mode string `msg:"mode"`
	// Reason is one sentence.
	Reason string      `msg:"reason"`
	Rules  []Rule      `msg:"rules"`
	Header []HeaderUse `msg:"headers"`
	// Origin is the only place where the configured headers go.
	Origin string `msg:"origin"`
}

// Rule is one rule of the decision table, in the order in which they are tried.
type Rule struct {
	Name string `msg:"name"`
	// Won marks the rule that decided.
	Won bool   `msg:"won"`
	Why string `msg:"why"`
}

// HeaderUse tells of one configured header without its value.
type HeaderUse struct {
	Name  string   `msg:"name"`
	Where Position `msg:"where"`
	// Variables are the names that the value is made from, in order.
	Variables []string `msg:"vars"`
	// Defaults are those of them that have no value, so that the default in the file was taken.
	Defaults []string `msg:"defaults"`
	// Unset are those of them that have neither a value nor a default.
	Unset []string `msg:"unset"`
	// Scheme is the word before a credential, such as "Bearer"; else empty.
	Scheme string `msg:"scheme"`
	// Fingerprint is the last four characters of a secret of 20 or more; else empty.
	Fingerprint string `msg:"fingerprint"`
	// Length is the secret's number of characters, without the scheme; 0 before expansion.
	Length     uint32 `msg:"length"`
	Credential bool   `msg:"credential"`
	Sent       bool   `msg:"sent"`
	// Note says why a header is not sent, or that one is overridden.
	Note string `msg:"note"`
}

// Explained answers an Explain.
type Explained struct {
	ID        uint32   `msg:"id"`
	Server    string   `msg:"server"`
	Transport string   `msg:"transport"`
	Where     Position `msg:"where"`
	// Method and URL are those of the first request that would be sent; for a process, URL is its command.
	Method string `msg:"method"`
	URL    string `msg:"url"`
	Auth   Auth   `msg:"auth"`
	// Env are the configured variables of a process, without their values.
	Env []HeaderUse `msg:"env"`
	// Helper is the program that would be run for the headers; absent where none is.
	Helper *Helper `msg:"helper,omitempty"`
	// SignIn is how a token would be had; absent where none is allowed.
	SignIn *SignIn `msg:"sign_in,omitempty"`
	// Account is what is kept of a sign-in for this very entry and profile; absent where nothing is, or none is allowed.
	Account  *Account `msg:"account,omitempty"`
	Problems []Error  `msg:"problems"`
	// Meanings are what the clients of Explain.As would make of the entry.
	Meanings []Meaning `msg:"meanings,limit=100"`
}

// Meaning is what another client would make of an entry, as far as public sources say. No value is in it.
type Meaning struct {
	// Dialect is the ID, Client the name for people.
	Dialect string `msg:"dialect"`
	Client  string `msg:"client"`
	// Refused says why it would not use the entry; empty where it would.
	Refused string `msg:"refused"`
	// Transports are those that it would try, in order: "http", "sse", "stdio".
	Transports []string `msg:"transports"`
	// Headers are those that it would send; Note says what becomes of a variable, such as "${T} as it is written".
	Headers []HeaderUse `msg:"headers"`
	// Notes are what one would not expect, a sentence each.
	Notes []string `msg:"notes"`
}

// SignIn is how a token is had for a server. The file's own words are in it, without its variables' values.
type SignIn struct {
	// Grant is "authorization_code", "client_credentials", "device_code", "jwt_bearer" or "enterprise".
	Grant string `msg:"grant"`
	// Client is the client ID that the entry names, Document the address of its metadata; each empty where it names none.
	Client   string `msg:"client"`
	Document string `msg:"document"`
	// Proof is what the client proves itself with: "secret", "private_key" or empty.
	Proof  string   `msg:"proof"`
	Scopes []string `msg:"scopes"`
	// Person says that somebody has to sign in; Fixed, that the entry fixes where the answer comes back: a port or a URI.
	Person bool `msg:"person"`
	Fixed  bool `msg:"fixed"`
}

// Helper is the program of an entry's headersHelper, without its arguments.
type Helper struct {
	Program string   `msg:"program"`
	Where   Position `msg:"where"`
}

// Message is a notification from the server, byte-exact.
type Message struct {
	Session uint32 `msg:"session"`
	// Request is the driver's Request to which it belongs, or 0 for the session as a whole.
	Request uint32 `msg:"request"`
	Method  string `msg:"method"`
	Params  []byte `msg:"params,zerocopy,limit=67108864"`
}

// Ask is what the server wants from the person or the host: elicitation/create, sampling/createMessage or
// roots/list. Answered by exactly one Answer, unless a Withdraw comes first.
type Ask struct {
	ID      uint32 `msg:"id"`
	Session uint32 `msg:"session"`
	// Request is the driver's Request for which the server wants it, or 0 where it does not say.
	Request uint32 `msg:"request"`
	// Server is the entry's name: who asks must be shown.
	Server string `msg:"server"`
	Method string `msg:"method"`
	// Params is as the server sent it.
	Params []byte `msg:"params,zerocopy,limit=67108864"`
}

// Withdraw takes an Ask, an Agree or a Prompt back: the answer is of no use any more. An Answer, an Agreed or a Prompted
// that crosses it is ignored.
type Withdraw struct {
	ID uint32 `msg:"id"`
}

// Gap says that notifications may have been lost: list again what must be current.
type Gap struct {
	Session uint32 `msg:"session"`
	// Request is the Listen whose stream broke, or 0 for the session's own.
	Request uint32 `msg:"request"`
	Why     string `msg:"why"`
}

// Log is a line that a process wrote to its standard error. It need not be an error.
type Log struct {
	Session uint32 `msg:"session"`
	Text    string `msg:"text"`
}

// State is a session's new state.
type State struct {
	Session uint32 `msg:"session"`
	Server  string `msg:"server"`
	// Phase is one of the Phase constants.
	Phase string `msg:"phase"`
	// Revision of the specification in use, such as "2026-07-28"; empty while unknown.
	Revision string `msg:"revision"`
	// Transport is "streamable-http", "http+sse" or "stdio".
	Transport     string `msg:"transport"`
	URL           string `msg:"url"`
	ServerName    string `msg:"server_name"`
	ServerVersion string `msg:"server_version"`
	Auth          Auth   `msg:"auth"`
}

// The phases of a session.
const (
	PhaseConnecting   = "connecting"
	PhaseReady        = "ready"
	PhaseReconnecting = "reconnecting" // the connection was lost; requests wait for the next
	PhaseSigningIn    = "signing_in"   // a person is asked to sign in; requests wait
	PhaseFailed       = "failed"
	PhaseClosed       = "closed"
)

// Trace is one line of what happened on the wire and why. Its texts carry no secret.
type Trace struct {
	Session uint32 `msg:"session"`
	// Exchange is the HTTP effect's ID; 0 for a request that was never sent.
	Exchange uint32 `msg:"exchange"`
	// Phase is "sent", "head", "ended" or "blocked".
	Phase  string `msg:"phase"`
	Method string `msg:"method"`
	URL    string `msg:"url"`
	// RPC is the JSON-RPC method in the request, if there is one.
	RPC    string      `msg:"rpc"`
	Rule   string      `msg:"rule"`
	Header []HeaderUse `msg:"headers"`
	Status uint32      `msg:"status"`
	// ElapsedNS is the time since the request was handed out, in nanoseconds.
	ElapsedNS int64  `msg:"elapsed"`
	Note      string `msg:"note"`
}

// Done ends a Connect, a Request, a Notify, a Listen, a Login, a Logout or a Close: exactly one for each.
type Done struct {
	ID uint32 `msg:"id"`
	// Outcome is one of the Outcome constants.
	Outcome string `msg:"outcome"`
	// Result is the JSON result, byte-exact, where Outcome is "result".
	Result []byte `msg:"result,zerocopy,limit=67108864"`
	Error  *Error `msg:"error,omitempty"`
	// Problems are warnings about the result, such as a tool that was left out and why.
	Problems []Error `msg:"problems"`
	// Cached says that the server was not asked again.
	Cached bool `msg:"cached"`
}

// The five outcomes of a request. Only a request that was not sent may be sent again by us.
const (
	OutcomeResult      = "result"
	OutcomeServerError = "server_error" // the server answered, with an error
	OutcomeNotSent     = "not_sent"     // no byte of the request was accepted
	OutcomeUnknown     = "unknown"      // sent, no answer: it may have run
	OutcomeCancelled   = "cancelled"
)

// Error is a typed reason, fit to be shown. It carries no secret.
type Error struct {
	// Code is "HF" and a number; the list is in wasm/problem.
	Code string `msg:"code"`
	// Party is whose doing it is: "caller", "server" or "host".
	Party string `msg:"party"`
	// Severity is "error" or "warning".
	Severity string `msg:"severity"`
	// Title is one sentence without a full stop; Body the facts; Hint what to do next.
	Title  string   `msg:"title"`
	Body   string   `msg:"body"`
	Hint   string   `msg:"hint"`
	Server string   `msg:"server"`
	URL    string   `msg:"url"`
	Status uint32   `msg:"status"`
	Where  Position `msg:"where"`
	// RPCCode and RPCData are the server's own JSON-RPC error, where it answered with one.
	RPCCode int64  `msg:"rpc_code"`
	RPCData []byte `msg:"rpc_data,zerocopy,limit=67108864"`
}
