package machine

// mostEffects bounds the effects of one answer. What others send decides how many there are, such as a process that
// writes nothing but line breaks, and a driver cannot read an array beyond the boundary's bound.
const mostEffects = 10000

// overflow is what the answers so far had no room for, in order and encoded: the next steps say it first, and the
// deadline asks for them at once.
type overflow []chunk

// chunk is as many encoded effects as fit into one answer.
type chunk struct {
	fx    []byte
	count int
}

// room is the chunk that the next effect belongs to.
func (o *overflow) room() *chunk {
	if n := len(*o); n == 0 || (*o)[n-1].count == mostEffects {
		*o = append(*o, chunk{})
	}
	return &(*o)[len(*o)-1]
}

// drain puts what is overdue into the answer, before anything new.
func (m *Machine) drain() {
	if len(m.later) == 0 {
		return
	}
	m.fx, m.count = append(m.fx, m.later[0].fx...), m.later[0].count
	m.later[0] = chunk{}
	if m.later = m.later[1:]; len(m.later) == 0 {
		m.later = nil
	}
}
