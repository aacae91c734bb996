package config

import (
	"github.com/headfast/headfast/wasm/tree"
)

// Dialect is what the configuration file of one client means. It is data: package dialect has one for each client, each
// rule with its source.
type Dialect struct {
	// ID is the dialect's name in commands, such as "vs-code"; Name is the client's, such as "VS Code".
	ID, Name string
	Format   Format
	// Tops are where the servers stand: names of members from the outside in, with dots between. "*" is any member.
	// The first is the one that the client's documentation names.
	Tops []string
	// Listed says that the servers are a list, each with a name (Continue).
	Listed bool
	// Fields are the members of an entry and what they mean; those of Own are read besides.
	Fields map[string]Field
	// Types are the values of the type's field, each with its transport.
	Types map[string]string
	// AnyType says that an entry of a type that is not in Types is as one without a type.
	AnyType bool
	// Untyped is what an entry without a type is.
	Untyped Untyped
	// OAuthNames are the client's names of what an oauth block holds, where they differ from Headfast's.
	OAuthNames map[string]string
	// Lenient are the fields of which the client leaves out what is wrong and uses the entry all the same.
	Lenient []Field
	// Scalars says that a number in env is its text, and that null leaves the variable out.
	Scalars bool
	// Unwrapped says that the servers may stand at the top of the file, without the top key.
	Unwrapped bool
	// FirstWins says that of servers with the same name the first one counts, not the last.
	FirstWins bool
	// Shared is a member at the top of the file of which every remote server gets the headers that it has not; empty for
	// most.
	Shared string
	// Servers adds the servers of a file that has them elsewhere than others, and Fill reads one that has other fields than
	// others; nil for most.
	Servers func(f *File, root tree.Node)
	Fill    func(e *Entry, n tree.Node)
	// Expansion is which variables are expanded, and where.
	Expansion Expansion
	// FallsBack says when HTTP+SSE is tried where Streamable HTTP fails.
	FallsBack Fallback
	// KeepsAll says that servers of the same name in several files are all there, where other clients use the first.
	KeepsAll bool
	// AllOrNothing says that one entry that cannot be used costs all of the file, unless it is Alone.
	AllOrNothing bool
	// Remarks are told of every entry that has the field.
	Remarks []Remark
	// Check tells of an entry what the table cannot say; it is called once the entry is read. Nil for most.
	Check func(e *Entry, members []tree.Member)
	// Finish tells of a file what no entry can say; it is called once all entries are read. Nil for most.
	Finish func(f *File, root tree.Node)
	// Meant corrects a meaning by what the table cannot say. Nil for most.
	Meant func(e *Entry, m *Meaning, lookup func(name string) (string, bool))
	// Places are where the client looks for the file.
	Places []Place
	// OAuthWords is what the client itself reads of an OAuth client, to write it: Headfast's name=the path of its member, with
	// "[]" behind it for a list, and "!" behind the name of what the others need.
	OAuthWords string
	// Timeout is how many milliseconds one is in the field "timeout", where that bounds a request; 0 where it does not, or
	// that is not known.
	Timeout int
	// Always are members that an entry needs to be read, name=value; @ is the server's name. Preamble is what a new file
	// needs besides.
	Always, Preamble string
}

// Format is how the file is written.
type Format uint8

// The formats.
const (
	JSON         Format = iota // RFC 8259
	JSONPerhaps                // RFC 8259; whether comments and trailing commas are read is not known
	JSONComments               // with comments
	JSONC                      // with comments and trailing commas
	TOML                       // 1.0
	YAML                       // 1.2
)

// parse reads a source in the format; name is the format's for messages.
func (f Format) parse(s *tree.Source) (root tree.Node, name string, err *tree.Error) {
	switch f {
	case JSONComments:
		root, err = tree.JSONComments(s)
		return root, "JSON", err
	case JSONC:
		root, err = tree.JSONC(s)
		return root, "JSON", err
	case TOML:
		root, err = tree.TOML(s)
		return root, "TOML", err
	case YAML:
		root, err = tree.YAML(s)
		return root, "YAML", err
	}
	root, err = tree.JSON(s)
	return root, "JSON", err
}

// Field is what a member of an entry means.
type Field uint8

// The meanings. Known is one that the client reads and that does not matter for what is sent.
const (
	Unknown Field = iota
	Known
	TypeField
	CommandField
	CommandLine // the program and its arguments in one list
	ArgsField
	EnvField
	URLField
	HTTPURLField // a URL that is Streamable HTTP by its field's name
	HeadersField
	HelperField
	AuthField
	CredentialsField
	OAuthField
	DisabledField
	EnabledField
	NestedField     // an object with type, url and headers
	BearerVariable  // the variable of a bearer token
	HeaderVariables // headers, each with the variable of its value
	APIKeyField     // a bearer token
	RequestOptions  // an object with headers
	NameField
	EnvVariables    // names of variables that a process gets with their values
	NeededVariables // like EnvVariables, each of which must have a value
	WrappedEnv      // env, or an object with env under "variables"
	OAuthMember     // a member of the oauth block that stands beside it
	Doubtful        // one of which no public source says whether it is read
)

// Untyped is what an entry without a type is.
type Untyped uint8

// What it may be: decided by command and url, an error, always a process, HTTP+SSE where there is a url, decided by url
// and command, the url first, or an error even where there is a command.
const (
	ByField Untyped = iota
	NotUsed
	Process
	LegacySSE
	ByURL
	TypeNeeded
)

// Fallback is when a client tries HTTP+SSE after Streamable HTTP.
type Fallback uint8

// When it does.
const (
	Never Fallback = iota
	Always
	WithoutType
	NotKnown // which transport a url gets is in no public source
)

// BuiltIn is the transport of a type that is no server but a part of the client.
const BuiltIn = "built in"

// Place is where a client looks for a file.
type Place struct {
	// OS is "linux", "darwin", "windows", or empty for all of them.
	OS string
	// Scope is "project", "user" or "managed".
	Scope string
	// Path is the file's path: ~ is the home, ${NAME} a variable of the environment, a relative path one in the project's
	// folder, * any name.
	Path string
	// Top is where in this file the servers stand, where that is not the dialect's first.
	Top string
}

// Remark is what a person would not expect of a field.
type Remark struct {
	Field, Text string
	On          Reach
	// AtValue says that it is about the field's value and not about the field.
	AtValue bool
}

// Reach says of which entries a remark is told.
type Reach uint8

// The entries: all, those of a server with a URL, those of a process.
const (
	AnyEntry Reach = iota
	Remote
	Local
)

// remark tells the dialect's remarks.
func (e *Entry) remark(members []tree.Member) {
	for _, m := range members {
		for _, r := range e.Dialect.Remarks {
			if r.Field != m.Name || r.On != AnyEntry && (r.On == Local) != (e.Transport == Stdio) {
				continue
			}
			where := m.Where()
			if r.AtValue {
				where = m.Value.Where()
			}
			e.Say(r.Text, where)
		}
	}
}
