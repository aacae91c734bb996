// Package trust is what a person has agreed to: which entry of which file may act, and how it was then. It is kept by a
// hash of all that matters of the entry; nothing of it is a secret.
package trust

import (
	"encoding/hex"
	"strconv"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/headfast/headfast/wasm/oauth"
	"github.com/headfast/headfast/wasm/tree"
)

// Key is what an entry is kept under: a hash, since a name could be one that a file system takes for another. source is
// the file, whole.
func Key(source string, e *config.Entry) string {
	b := []byte("headfast trust")
	for _, text := range []string{source, e.Project, e.Name} {
		b = tree.AppendText(b, text)
	}
	return hash(b)[:32]
}

// Digest stands for all of the entry that matters, and for the file that it is in.
func Digest(source string, e *config.Entry) string {
	return hash(e.AppendCanon(tree.AppendText([]byte("headfast entry"), source)))
}

func hash(b []byte) string {
	sum := oauth.SHA256(b)
	return hex.EncodeToString(sum[:])
}

// Record is what is kept of an agreement.
type Record struct {
	Digest, Server, File string
	// At is when, in milliseconds since the Unix epoch.
	At    int64
	Facts []msg.Fact
}

// Encode writes the record, as JSON.
func (r *Record) Encode() string {
	text := `{"version":1,"digest":` + quoted(r.Digest) + `,"server":` + quoted(r.Server) + `,"file":` + quoted(r.File) +
		`,"agreed":` + strconv.FormatInt(r.At, 10) + `,"facts":[`
	comma := ""
	for _, f := range r.Facts {
		text += comma + "[" + quoted(f.Name) + "," + quoted(f.Text) + "]"
		comma = ","
	}
	return text + "]}"
}

func quoted(text string) string { return string(jsontext.AppendString(nil, text)) }

// Decode reads of a record what is compared. What cannot be read was agreed to by nobody: the digest is empty.
func Decode(text string) (r Record) {
	if jsontext.Valid([]byte(text)) != nil {
		return r
	}
	jsontext.Members([]byte(text), func(name string, _ int, value []byte, _ int) bool {
		switch name {
		case "digest":
			r.Digest, _ = jsontext.Unquote(value)
		case "facts":
			jsontext.Elements(value, func(pair []byte, _ int) bool {
				var both []string
				jsontext.Elements(pair, func(text []byte, _ int) bool {
					s, _ := jsontext.Unquote(text)
					both = append(both, s)
					return len(both) < 2
				})
				if len(both) == 2 {
					r.Facts = append(r.Facts, msg.Fact{Name: both[0], Text: both[1]})
				}
				return len(r.Facts) < mostKept
			})
		}
		return true
	})
	return r
}

// mostKept bounds the facts that are read of a record: with as many new ones they fit into an Agree.
const mostKept = 500
