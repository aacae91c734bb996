// Package exit has the exit codes of the command line, and which problem ends with which.
package exit

import "github.com/headfast/headfast/wasm/problem"

// The exit codes.
const (
	Done        = 0
	Internal    = 1
	Findings    = 1
	Usage       = 2
	Config      = 3
	Connect     = 4
	Refused     = 5
	AuthNeeded  = 6
	ServerError = 7
	Interrupted = 130
)

// Meaning is one line of the table.
type Meaning struct {
	Code int
	Text string
}

// All is the table, for --help.
var All = []Meaning{
	{Done, "done"},
	{Internal, "doctor has found errors; of any other command an internal error: a defect of Headfast"},
	{Usage, "the command line was wrong"},
	{Config, "the configuration is missing or wrong (a variable is not set, headersHelper fails) or not agreed to, or the store of sign-ins does not open"},
	{Connect, "cannot connect: DNS, TCP, TLS, time-out, wrong path, redirected, not MCP, cut off"},
	{Refused, "the server refused the credential that it was sent, or a sign-in failed"},
	{AuthNeeded, "the server wants a credential or a sign-in, and none is configured"},
	{ServerError, "the server or the tool answered with an error"},
	{Interrupted, "interrupted (Ctrl-C, SIGTERM, SIGHUP)"},
}

// byProblem has every code of problem.All; a test says so.
var byProblem = map[string]int{
	problem.HeaderRefused: Refused,
	problem.VariableUnset: Config,
	problem.NoCredential:  AuthNeeded,
	problem.AuthRequired:  AuthNeeded,

	problem.WrongPath:       Connect,
	problem.Blocked:         Connect,
	problem.Unreachable:     Connect,
	problem.TLS:             Connect,
	problem.Redirected:      Connect,
	problem.NotMCP:          Connect,
	problem.CutOff:          Connect,
	problem.ForeignEndpoint: Connect,
	problem.ProcessFailed:   Connect,

	problem.TooLarge:     ServerError,
	problem.Protocol:     ServerError,
	problem.ServerError:  ServerError,
	problem.ToolFailed:   ServerError,
	problem.HTTPStatus:   ServerError,
	problem.Revision:     ServerError,
	problem.SessionEnded: ServerError,
	problem.ToolInvalid:  ServerError,

	problem.SignInFailed: Refused,
	problem.Discovery:    Refused,
	problem.Registration: Refused,
	problem.TokenRefused: Refused,
	problem.ScopeMissing: Refused,
	problem.Unsafe:       Refused,

	problem.StoreLocked: Config,
	problem.StoreFailed: Config,
	problem.KeyMissing:  Config,

	problem.Unsupported:       Config,
	problem.InputNeeded:       Usage,
	problem.NoConfig:          Config,
	problem.NotJSON:           Config,
	problem.WrongTopKey:       Config,
	problem.BadField:          Config,
	problem.BadURL:            Config,
	problem.BadHeader:         Config,
	problem.NoSuchServer:      Config,
	problem.DuplicateName:     Config,
	problem.Cleartext:         Config,
	problem.TransportMissing:  Config,
	problem.CredentialMissing: Config,
	problem.HelperFailed:      Config,
	problem.NotAgreed:         Config,
	problem.SecretInFile:      Config,

	problem.Usage:     Usage,
	problem.Cancelled: Interrupted,
	problem.Internal:  Internal,
}

// Of is the exit code for a problem's code; a code that is not known is a defect.
func Of(problemCode string) int {
	if code, ok := byProblem[problemCode]; ok {
		return code
	}
	return Internal
}
