// Package problem is the list of everything that can go wrong, each with its code and its words.
//
// A code is stable and means one thing; the words say what happened, to which server, from which file
// and line, and what to do next. HF1xx is about talking to a server, HF2xx about a configuration,
// HF3xx about how Headfast was used, HF9xx is a defect of Headfast.
package problem

import "github.com/headfast/headfast/jsbridge/msg"

// The codes.
const (
	HeaderRefused     = "HF101"
	VariableUnset     = "HF102"
	NoCredential      = "HF103"
	AuthRequired      = "HF104"
	WrongPath         = "HF105"
	Blocked           = "HF106"
	Unreachable       = "HF107"
	TLS               = "HF108"
	Redirected        = "HF109"
	NotMCP            = "HF110"
	CutOff            = "HF111"
	TooLarge          = "HF112"
	Protocol          = "HF113"
	ServerError       = "HF114"
	ToolFailed        = "HF115"
	HTTPStatus        = "HF116"
	Revision          = "HF117"
	ForeignEndpoint   = "HF118"
	SessionEnded      = "HF119"
	Unsupported       = "HF120"
	InputNeeded       = "HF121"
	ProcessFailed     = "HF122"
	ToolInvalid       = "HF123"
	SignInFailed      = "HF130"
	Discovery         = "HF131"
	Registration      = "HF132"
	TokenRefused      = "HF133"
	ScopeMissing      = "HF134"
	Unsafe            = "HF135"
	StoreLocked       = "HF136"
	StoreFailed       = "HF137"
	KeyMissing        = "HF138"
	NoConfig          = "HF200"
	NotJSON           = "HF201"
	WrongTopKey       = "HF202"
	BadField          = "HF203"
	BadURL            = "HF204"
	BadHeader         = "HF205"
	NoSuchServer      = "HF206"
	DuplicateName     = "HF207"
	Cleartext         = "HF208"
	TransportMissing  = "HF209"
	CredentialMissing = "HF210"
	HelperFailed      = "HF211"
	NotAgreed         = "HF220"
	SecretInFile      = "HF221"
	Usage             = "HF301"
	Cancelled         = "HF302"
	Internal          = "HF900"
)

// Meaning is one line of the list.
type Meaning struct{ Code, Party, Text string }

// All is the list, in order, for --help and the README.
var All = []Meaning{
	{HeaderRefused, "server", "the server refused the configured header"},
	{VariableUnset, "caller", "a variable that the configuration names is not set"},
	{NoCredential, "caller", "the server wants a credential and none is configured"},
	{AuthRequired, "caller", "the server asks for sign-in (OAuth)"},
	{WrongPath, "caller", "no MCP server at this path"},
	{Blocked, "host", "the browser blocked the answer (CORS or network)"},
	{Unreachable, "server", "nothing answers: DNS, TCP or time-out"},
	{TLS, "server", "the certificate is not trusted, or TLS failed"},
	{Redirected, "server", "the server redirects to where nothing may follow"},
	{NotMCP, "server", "the answer is not MCP"},
	{CutOff, "server", "the answer broke off: the request may have run"},
	{TooLarge, "server", "the answer is larger than the bound"},
	{Protocol, "server", "the answer breaks the protocol"},
	{ServerError, "server", "the server answered with a JSON-RPC error"},
	{ToolFailed, "server", "the tool reported an error"},
	{HTTPStatus, "server", "the server answered with an HTTP error"},
	{Revision, "server", "no revision of MCP in common"},
	{ForeignEndpoint, "server", "the server names a message endpoint on another origin"},
	{SessionEnded, "server", "the server ended the session"},
	{Unsupported, "caller", "this transport or mode is not supported here"},
	{InputNeeded, "caller", "the server asks for input that was not given"},
	{ProcessFailed, "server", "the server's process could not be started, or ended"},
	{ToolInvalid, "server", "a tool's definition is invalid, so it is left out"},
	{SignInFailed, "server", "the sign-in did not end in a token"},
	{Discovery, "server", "what the server says about sign-in cannot be used"},
	{Registration, "caller", "the authorization server does not know this client, and does not register it"},
	{TokenRefused, "server", "the server refused the token"},
	{ScopeMissing, "server", "the token does not allow this"},
	{Unsafe, "server", "a server named an address that is not safe to go to"},
	{StoreLocked, "host", "the store of sign-ins is locked"},
	{StoreFailed, "host", "the store of sign-ins cannot be read or written"},
	{KeyMissing, "caller", "a key that signs is missing or cannot be used"},
	{NoConfig, "caller", "no configuration file"},
	{NotJSON, "caller", "the configuration file is not JSON"},
	{WrongTopKey, "caller", "the file's top key is another client's"},
	{BadField, "caller", "a field of an entry is missing or of the wrong kind"},
	{BadURL, "caller", "the URL cannot be used"},
	{BadHeader, "caller", "a header's name or value cannot be sent"},
	{NoSuchServer, "caller", "the configuration has no server of this name"},
	{DuplicateName, "caller", "a name is given twice"},
	{Cleartext, "caller", "a credential would go over plain http"},
	{TransportMissing, "caller", "the entry does not say how to reach the server"},
	{CredentialMissing, "caller", "the entry asks for headers and configures none"},
	{HelperFailed, "caller", "the program of headersHelper printed no headers"},
	{NotAgreed, "caller", "an entry of a project's file has not been agreed to"},
	{SecretInFile, "caller", "a secret stands in a file"},
	{Usage, "caller", "Headfast was used in a way that it does not know"},
	{Cancelled, "caller", "given up by the caller"},
	{Internal, "host", "a defect of Headfast"},
}

// New makes a problem of this code with the party that the list gives it.
func New(code, title, body, hint string) *msg.Error {
	return &msg.Error{Code: code, Party: party(code), Severity: "error", Title: title, Body: body, Hint: hint}
}

// Warn makes a problem that stops nothing.
func Warn(code, title, body, hint string) *msg.Error {
	e := New(code, title, body, hint)
	e.Severity = "warning"
	return e
}

func party(code string) string {
	for _, m := range All {
		if m.Code == code {
			return m.Party
		}
	}
	return "host"
}

// At is where, as messages write it: file:line, or the file alone.
func At(p msg.Position) string {
	if p.Line == 0 {
		return p.File
	}
	return p.File + ":" + itoa(p.Line)
}
