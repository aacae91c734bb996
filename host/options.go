package host

import (
	"context"
	"net/http"
	"os"
	"runtime"

	"github.com/headfast/headfast/host/store"
	"github.com/headfast/headfast/jsbridge/msg"
)

// Version is Headfast's.
const Version = "0.1.0"

// Options are how a Client is opened. The zero value is ready for use.
type Options struct {
	// Name, Title and Version are sent to servers as clientInfo; Headfast's own by default.
	Name, Title, Version string
	// Transport performs the HTTP requests; it must not follow redirects or add credentials. Where a public server's
	// words name a host for sign-in that resolves to a private address, only Headfast's own sees that. Without one,
	// requests go over HTTP/1.1 and, where TLS agrees on it, HTTP/2, as Proxy, CAFiles and
	// ClientCertificates say; none of these may be set beside a Transport.
	Transport http.RoundTripper
	// Proxy is "" for the proxies of HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in either case, in the process's
	// environment when the Client is opened. It is "none" for no proxy, or the URL of one for every server:
	// http, https, socks5 or socks5h, with user:password@ where the proxy asks for it. Loopback addresses
	// are never proxied. What an http:// server is sent, its proxy can read.
	Proxy string
	// CAFiles are PEM files with certificates of authorities to trust, besides the system's. The files
	// that the process's SSL_CERT_FILE and NODE_EXTRA_CA_CERTS name, as company networks have them set, are
	// trusted as well. (On Linux SSL_CERT_FILE also replaces the system's list: Go does that.)
	CAFiles []string
	// ClientCertificates are for servers that want one; each is offered to its own origin and no other.
	ClientCertificates []ClientCertificate
	// Env is where a configuration's variables come from; os.LookupEnv by default. How the network is
	// reached does not depend on it, for it may answer any name with a key.
	Env func(name string) (value string, found bool)
	// Prompt asks the person for a value that a configuration wants; given is false where nobody gives it, and what
	// wanted it then ends. It may wait as long as ctx does. nil gives none. In a script the variable HEADFAST_INPUT_ID
	// of Env gives the answer, with ID in capitals and _ for what is no letter and no digit; then Prompt is not called.
	Prompt func(ctx context.Context, q Question) (value string, given bool)
	// Accounts keep the sign-ins, and the answers to Prompt beside them; store.Memory by default, so that they end with the client. See store.Default.
	// An error of a store of your own may have Kind() string, as *store.Error has, to say what is wrong.
	Accounts store.Store
	// Trust keeps what the person has agreed to, by Agree; store.Memory by default, so that it ends with the client. See
	// store.Trust.
	Trust store.Store
	// Agree asks the person whether an entry of a file that was found in a project's folder may act (InScope); nil says that
	// nobody agrees to anything. It is called on a goroutine of its own, for several entries at a time; its context ends
	// when nobody waits for the answer any more.
	Agree func(ctx context.Context, a Agreement) bool
	// SignIn is how a person signs in; nil says that there is nobody who can, and then only what needs no person is
	// done. Nobody is asked to sign in to a server whose entry does not ask for it, but by Login.
	SignIn *SignIn
	// ClientDocument is the https URL of this client's metadata (Client ID Metadata Documents); empty for none.
	ClientDocument string
	// Trace is told of every HTTP exchange and the rule that chose its credential. It is called from
	// the client's own goroutine and must be quick.
	Trace func(Trace)
	// Record has every HTTP exchange kept, without its secrets, for Export.
	Record bool
	// Core, if set, makes the core to run instead of the module: native.Core of package host/native runs it in
	// the program itself. Engine, CacheDir and NoBackground then mean nothing.
	Core func(ctx context.Context) (Core, error)
	// Engine is how the module is run; see Auto.
	Engine Engine
	// CacheDir keeps compiled code; headfast below os.UserCacheDir by default.
	CacheDir string
	// NoBackground keeps Auto from compiling in the background; see Warm.
	NoBackground bool
}

// ClientCertificate is a certificate with its key, for one server.
type ClientCertificate struct {
	// Origin is the server's: https://host or https://host:port.
	Origin string
	// CertFile is a PEM file with the certificate and those between it and its authority; KeyFile is a PEM
	// file with its key, not encrypted. They may be one file.
	CertFile, KeyFile string
}

// Trace is one line of what happened on the wire and why. Its texts carry no secret.
type Trace = msg.Trace

func (o Options) filled() Options {
	if o.Name == "" {
		o.Name, o.Title, o.Version = "headfast", "Headfast", Version
	}
	if o.Env == nil {
		o.Env = os.LookupEnv
	}
	if o.Accounts == nil {
		o.Accounts = store.Memory()
	}
	if o.Trust == nil {
		o.Trust = store.Memory()
	}
	transport, err := newTransport(o, os.LookupEnv)
	if err != nil {
		transport = unusable{err}
	}
	o.Transport = transport
	o.CacheDir = cacheDir(o.CacheDir)
	return o
}

// unusable is the Transport of options that cannot be used; Open answers with why. Nothing is sent over it.
type unusable struct{ why error }

func (u unusable) RoundTrip(*http.Request) (*http.Response, error) { return nil, u.why }

var userAgent = "headfast/" + Version + " (" + runtime.GOOS + ")"
