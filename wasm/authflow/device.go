package authflow

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/oauth"
	"github.com/headfast/headfast/wasm/problem"
)

// device is RFC 8628: the person signs in on another machine, and this one asks until that is done.
func (f *flow) device() {
	switch {
	case f.meta.Device == "":
		f.fail(problem.New(problem.Discovery, "The authorization server has no sign-in for devices", f.a.quote(f.meta.Issuer)+" names no device_authorization_endpoint (RFC 8628).",
			`Sign in on a page: without --device, or without "grant": "device_code"; --no-browser prints its address.`))
		return
	case !f.need.Person:
		f.fail(f.a.SignInWanted("The server wants a sign-in"))
		return
	}
	f.identify("http://127.0.0.1/callback", f.step(f.askDevice))
}

func (f *flow) askDevice() {
	u, e := f.safe(f.meta.Device, "device_authorization_endpoint")
	if e != nil {
		f.fail(e)
		return
	}
	form := &oauth.Form{}
	form.Set("scope", f.scope)
	form.Set("resource", f.resourceParameter())
	f.authenticate(form, f.client, func(headers []header) {
		f.post(u, "asks for a short code that you can type on a page", formType, form.Bytes(), headers, func(r *reply) {
			d, refusal, err := oauth.ParseDevice(r.Type, r.Body)
			if !r.ok() || refusal != nil || err != nil {
				f.fail(f.refused(oauth.AtDevice, r, refusal, err))
				return
			}
			f.showDevice(d)
		})
	})
}

// mostCode bounds the code that a person is shown.
const mostCode = 64

func (f *flow) showDevice(d *oauth.Device) {
	page := d.VerificationURIComplete
	if page == "" {
		page = d.VerificationURI
	}
	u, e := f.safe(page, "verification_uri")
	switch {
	case e != nil:
		f.fail(e)
		return
	case len(d.UserCode) > mostCode || f.a.quote(d.UserCode) != d.UserCode:
		f.fail(problem.New(problem.SignInFailed, "The authorization server's code cannot be shown", "It is longer than 64 characters, or has some that cannot be typed.", "Tell its operator."))
		return
	}
	f.a.redact.Add(d.DeviceCode)
	f.note("you type the code at " + u.Origin() + u.Path + ", and the authorization server is asked until that is done")
	f.open(&msg.Open{URL: u.String(), Code: d.UserCode})
	life := personTime
	if d.ExpiresIn > 0 {
		life = min(life, d.ExpiresIn*second)
	}
	p := &polling{f: f, code: d.DeviceCode, wait: max(d.Interval, 1) * second, until: f.a.out.Now() + life}
	if d.Interval == 0 {
		p.wait = 5 * second
	}
	p.again()
}

// polling asks for the token until the person has agreed (RFC 8628 sections 3.4 and 3.5).
type polling struct {
	f     *flow
	code  string
	wait  int64
	until int64
}

func (p *polling) again() {
	p.f.timer = p.f.a.out.After(min(p.wait, 60*second), p.f.step(p.ask))
}

func (p *polling) ask() {
	f := p.f
	if f.a.out.Now() > p.until {
		f.fail(problem.New(problem.SignInFailed, "Nobody signed in", "The code is not good any more.", "Try again: headfast login "+f.a.plan.Server))
		return
	}
	form := &oauth.Form{}
	form.Set("grant_type", grantDevice)
	form.Set("device_code", p.code)
	form.Set("resource", f.resourceParameter())
	f.token(form, f.client, "asks whether you have signed in", func(r tokenReply) {
		switch {
		case r.refusal != nil && r.refusal.Code == "authorization_pending":
			p.again()
		case r.refusal != nil && r.refusal.Code == "slow_down", r.token == nil && !r.rejected && r.refusal == nil:
			p.wait += 5 * second // also where nothing came: RFC 8628 section 3.5 wants a pause
			p.again()
		default:
			f.got(r)
		}
	})
}
