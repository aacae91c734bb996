package host

import (
	"os"
	"os/exec"
	"time"
)

// pipes are a process's standard streams: our ends, and theirs until it has them.
type pipes struct {
	stdin, stdout, stderr *os.File
	theirs                []*os.File
}

func openPipes(cmd *exec.Cmd) (*pipes, error) {
	p := &pipes{}
	for _, of := range []struct {
		ours   **os.File
		theirs func(*os.File)
		input  bool
	}{
		{&p.stdin, func(f *os.File) { cmd.Stdin = f }, true},
		{&p.stdout, func(f *os.File) { cmd.Stdout = f }, false},
		{&p.stderr, func(f *os.File) { cmd.Stderr = f }, false},
	} {
		ours, theirs, err := os.Pipe()
		if err != nil {
			p.closeTheirs()
			p.close()
			return nil, err
		}
		if of.input {
			ours, theirs = theirs, ours
		}
		*of.ours = ours
		of.theirs(theirs)
		p.theirs = append(p.theirs, theirs)
	}
	return p, nil
}

func (p *pipes) closeTheirs() {
	for _, f := range p.theirs {
		_ = f.Close()
	}
}

func (p *pipes) close() {
	for _, f := range []*os.File{p.stdin, p.stdout, p.stderr} {
		if f != nil {
			_ = f.Close()
		}
	}
}

// wake ends the reads that wait; false where the system has no deadlines for pipes.
func (p *pipes) wake() bool {
	now := time.Now()
	return p.stdout.SetReadDeadline(now) == nil && p.stderr.SetReadDeadline(now) == nil
}
