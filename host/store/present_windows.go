package store

import (
	"context"
	"errors"

	"github.com/zalando/go-keyring"
	"golang.org/x/sys/windows"
)

// present: a session over the network, such as ssh with a key, has no Credential Manager.
func present(context.Context) bool {
	_, err := keyring.Get(Service, "present")
	return !errors.Is(err, windows.ERROR_NO_SUCH_LOGON_SESSION)
}
