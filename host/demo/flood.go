package demo

import (
	"bufio"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
	"io"
	"net/http"
	"strconv"
)

// endless is one JSON string without an end, 1 GB nominally.
func endless(w http.ResponseWriter, r *http.Request, m message) {
	w.Header().Set("Content-Type", "application/json")
	head := inResult(m, `"`)
	w.Write(head[:len(head)-2])
	pour(w, r)
}

// endlessLine is one line of an event stream without an end, 1 GB nominally.
func endlessLine(w http.ResponseWriter, r *http.Request, _ message) {
	openStream(w)
	w.Write([]byte("data: "))
	pour(w, r)
}

// pour writes ?mb= (1024) megabytes of x, or until nobody reads any more.
func pour(w http.ResponseWriter, r *http.Request) {
	chunk := bytes.Repeat([]byte("x"), 1<<16)
	for range number(r, "mb", 1024) << 4 {
		if _, err := w.Write(chunk); err != nil || r.Context().Err() != nil {
			drop()
		}
	}
}

// gzipBomb is a valid answer of ?mb= (1024) megabytes in about a thousandth of
// that. A deflate stream may be put together of pieces that end on a byte and
// look back no further than their own start: so one megabyte is compressed
// once and repeated.
func gzipBomb(w http.ResponseWriter, r *http.Request, m message) {
	whole := inResult(m, `""`)
	head, tail := whole[:len(whole)-3], whole[len(whole)-3:]
	block := bytes.Repeat([]byte("x"), 1<<20)
	blocks := number(r, "mb", 1024)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Encoding", "gzip")
	w.Write([]byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255}) // RFC 1952, section 2.3
	w.Write(deflated(head, false))
	sum, packed := crc32.ChecksumIEEE(head), deflated(block, false)
	for range blocks {
		if _, err := w.Write(packed); err != nil {
			drop()
		}
		sum = crc32.Update(sum, crc32.IEEETable, block)
	}
	w.Write(deflated(tail, true))
	sum = crc32.Update(sum, crc32.IEEETable, tail)
	trailer := binary.LittleEndian.AppendUint32(nil, sum)
	w.Write(binary.LittleEndian.AppendUint32(trailer, uint32(len(head)+len(tail)+blocks<<20)))
}

// deflated is a piece of a deflate stream: RFC 1951, ended by a sync flush or,
// if it is the last, by a final block. Writing to memory does not fail.
func deflated(data []byte, last bool) []byte {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		panic(err)
	}
	w.Write(data)
	if last {
		w.Close()
	} else {
		w.Flush()
	}
	return out.Bytes()
}

// notifications streams ?n= (100000) notifications and then the answer. They
// are notifications/progress if the request has a token, else
// notifications/message.
func (s *Server) notifications(w http.ResponseWriter, r *http.Request, m message) {
	before, after := `{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":`, `}}`
	if token := dig(m.params, "_meta", "progressToken"); token != nil {
		before = `{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":` + string(token) + `,"progress":`
	}
	openStream(w)
	out := bufio.NewWriterSize(w, 1<<18)
	var msg, event []byte
	for i := 1; i <= number(r, "n", 100_000); i++ {
		msg = append(strconv.AppendInt(append(msg[:0], before...), int64(i), 10), after...)
		event = appendEvent(event[:0], "message", msg)
		if _, err := out.Write(event); err != nil {
			drop()
		}
	}
	io.WriteString(out, string(appendEvent(nil, "message", s.plain(r.Context(), m))))
	out.Flush()
}
