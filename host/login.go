package host

import (
	"context"

	"github.com/headfast/headfast/jsbridge/msg"
)

// Account tells of a sign-in, without its secrets.
type Account = msg.Account

// WithProfile uses the account of this name, where there is more than one for a server.
func WithProfile(name string) ConnectOption {
	return func(o *connectOptions) { o.connect.Profile = name }
}

// WithoutSignIn has nobody asked to sign in for this session: a token is used, and renewed, as far as that goes without
// a person.
func WithoutSignIn() ConnectOption {
	return func(o *connectOptions) { o.connect.SignIn = false }
}

// ByDeviceCode has the person type a code on a page, on any device (RFC 8628), whatever the entry says.
func ByDeviceCode() CallOption { return func(o *callOptions) { o.grant = "device_code" } }

// Login signs in to a server, whether or not it has asked for that, and keeps the sign-in. It takes as long as the
// person does, at most ten minutes. The error is an *Error; of the options only OnWarning and ByDeviceCode mean
// something here.
func (c *Config) Login(ctx context.Context, server, profile string, options ...CallOption) error {
	o := callOptions{request: &msg.Request{}}
	for _, option := range options {
		option(&o)
	}
	id := c.client.nextID()
	defer c.client.leave(id)
	answer, err := c.client.ask(ctx, id, msg.Input{Login: &msg.Login{ID: id, Config: c.id, Server: server, Profile: profile, Grant: o.grant}})
	if err != nil {
		return err
	}
	o.warn(answer.Done)
	return ended(ctx, answer.Done)
}

// Logout gives the tokens back to who issued them, and forgets them. The warnings say what could not be given back:
// it is forgotten here all the same.
func (c *Config) Logout(ctx context.Context, server, profile string) (warnings []error, err error) {
	id := c.client.nextID()
	return c.client.logout(ctx, &msg.Logout{ID: id, Config: c.id, Server: server, Profile: profile})
}

// Forget deletes an account by its key, without asking anybody.
func (c *Client) Forget(ctx context.Context, key string) error {
	_, err := c.logout(ctx, &msg.Logout{ID: c.nextID(), Key: key})
	return err
}

func (c *Client) logout(ctx context.Context, l *msg.Logout) (warnings []error, err error) {
	answer, err := c.ask(ctx, l.ID, msg.Input{Logout: l})
	if err != nil {
		return nil, err
	}
	for i := range answer.Done.Problems {
		warnings = append(warnings, failure(&answer.Done.Problems[i], ""))
	}
	return warnings, ended(ctx, answer.Done)
}

// Accounts are the sign-ins that are kept. It does not outlast ctx, however long a keychain takes.
func (c *Client) Accounts(ctx context.Context) ([]Account, error) {
	id := c.nextID()
	answer, err := c.query(ctx, id, msg.Input{Tokens: &msg.Tokens{ID: id}})
	if err != nil {
		return nil, err
	}
	if answer.Done != nil {
		return nil, ended(ctx, answer.Done)
	}
	return answer.Accounts.Accounts, nil
}
