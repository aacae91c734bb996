package machine

import "encoding/binary"

// chance is SplitMix64 (Steele, Lea and Flood, 2014), from the driver's entropy: it spreads retries, so that many
// clients do not come back at once. Nothing secret is made from it.
type chance uint64

func newChance(entropy []byte) chance { return chance(binary.LittleEndian.Uint64(entropy)) }

// below is a number from 0 up to n, without n.
func (c *chance) below(n int64) int64 {
	if n <= 0 {
		return 0
	}
	*c += 0x9e3779b97f4a7c15
	z := uint64(*c)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int64((z ^ z>>31) % uint64(n))
}
