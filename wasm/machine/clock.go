package machine

// clock is the core's own time. It follows the driver's, but for what the machine slept: a jump is not a
// time-out of what is healthy.
type clock struct {
	now int64
	// seen is the driver's time of the last step, behind is how much less of it has counted.
	seen, behind int64
}

// oversleep is how late a step may come, in nanoseconds, before we take it that nobody was awake in between.
const oversleep = 5e9

// awake is how much of a sleep counts, in nanoseconds.
const awake = 1e9

// tick takes the driver's time. due is when the core wanted to be stepped, on its own time; 0 is never. It says
// whether the machine slept.
func (c *clock) tick(driver, due int64) (slept bool) {
	passed := max(driver-c.seen, 0)
	c.seen = max(c.seen, driver)
	if due > 0 && c.now+passed > due+oversleep && passed > oversleep {
		counts := min(max(due-c.now, 0), awake)
		c.behind += passed - counts
		passed, slept = counts, true
	}
	c.now += passed
	return slept
}

// driver is a moment of the core's on the driver's clock.
func (c *clock) driver(at int64) int64 { return at + c.behind }

// deadline is when to be stepped again, on the driver's clock; 0 is never.
func (m *Machine) deadline() int64 {
	if len(m.later) > 0 {
		return max(m.clock.seen, 1)
	}
	if at := m.timers.next(); at != 0 {
		return m.clock.driver(at)
	}
	return 0
}

// wake tells the sessions, in order, that the machine slept: their streams may be dead without a sign.
func (m *Machine) wake() {
	for _, s := range m.inOrder() {
		s.Woke()
	}
}
