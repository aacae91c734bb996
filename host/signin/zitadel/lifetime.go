package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// protectedServer may ask about any token. The example's storage tells a client about its own only.
const protectedServer = "protected-server"

// lifetime is the example's storage with a life of access tokens that can be chosen; there it is five minutes.
type lifetime struct {
	*storage.Storage
	access time.Duration

	mu     sync.Mutex
	issued map[string]issue
}

// issue is what is known of an access token.
type issue struct {
	audience string
	expires  time.Time
}

func shortLived(s *storage.Storage, access time.Duration) *lifetime {
	return &lifetime{Storage: s, access: access, issued: map[string]issue{}}
}

func (l *lifetime) CreateAccessToken(ctx context.Context, r op.TokenRequest) (string, time.Time, error) {
	id, _, err := l.Storage.CreateAccessToken(ctx, r)
	return id, l.note(id, r), err
}

func (l *lifetime) CreateAccessAndRefreshTokens(ctx context.Context, r op.TokenRequest, current string) (string, string, time.Time, error) {
	id, refresh, _, err := l.Storage.CreateAccessAndRefreshTokens(ctx, r, current)
	return id, refresh, l.note(id, r), err
}

func (l *lifetime) note(id string, r op.TokenRequest) time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	one := issue{expires: time.Now().Add(l.access)}
	if audience := r.GetAudience(); len(audience) > 0 {
		one.audience = audience[0]
	}
	l.issued[id] = one
	return one.expires
}

// SetIntrospectionFromToken is asked whether a token is good.
func (l *lifetime) SetIntrospectionFromToken(ctx context.Context, into *oidc.IntrospectionResponse, id, subject, client string) error {
	l.mu.Lock()
	one, found := l.issued[id]
	l.mu.Unlock()
	if !found || time.Now().After(one.expires) {
		return errors.New("the token is unknown or over")
	}
	if client == protectedServer {
		client = one.audience
	}
	if err := l.Storage.SetIntrospectionFromToken(ctx, into, id, subject, client); err != nil {
		return err
	}
	into.Expiration = oidc.FromTime(one.expires)
	return nil
}

// SetUserinfoFromToken answers for the token's subject.
func (l *lifetime) SetUserinfoFromToken(ctx context.Context, into *oidc.UserInfo, id, subject, origin string) error {
	l.mu.Lock()
	one, found := l.issued[id]
	l.mu.Unlock()
	if !found || time.Now().After(one.expires) {
		return errors.New("the token is unknown or over")
	}
	return l.Storage.SetUserinfoFromToken(ctx, into, id, subject, origin)
}

// users finds the user of a token also by the login, which is what the example's page for devices has for a subject.
type users struct{ storage.UserStore }

func (u users) GetUserByID(id string) *storage.User {
	if found := u.UserStore.GetUserByID(id); found != nil {
		return found
	}
	return u.GetUserByUsername(id)
}
