//go:build (dragonfly && cgo) || (freebsd && cgo) || linux || netbsd || openbsd

package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/godbus/dbus/v5"
)

// The Secret Service of freedesktop.org, and the collection that go-keyring prefers.
const (
	secretsName = "org.freedesktop.secrets"
	secretsPath = "/org/freedesktop/secrets"
	secretsFace = "org.freedesktop.Secret.Service"
	loginPath   = "/org/freedesktop/secrets/collection/login"
)

// present asks the session's bus for a Secret Service that has a collection to keep a key in. A machine without a
// desktop often has the service and no collection: nothing can be locked in there. No bus is started for this, which
// go-keyring would do.
func present(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	bus, err := dbus.SessionBusPrivateNoAutoStartup(dbus.WithContext(ctx))
	if err != nil {
		return false
	}
	defer bus.Close()
	if bus.Auth(nil) != nil || bus.Hello() != nil {
		return ctx.Err() != nil
	}
	return hasCollection(ctx, bus.Object(secretsName, secretsPath))
}

func hasCollection(ctx context.Context, service dbus.BusObject) bool {
	var alias dbus.ObjectPath
	err := service.CallWithContext(ctx, secretsFace+".ReadAlias", 0, "default").Store(&alias)
	var refused dbus.Error
	if errors.As(err, &refused) {
		return refused.Name != "org.freedesktop.DBus.Error.ServiceUnknown" &&
			refused.Name != "org.freedesktop.DBus.Error.NameHasNoOwner"
	}
	if err != nil || alias != "/" {
		return true
	}
	var all []dbus.ObjectPath
	const get = "org.freedesktop.DBus.Properties.Get"
	err = service.CallWithContext(ctx, get, 0, secretsFace, "Collections").Store(&all)
	return err != nil || slices.Contains(all, loginPath)
}
