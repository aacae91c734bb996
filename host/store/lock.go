package store

import (
	"context"
	"os"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// again is how often a lock that another has is asked for: a blocking flock could not be given up.
const again = 10 * time.Millisecond

// held are the locks that this process has. A lock whose unlock function nobody has any more stays: the garbage
// collector would close its file, and give it to another unnoticed.
var held sync.Map

// lock waits for a lock file. It is never removed: who waits for a removed file would have a lock of its own. The
// operating system gives it back when the process ends, however that comes (flock(2), LockFileEx).
func (f *folder) lock(ctx context.Context, name string) (func(), error) {
	if err := f.prepare(); err != nil {
		return nil, err
	}
	file, err := openPrivate(f.path(name), os.O_RDWR)
	if err != nil {
		return nil, err
	}
	if err := file.Close(); err != nil {
		return nil, err
	}
	// For writing, since an NFS server gives no exclusive lock otherwise.
	lock := flock.New(f.path(name), flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o600))
	if _, err := lock.TryLockContext(ctx, again); err != nil {
		return nil, err
	}
	held.Store(lock, nil)
	return sync.OnceFunc(func() {
		held.Delete(lock)
		_ = lock.Close()
	}), nil
}
