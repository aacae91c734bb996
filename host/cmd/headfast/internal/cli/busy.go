package cli

import (
	"encoding/json"
	"fmt"
	"strconv"
	"sync"
	"time"
)

// busy is the status line of something that takes long: from the second second on, and at once where there
// is progress to tell.
type busy struct {
	app   *app
	began time.Time
	done  chan struct{}
	ended sync.WaitGroup

	mu    sync.Mutex
	text  string
	shown time.Time
}

// calm is how often progress changes the line at most.
const calm = 50 * time.Millisecond

func (a *app) busy(text string) *busy {
	b := &busy{app: a, began: time.Now(), done: make(chan struct{}), text: text}
	if a.talk.TTY() {
		b.ended.Go(b.tick)
	}
	return b
}

func (b *busy) tick() {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			b.mu.Lock()
			b.show()
			b.mu.Unlock()
		case <-b.done:
			return
		}
	}
}

func (b *busy) show() {
	b.shown = time.Now()
	b.app.talk.Status(fmt.Sprintf("%s… %d s", b.text, int(time.Since(b.began).Seconds())))
}

func (b *busy) stop() {
	close(b.done)
	b.ended.Wait()
	b.app.talk.Status("")
}

// progress shows a notifications/progress.
func (b *busy) progress(tool string) func(method string, params []byte) {
	return func(method string, params []byte) {
		var p struct {
			Progress float64
			Total    float64
			Message  string
		}
		if method != "notifications/progress" || json.Unmarshal(params, &p) != nil {
			return
		}
		b.mu.Lock()
		defer b.mu.Unlock()
		b.text = tool + " " + number(p.Progress)
		if p.Total > 0 {
			b.text += "/" + number(p.Total)
		}
		if p.Message != "" {
			b.text += " " + p.Message
		}
		if time.Since(b.shown) >= calm {
			b.show()
		}
	}
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
