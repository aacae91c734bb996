package host

import (
	"net/http"
	"os"
	"runtime"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
)

// Version is Headfast's.
const Version = "0.1.0"

// Options are how a Client is opened. The zero value is ready for use.
type Options struct {
	// Name, Title and Version are sent to servers as clientInfo; Headfast's own by default.
	Name, Title, Version string
	// Transport performs the HTTP requests. By default it is like http.DefaultTransport: proxies from
	// the environment, the system's certificates. It must not follow redirects or add credentials.
	Transport http.RoundTripper
	// Env is where variables come from; os.LookupEnv by default.
	Env func(name string) (value string, found bool)
	// Trace is told of every HTTP exchange and the rule that chose its credential. It is called from
	// the client's own goroutine and must be quick.
	Trace func(Trace)
	// Engine is how the module is run; see Auto.
	Engine Engine
	// CacheDir keeps compiled code; headfast below os.UserCacheDir by default.
	CacheDir string
	// NoBackground keeps Auto from compiling in the background; see Warm.
	NoBackground bool
}

// Trace is one line of what happened on the wire and why. Its texts carry no secret.
type Trace = msg.Trace

func (o Options) filled() Options {
	if o.Name == "" {
		o.Name, o.Title, o.Version = "headfast", "Headfast", Version
	}
	if o.Transport == nil {
		o.Transport = newTransport()
	}
	if o.Env == nil {
		o.Env = os.LookupEnv
	}
	o.CacheDir = cacheDir(o.CacheDir)
	return o
}

// newTransport is http.DefaultTransport with room for many requests to one server.
func newTransport() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConnsPerHost = 64
	t.MaxResponseHeaderBytes = 256 << 10
	t.IdleConnTimeout = 60 * time.Second
	return t
}

var userAgent = "headfast/" + Version + " (" + runtime.GOOS + ")"
