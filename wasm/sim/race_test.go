//go:build race

package sim

// slow says that the race detector is on: then the short list of faults and fewer seeds do.
const slow = true
