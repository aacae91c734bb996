package testbed

import (
	"encoding/json"
	"os/exec"
	"testing"
	"time"
)

// patience is how long a server has to begin, and to answer a line.
const patience = 30 * time.Second

// Server is a server that speaks in lines: its first is JSON and says where it is, and it ends with its input.
type Server struct {
	*Process
	lines *Lines
}

// StartServer runs one, and reads its first line into ready. Its standard error goes to its log.
func StartServer(t *testing.T, cmd *exec.Cmd, ready any) *Server {
	t.Helper()
	s := &Server{Process: &Process{t: t}}
	log := s.openLog()
	defer log.Close()
	cmd.Stderr = log
	var err error
	if s.lines, err = Talk(cmd); err != nil {
		t.Fatal(err)
	}
	s.Child = s.lines.Child
	t.Cleanup(func() {
		s.lines.Close(goodbye)
		s.tell()
	})
	line, err := s.lines.next(patience)
	if err == nil {
		err = json.Unmarshal(line, ready)
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, s.Text())
	}
	return s
}

// Tell sends a line of JSON and waits until it is answered, with JSON.
func (s *Server) Tell(what any) error {
	line, err := json.Marshal(what)
	if err != nil {
		return err
	}
	answer, err := s.Ask(line, patience)
	if err != nil {
		return err
	}
	return json.Unmarshal(answer, &struct{}{})
}

// Ask is Lines.Ask.
func (s *Server) Ask(line []byte, patience time.Duration) ([]byte, error) {
	return s.lines.Ask(line, patience)
}
