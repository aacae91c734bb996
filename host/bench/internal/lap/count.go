package lap

import (
	"sync/atomic"
	"time"
)

// Counter counts notifications, which some clients hand over after the answer they precede.
type Counter struct{ n atomic.Int64 }

// Add counts one.
func (c *Counter) Add() { c.n.Add(1) }

// patience is how long Settle waits for the next notification.
const patience = time.Second

// Settle waits until n have been counted or no more come, and tells how many there were.
func (c *Counter) Settle(n int) int {
	last, since := c.n.Load(), time.Now()
	for last < int64(n) && time.Since(since) < patience {
		time.Sleep(time.Millisecond)
		if now := c.n.Load(); now != last {
			last, since = now, time.Now()
		}
	}
	return int(last)
}
