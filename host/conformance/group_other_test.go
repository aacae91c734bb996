//go:build !unix

package conformance

import "os/exec"

// ownGroup does nothing: there are no process groups here, and the context ends the process alone.
func ownGroup(*exec.Cmd) {}
