package host

import (
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
)

// The bounds of compressed content; jsbridge/ts/src/decompress.ts has the same.
const (
	// maxUnfolded is the most bytes that the content of one response may unfold to.
	maxUnfolded = 64 << 20
	// maxRatio is how many times its compressed size content may be, once it is more than ratioFrom bytes.
	maxRatio  = 100
	ratioFrom = 1 << 20
)

// overBound is content that is not read on.
type overBound struct{ kind, detail string }

func (e *overBound) Error() string { return e.detail }

// codingOf is the coding of a response's content; "" for none.
func codingOf(h http.Header) string {
	coding := strings.ToLower(strings.TrimSpace(strings.Join(h.Values("Content-Encoding"), ",")))
	if coding == "identity" {
		return ""
	}
	return coding
}

// unfolded reads content that is compressed although Accept-Encoding asks for identity, within bounds.
func unfolded(coding string, body io.Reader) (io.Reader, error) {
	counted := &counter{from: body}
	switch coding {
	case "gzip", "x-gzip":
		return &unfolding{folded: counted, open: func() (io.Reader, error) { return gzip.NewReader(counted) }}, nil
	case "deflate":
		return &unfolding{folded: counted, open: func() (io.Reader, error) { return zlib.NewReader(counted) }}, nil
	}
	if strings.Contains(coding, ",") {
		return nil, &overBound{msg.FailLimit, "its content is compressed more than once"}
	}
	return nil, &overBound{msg.FailUnsupported, unknownCoding(coding)}
}

// namedCodings are the codings that an error names.
var namedCodings = []string{"aws-chunked", "br", "compress", "dcb", "dcz", "exi", "pack200-gzip", "x-compress", "zstd"}

// unknownCoding says that a coding cannot be read. It quotes nothing that the server made up: that may be the key it
// was sent, and a part of a key is not known as one when secrets are taken out of the text.
func unknownCoding(coding string) string {
	if slices.Contains(namedCodings, coding) {
		return "its content is compressed with " + coding + ", which was not asked for and is not supported"
	}
	return "its content is compressed in a way that is not known, and was not asked for"
}

// counter counts the compressed bytes.
type counter struct {
	from io.Reader
	n    int64
}

func (c *counter) Read(b []byte) (int, error) {
	n, err := c.from.Read(b)
	c.n += int64(n)
	return n, err
}

// unfolding is the content. Its decoder is opened at the first Read, for that waits for the server.
type unfolding struct {
	folded *counter
	open   func() (io.Reader, error)
	from   io.Reader
	n      int64
}

func (u *unfolding) Read(b []byte) (int, error) {
	if u.from == nil {
		from, err := u.open()
		if err != nil {
			return 0, u.opened(err)
		}
		u.from = from
	}
	n, err := u.from.Read(b)
	u.n += int64(n)
	if u.n > maxUnfolded || u.n > ratioFrom && u.n > maxRatio*u.folded.n {
		return 0, &overBound{msg.FailLimit, fmt.Sprintf("%d bytes of compressed content unfold to more than %d", u.folded.n, u.n-int64(n))}
	}
	return n, err
}

// opened is the error of a decoder that could not begin; content of no bytes is no error.
func (u *unfolding) opened(err error) error {
	switch {
	case err != io.EOF && err != io.ErrUnexpectedEOF:
		return err
	case u.folded.n == 0:
		return io.EOF
	}
	return io.ErrUnexpectedEOF
}
