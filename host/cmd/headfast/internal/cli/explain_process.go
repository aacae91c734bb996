package cli

import (
	"fmt"
	"strings"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/wasm/problem"
)

// processScreen says what would be started. Values of the environment are not shown: they are where keys are.
func (a *app) processScreen(x *host.Explanation) string {
	s := a.out
	var b strings.Builder
	fmt.Fprintf(&b, "%s  starts a process  %s\n\n", s.Bold(x.Server), s.Dim(place(x.Where)))
	fmt.Fprintf(&b, "  %s  %s\n", s.Cyan("Command"), term.Line(x.URL))
	for _, v := range environmentOf(x) {
		from := "from the file"
		if len(v.Variable) > 0 {
			from = "from " + problem.Join(v.Variable)
			if !answered(v.Variable) {
				from += ", environment"
			}
		}
		fmt.Fprintf(&b, "  %s      %s  %s\n", s.Cyan("Env"), term.Line(v.Name), s.Dim(from))
	}
	fmt.Fprintf(&b, "  %s   %s\n", s.Cyan("Speaks"), "MCP over its standard streams; no shell is between, and no HTTP header is sent")
	return b.String()
}

// environmentOf are the variables that the file gives a process: names, and the names that their values are made from.
func environmentOf(x *host.Explanation) []envView {
	list := []envView{}
	for _, use := range x.Env {
		list = append(list, envView{Name: use.Name, Variable: append([]string{}, use.Variables...)})
	}
	return list
}
