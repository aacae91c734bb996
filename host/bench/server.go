package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
)

// server is a process of cmd/server. It is not this one, whose memory would count as its children's.
type server struct {
	url     string
	command *exec.Cmd
	stdin   io.Closer
}

func (b *bench) serve(ctx context.Context) (*server, error) {
	command := exec.CommandContext(ctx, b.program("server"))
	command.Stderr = os.Stderr
	stdin, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	s := &server{command: command, stdin: stdin}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		s.close()
		return nil, errors.Join(errors.New("the server does not start"), err)
	}
	s.url = strings.TrimSpace(line)
	return s, nil
}

func (s *server) close() {
	_ = s.stdin.Close()
	_ = s.command.Wait()
}
