//go:build unix && !linux

package host

// noReserve has no counterpart here: what is not touched does not count.
const noReserve = 0
