package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// format is the version of the files. A newer one may change all but the shape of the first line.
const format = 1

// maxFile bounds what is read of a file: MaxKey and MaxValue in base64, and what is around them.
const maxFile = 2 << 20

// record is what a file says.
type record struct {
	key string
	// sealed is the id of the key that value is encrypted under; empty where it is not.
	sealed string
	value  []byte
}

// head is a file's first line, and body its second. Keys and values are any bytes, so they are in base64. The key
// comes first: a file that was cut off, or is newer, still says whose it is.
type head struct {
	Format int    `json:"format"`
	Key    []byte `json:"key"`
}

type body struct {
	Sealed string `json:"sealed,omitempty"`
	Value  []byte `json:"value"`
	Sum    []byte `json:"sum"`
}

// stem is what stands for a key in files' names: no key becomes a part of a path.
func stem(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])
}

func (r record) encode() ([]byte, error) {
	first, err := json.Marshal(head{Format: format, Key: []byte(r.key)})
	if err != nil {
		return nil, err
	}
	second, err := json.Marshal(body{Sealed: r.sealed, Value: r.value, Sum: r.sum(first)})
	return bytes.Join([][]byte{first, second, nil}, []byte("\n")), err
}

func (r record) sum(first []byte) []byte {
	sum := sha256.Sum256(bytes.Join([][]byte{first, []byte(r.sealed), r.value}, []byte("\n")))
	return sum[:]
}

// decode reads the file of a stem. Its errors are ErrDamaged and ErrNewer, with as much of the record as is sure.
// What encoding/json has to say is not passed on, since it quotes.
func decode(stemmed string, data []byte) (record, error) {
	first, second, _ := bytes.Cut(data, []byte("\n"))
	var h head
	if json.Unmarshal(first, &h) != nil || stem(string(h.Key)) != stemmed || h.Format < 1 {
		return record{}, ErrDamaged
	}
	r := record{key: string(h.Key)}
	if h.Format > format {
		return r, ErrNewer
	}
	var b body
	if len(data) > maxFile || json.Unmarshal(second, &b) != nil {
		return r, ErrDamaged
	}
	r.sealed, r.value = b.Sealed, b.Value
	if !bytes.Equal(r.sum(first), b.Sum) {
		return record{key: r.key}, ErrDamaged
	}
	return r, nil
}
