package host

import (
	"bytes"
	"io"
	"log"
	"sync"
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

// quieting has keepQuiet change the logger once, not twice.
var quieting sync.Mutex

// keepQuiet has the standard logger leave that line out, wherever it writes to. A program may set another writer at any
// time, so this is asked for wherever net/http may be about to print the line: it costs next to nothing when nothing
// has changed.
func keepQuiet() {
	quieting.Lock()
	defer quieting.Unlock()
	if _, already := log.Writer().(quiet); !already {
		log.SetOutput(quiet{log.Writer()})
	}
}
