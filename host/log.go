package host

import (
	"bytes"
	"io"
	"log"
)

// unsolicited begins the one line that net/http prints by itself: with it, it quotes what a server sent without being
// asked, which may be the key that it was sent. There is no other way to have it not printed.
var unsolicited = []byte("Unsolicited response received on idle HTTP channel")

// quiet writes all but that line.
type quiet struct{ io.Writer }

func (q quiet) Write(line []byte) (int, error) {
	if bytes.Contains(line, unsolicited) {
		return len(line), nil
	}
	return q.Writer.Write(line)
}

// keepQuiet has the standard logger leave that line out, wherever it writes to.
func keepQuiet() {
	if _, already := log.Writer().(quiet); !already {
		log.SetOutput(quiet{log.Writer()})
	}
}
