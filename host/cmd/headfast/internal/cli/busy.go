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
	began stopwatch
	done  chan struct{}
	ended sync.WaitGroup

	mu    sync.Mutex
	text  string
	shown time.Time
}

// calm is how often progress changes the line at most.
const calm = 50 * time.Millisecond

func (a *app) busy(text string) *busy {
	b := &busy{app: a, began: a.begin(), done: make(chan struct{}), text: text}
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
	text := b.text
	if note := b.app.noted(); note != "" {
		text = note
	}
	if text == "" {
		b.app.talk.Status("")
		return
	}
	b.app.talk.Status(fmt.Sprintf("%s… %d s", text, int(b.began.took().Seconds())))
}

// remark has the status line say something else, until the remark is taken away.
func (a *app) remark(note string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.note = note
}

func (a *app) noted() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.note
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

// stopwatch takes the time, but for that in which the person was asked.
type stopwatch struct {
	app   *app
	began time.Time
	had   time.Duration
}

func (a *app) begin() stopwatch {
	a.mu.Lock()
	defer a.mu.Unlock()
	return stopwatch{a, time.Now(), a.paused}
}

func (w stopwatch) took() time.Duration {
	w.app.mu.Lock()
	defer w.app.mu.Unlock()
	return time.Since(w.began) - (w.app.paused - w.had)
}

// pause says that the person was asked for so long.
func (a *app) pause(d time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.paused += d
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
