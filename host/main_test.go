package host

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
)

// behaviour is the variable that makes the test binary a process that a test starts.
const behaviour = "HEADFAST_TEST_PROCESS"

func TestMain(m *testing.M) {
	if how := os.Getenv(behaviour); how != "" {
		behave(how, os.Args[1:])
		os.Exit(0)
	}
	if len(os.Args) == 3 && os.Args[1] == printHeaders {
		helpWith(os.Args[2])
	}
	os.Exit(m.Run())
}

// behave is what a started process does. Its stdout belongs to the test.
func behave(how string, args []string) {
	switch how {
	case "exit":
		n, _ := strconv.Atoi(args[0])
		os.Exit(n)
	case "echo":
		_, _ = io.Copy(os.Stdout, os.Stdin)
	case "sleep":
		fmt.Println("ready")
		time.Sleep(time.Hour)
	case "stubborn":
		signal.Ignore(syscall.SIGTERM)
		_, _ = io.Copy(io.Discard, os.Stdin)
		fmt.Println("still here")
		time.Sleep(time.Hour)
	case "flood":
		n, _ := strconv.Atoi(args[0])
		_, _ = os.Stderr.Write(bytes.Repeat([]byte("0123456789abcde\n"), n/16))
		fmt.Println("done")
	case "line":
		n, _ := strconv.Atoi(args[0])
		_, _ = os.Stdout.Write(bytes.Repeat([]byte("x"), n))
	case "deaf":
		_ = os.Stdin.Close()
		fmt.Println("deaf")
		time.Sleep(300 * time.Millisecond)
	case "environment":
		w := bufio.NewWriter(os.Stdout)
		for _, e := range os.Environ() {
			fmt.Fprintln(w, e)
		}
		_ = w.Flush()
	case "arguments":
		fmt.Printf("%q", args)
	case "mcp":
		serveMCP()
	case "panic":
		panicInCallback()
	default:
		behaveHere(how, args)
	}
}

// panicInCallback is a program whose callback has a defect.
func panicInCallback() {
	f := &fakeCore{}
	c, err := Open(context.Background(), Options{Core: func(context.Context) (Core, error) { return f, nil }})
	if err != nil {
		os.Exit(9)
	}
	f.client = c
	config, _ := c.Load("fake", nil)
	s, err := config.Connect(context.Background(), "acme", OnSampling(sampling(func() { panic("on purpose") })))
	if err != nil {
		os.Exit(9)
	}
	f.emit(msg.Effect{Ask: &msg.Ask{ID: 1, Session: s.id, Method: samplingMethod, Params: []byte("{}")}})
	time.Sleep(bound)
}
