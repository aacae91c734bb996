package vectors

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
)

// Node is the module in Node, through the npm package's own loader: one process, one instance a vector.
// It also decodes and encodes every message with the TypeScript codec and demands the same bytes.
type Node struct {
	command *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
}

// StartNode starts the runner that jsbridge/ts builds. module and goRuntime are paths.
func StartNode(runner, module, goRuntime string) (*Node, error) {
	n := &Node{command: exec.Command("node", runner, module, goRuntime)}
	n.command.Stderr = os.Stderr
	var err error
	if n.in, err = n.command.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := n.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	n.out = bufio.NewReader(out)
	return n, n.command.Start()
}

// Name is how reports call the runner.
func (*Node) Name() string { return "Node" }

// Run steps a new instance in the Node process.
func (n *Node) Run(batches [][]byte) ([][]byte, error) {
	if err := writeFrames(n.in, batches); err != nil {
		return nil, fmt.Errorf("node has ended: %w", err)
	}
	return readAnswer(n.out)
}

// Close ends the process by ending its input.
func (n *Node) Close() error {
	_ = n.in.Close()
	return n.command.Wait()
}
