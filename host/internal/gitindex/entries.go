package gitindex

import (
	"bytes"
	"crypto/sha1"
	"encoding/binary"
)

// The parts of an index (gitformat-index), in bytes: it is read by hand since version 4 writes of a name only what differs
// from the one before, and a small index can stand for gigabytes of names. Only one name is kept here.
const (
	header   = 12            // "DIRC", the version and the number of entries
	stat     = 40            // of an entry, before its hash
	fixed    = stat + 20 + 2 // with the hash and the flags
	extended = 0x4000        // of the flags: there are two bytes more of them
)

// sound says whether the text is an index, whole, of a version that is known. git may leave the checksum out, and then
// writes zeros (index.skipHash).
func sound(text []byte) bool {
	if len(text) < header+sha1.Size || string(text[:4]) != "DIRC" {
		return false
	}
	body, sum := text[:len(text)-sha1.Size], [sha1.Size]byte(text[len(text)-sha1.Size:])
	version := binary.BigEndian.Uint32(text[4:])
	return version >= 2 && version <= 4 && (sum == [sha1.Size]byte{} || sum == sha1.Sum(body))
}

// lists says whether the index, without its checksum, has an entry of this name.
func lists(text, wanted []byte) bool {
	version, count := binary.BigEndian.Uint32(text[4:]), binary.BigEndian.Uint32(text[8:])
	rest := text[header:]
	var name []byte
	for range count {
		size := fixed
		if len(rest) < size {
			return false
		}
		if version > 2 && binary.BigEndian.Uint16(rest[stat+20:])&extended != 0 {
			size += 2
		}
		if len(rest) < size {
			return false
		}
		tail, kept := rest[size:], 0
		if version == 4 {
			strip, n := offset(tail)
			if n == 0 || strip > len(name) {
				return false
			}
			tail, kept, size = tail[n:], len(name)-strip, size+n
		}
		end := bytes.IndexByte(tail, 0)
		if end < 0 {
			return false
		}
		name = append(name[:kept], tail[:end]...)
		if bytes.Equal(name, wanted) {
			return true
		}
		if size += end + 1; version < 4 {
			size = (size + 7) / 8 * 8 // ends with 1 to 8 zeros
		}
		rest = rest[min(size, len(rest)):]
	}
	return false
}

// offset is a number as in the offsets of a pack (gitformat-pack), and how many bytes it has: 0 where it is none.
func offset(text []byte) (value, n int) {
	for n < len(text) && n < 4 {
		c := text[n]
		value |= int(c & 0x7f)
		n++
		if c&0x80 == 0 {
			return value, n
		}
		value = (value + 1) << 7
	}
	return 0, 0
}
