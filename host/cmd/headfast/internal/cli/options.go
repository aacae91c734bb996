package cli

import (
	"context"
	"errors"
	"strings"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
)

// options are how the core is opened.
func (a *app) options() host.Options {
	f := &a.flags
	o := host.Options{
		NoBackground: true, Proxy: f.proxy, CAFiles: f.cacerts, Accounts: a.store, Trust: a.trusted, Agree: a.agree,
		Prompt: a.askInput, Record: a.records(), Core: a.core,
	}
	if a.canSignIn() {
		o.SignIn = &host.SignIn{Open: a.signing.open}
	}
	if f.trace {
		o.Trace = a.trace
	}
	if a.certOrigin != "" {
		key := f.key
		if key == "" {
			key = f.cert
		}
		o.ClientCertificates = []host.ClientCertificate{{Origin: a.certOrigin, CertFile: f.cert, KeyFile: key}}
	}
	return o
}

// openFault is why no core was opened. With options of the network that is most likely one of them.
func (a *app) openFault(err error) error {
	f := &a.flags
	if !errors.Is(err, host.Usage) || len(f.cacerts) == 0 && f.cert == "" && f.proxy == "" {
		return err
	}
	return newFault(problem.Usage, "The network options cannot be used", asFault(err).reason.Body,
		"Check --cacert, --cert, --key and --proxy.")
}

// bindCertificate finds the origin that --cert is for: that of the server's URL. Nothing is sent.
func (a *app) bindCertificate(ctx context.Context, name string) error {
	if a.flags.cert == "" {
		return nil
	}
	a.quiet = true
	defer func() { a.quiet = false }()
	return a.withServer(ctx, name, func(_ *host.Client, config *host.Config, name string) error {
		explain, err := config.Explain(ctx, name, host.WithProfile(a.flags.profile))
		if err != nil {
			return err
		}
		if !strings.HasPrefix(explain.Auth.Origin, "https:") {
			return usage("--cert is for servers at https://, which "+explain.Server+" is not", "Leave --cert out.")
		}
		a.certOrigin = explain.Auth.Origin
		return nil
	})
}

// connectOptions are how a session is opened, and who listens to it.
func (t *target) connectOptions() []host.ConnectOption {
	o := []host.ConnectOption{
		host.WithConnectTimeout(t.flags.timeout), host.OnElicitation(t.asker.answer), host.OnState(t.changed),
		host.OnMessage(t.told), host.OnLog(t.processSays),
	}
	if t.flags.revision != "" {
		o = append(o, host.WithRevision(t.flags.revision))
	}
	if t.flags.profile != "" {
		o = append(o, host.WithProfile(t.flags.profile))
	}
	if t.app.roots != nil {
		o = append(o, host.WithRoots(func(context.Context) ([]host.Root, error) { return t.app.roots, nil }))
	}
	return o
}

// changed follows the session's state in the status line.
func (t *target) changed(state host.State) {
	note := ""
	switch state.Phase {
	case msg.PhaseReconnecting:
		note = "re" + t.reaching()
	case msg.PhaseSigningIn:
		note = "signing in to " + t.explain.Server
	}
	t.remark(note)
}

// requestOptions are those of every request.
func (t *target) requestOptions() []host.CallOption {
	o := []host.CallOption{host.WithTimeout(t.flags.timeout), host.OnWarning(func(e *host.Error) { t.warn(&fromHost(e).reason) })}
	if t.flags.logLevel != "" {
		o = append(o, host.WithLogLevel(t.flags.logLevel))
	}
	if t.flags.fresh {
		o = append(o, host.Fresh())
	}
	return o
}

// listOptions are those of a request for a list: what the server logs meanwhile comes with it.
func (t *target) listOptions() []host.CallOption {
	o := t.requestOptions()
	if t.flags.logLevel != "" {
		o = append(o, host.OnProgress(t.told))
	}
	return o
}

// workOptions are those of a request that may take long: with progress in the status line.
func (t *target) workOptions(b *busy, what string) []host.CallOption {
	progress := b.progress(what)
	return append(t.requestOptions(), host.OnProgress(func(method string, params []byte) {
		progress(method, params)
		t.told(method, params)
	}))
}
