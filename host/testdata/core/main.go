//go:build js && wasm

// Command core is the real core with a trap door, for the tests of package host: a Load whose path begins
// with "do:" does what a core must never do. It is built by the tests (see core_test.go).
package main

import (
	"runtime"
	"strconv"
	"strings"
	"syscall/js"

	"github.com/headfast/headfast/jsbridge"
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/machine"
	"github.com/tinylib/msgp/msgp"
)

func main() { jsbridge.Serve(&core{Stepper: machine.New()}) }

type core struct {
	jsbridge.Stepper
	steps int
}

func (c *core) Step(batch, out []byte) []byte {
	c.steps++
	var b msg.Batch
	if _, err := b.UnmarshalMsg(batch); err == nil {
		for _, in := range b.Inputs {
			if in.Load == nil {
				continue
			}
			if what, ok := strings.CutPrefix(in.Load.Path, "do:"); ok {
				return c.do(what, in.Load, out)
			}
		}
	}
	return c.Stepper.Step(batch, out)
}

func (c *core) do(what string, l *msg.Load, out []byte) []byte {
	var hello *msg.Hello
	var fx []byte
	count := 0
	emit := func(e msg.Effect) { fx, count = must(e.MarshalMsg(fx)), count+1 }
	switch what {
	case "panic":
		panic("on command")
	case "nil":
		var p *core
		_ = p.steps
	case "exit":
		runtime.Goexit()
	case "block":
		<-make(chan int)
	case "block for ever":
		select {}
	case "yield":
		runtime.Gosched()
	case "js":
		js.Global().Call("eval", "1")
	case "echo":
		emit(msg.Effect{Done: &msg.Done{ID: l.ID, Outcome: msg.OutcomeResult, Result: l.Text}})
	case "recurse":
		n, _ := strconv.Atoi(string(l.Text))
		emit(msg.Effect{Done: &msg.Done{ID: l.ID, Result: strconv.AppendInt(nil, int64(recurse(n)), 10)}})
	case "grease":
		fx, count = unknown(fx), count+1
		emit(msg.Effect{Loaded: &msg.Loaded{ID: l.ID}})
		fx, count = unknown(fx), count+1
	case "nonsense":
		return append(out, 0xc1)
	case "steps":
		emit(msg.Effect{Done: &msg.Done{ID: l.ID, Result: strconv.AppendInt(nil, int64(c.steps), 10)}})
	}
	return must(msg.AppendOutput(out, hello, 0, count, fx, nil))
}

// unknown is an effect of a later version: one member, of which nobody knows here.
func unknown(fx []byte) []byte {
	fx = msgp.AppendMapHeader(fx, 1)
	fx = msgp.AppendMapHeader(msgp.AppendString(fx, "teleport"), 2)
	fx = msgp.AppendUint32(msgp.AppendString(fx, "id"), 7)
	return msgp.AppendBytes(msgp.AppendString(fx, "to"), []byte("elsewhere"))
}

// recurse goes n calls deep, each with a frame of 256 bytes: Go's stack grows.
func recurse(n int) int {
	var pad [256]byte
	pad[n%256] = 1
	if n == 0 {
		return int(pad[0])
	}
	return recurse(n-1) + int(pad[n%256])
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}
