//go:build unix

package host

import (
	"context"
	"syscall"

	"github.com/tetratelabs/wazero/experimental"
)

// withMemory lets the module's memory grow in place.
func withMemory(ctx context.Context) context.Context {
	return experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(reserve))
}

// reserve gives a module linear memory whose address space is set aside at once and whose pages the system
// adds when they are touched. By default every growth copies the whole memory, which a 20 MB result pays
// several times over.
func reserve(_, limit uint64) experimental.LinearMemory {
	all, err := syscall.Mmap(-1, 0, int(limit), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE|noReserve)
	if err != nil {
		return &copied{}
	}
	return &reserved{all}
}

type reserved struct{ all []byte }

// Reallocate shows the first size bytes; wazero asks for no more than the limit.
func (r *reserved) Reallocate(size uint64) []byte { return r.all[:size:size] }

func (r *reserved) Free() { _ = syscall.Munmap(r.all) }

// copied is memory that grows by copying, where none can be set aside.
type copied struct{ buffer []byte }

func (c *copied) Reallocate(size uint64) []byte {
	if more := int(size) - len(c.buffer); more > 0 {
		c.buffer = append(c.buffer, make([]byte, more)...)
	}
	return c.buffer
}

func (c *copied) Free() { c.buffer = nil }
