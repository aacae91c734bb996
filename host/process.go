package host

import (
	"context"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
)

// process performs one Spawn effect: any number of Body and Stderr, exactly one End when the process is gone and
// what it wrote is read.
type process struct {
	client *Client
	spawn  *msg.Spawn
	// ctx ends when nobody wants to know of the process any more: the client is closed or its core dead.
	ctx     context.Context
	abandon context.CancelFunc
	input   *input
	// gone says that the process has ended and its group was killed, so that what is still in the pipes is the rest.
	gone atomic.Bool

	mu sync.Mutex
	// group is nil before the process runs and after it is gone; wanted is the Stop that came before it ran.
	group  *group
	wanted string
}

// spawn makes a process; it runs on goroutines of its own.
func (c *Client) spawn(s *msg.Spawn) {
	p := &process{client: c, spawn: s, input: newInput()}
	p.ctx, p.abandon = context.WithCancel(context.Background())
	c.mu.Lock()
	c.processes[s.ID] = p
	c.mu.Unlock()
	c.running.Go(func() {
		defer p.forget()
		p.run()
	})
}

func (c *Client) process(id uint32) *process {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.processes[id]
}

func (p *process) forget() {
	p.abandon()
	c := p.client
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.processes, p.spawn.ID)
	delete(c.fed, stream{id: p.spawn.ID})
	delete(c.fed, stream{id: p.spawn.ID, stderr: true})
}

// run sees the process through, from its start to its End.
func (p *process) run() {
	cmd, pipes, err := p.launch()
	if err != nil {
		p.input.close()
		p.end(&msg.Failure{Kind: msg.FailSpawn, Detail: spawnDetail(err)})
		return
	}
	defer context.AfterFunc(p.ctx, func() { p.signal(msg.StopKill) })()
	p.client.running.Go(func() { p.input.run(pipes.stdin) })
	var readers sync.WaitGroup
	readers.Go(func() { p.read(pipes.stdout, false) })
	readers.Go(func() { p.read(pipes.stderr, true) })
	_ = cmd.Wait() // its state says more than its error
	p.drain(pipes, &readers)
	p.input.close()
	pipes.close()
	p.end(p.ending(cmd.ProcessState))
}

// ending is how a process that ran is gone. It says so in the words of os.ProcessState: "exit status 3" or
// "signal: killed", whether it was asked to end or not.
func (p *process) ending(state *os.ProcessState) *msg.Failure {
	f := &msg.Failure{Kind: msg.FailExit, Detail: state.String(), Sent: p.input.sent()}
	if p.input.tooMuch() {
		f.Kind, f.Detail = msg.FailLimit, "it did not read its standard input: more than 64 MiB waited"
	}
	return f
}

func (p *process) end(f *msg.Failure) {
	p.client.queue.push(nil, msg.Input{End: &msg.End{ID: p.spawn.ID, Failure: f}})
}

// launch starts the command with three pipes.
func (p *process) launch() (*exec.Cmd, *pipes, error) {
	cmd, err := command(p.spawn, environment(p.client.options.Env, p.spawn.Env))
	if err != nil {
		return nil, nil, err
	}
	pipes, err := openPipes(cmd)
	if err != nil {
		return nil, nil, err
	}
	ownGroup(cmd)
	err = cmd.Start()
	pipes.closeTheirs()
	if err != nil {
		pipes.close()
		return nil, nil, err
	}
	p.mu.Lock()
	p.group = newGroup(cmd.Process)
	wanted := p.wanted
	p.mu.Unlock()
	p.signal(wanted)
	return cmd, pipes, nil
}

// write hands bytes to the standard input, after those before them. It waits for nothing: a process that lets too
// much wait is killed.
func (p *process) write(data []byte) {
	if !p.input.add(data) {
		p.signal(msg.StopKill)
	}
}

// stop performs a Stop effect.
func (p *process) stop(how string) {
	if how == msg.StopClose {
		p.input.finish()
		return
	}
	p.signal(how)
}

// signal terminates or kills the process with all of its group; one that does not run yet gets it when it does.
func (p *process) signal(how string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.group == nil:
		p.wanted = how
	case how == msg.StopTerminate:
		p.group.terminate()
	case how == msg.StopKill:
		p.group.kill()
	}
}

// drainTime is how long the group of a process that has ended may go on writing, before it is killed.
const drainTime = 2 * time.Second

// drain waits for what a process has written, once it has ended itself. What is left of its group is killed, and a
// pipe that a process outside of the group still holds is waited for no longer than drainTime.
func (p *process) drain(pipes *pipes, readers *sync.WaitGroup) {
	read := make(chan struct{})
	go func() { readers.Wait(); close(read) }()
	waitFor(p.ctx, read, drainTime)
	p.signal(msg.StopKill)
	p.mu.Lock()
	p.group.free()
	p.group = nil
	p.mu.Unlock()
	p.gone.Store(true)
	if pipes.wake() {
		<-read
		return
	}
	// Without deadlines, as on Windows, closing is all that can be done.
	waitFor(context.Background(), read, drainTime)
}

// waitFor waits for done, for ctx or for d.
func waitFor(ctx context.Context, done <-chan struct{}, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-done:
	case <-ctx.Done():
	case <-timer.C:
	}
}
