package main

import "fmt"

// The contenders' names, as they are printed.
const (
	oursGo   = "headfast"
	oursNode = "headfast (Node)"
	oursCLI  = "headfast (CLI)"
	goSDK    = "Go SDK 1.8.0"
	tsSDK    = "TypeScript SDK 2.4.0"
	netHTTP  = "net/http"
	nodeHTTP = "node:http"
	fetch    = "fetch (Node)"
)

// contender is a program that takes SCENARIO URL N; the CLI alone takes what its users give it.
type contender struct {
	name    string
	command []string
	// peer is the contender that the printed ratio is to.
	peer string
	cli  bool
}

func (b *bench) contenders() []contender {
	node := func(file string) []string { return []string{"node", "node/" + file} }
	return []contender{
		{name: oursGo, command: []string{b.program("ours")}, peer: goSDK},
		{name: goSDK, command: []string{b.program("gosdk")}, peer: goSDK},
		{name: netHTTP, command: []string{b.program("nethttp")}, peer: goSDK},
		{name: oursNode, command: node("ours.mjs"), peer: tsSDK},
		{name: tsSDK, command: node("tssdk.mjs"), peer: tsSDK},
		{name: nodeHTTP, command: node("http.mjs"), peer: tsSDK},
		{name: fetch, command: node("fetch.mjs"), peer: tsSDK},
	}
}

// scenario is one row group of the table.
type scenario struct {
	key, title string
	name       string // the contenders' word for it
	path       string
	n          int
	rounds     int
	// whole counts from the process's start to its end.
	whole bool
	// fresh gives every process a home of its own that is empty.
	fresh bool
	unit  unit
	who   []contender
}

// unit turns the time of one operation into what is printed.
type unit struct {
	name string
	of   func(ns float64) float64
}

var (
	milliseconds = unit{"ms", func(ns float64) float64 { return ns / 1e6 }}
	microseconds = unit{"µs", func(ns float64) float64 { return ns / 1e3 }}
	perSecond    = unit{"calls/s", func(ns float64) float64 { return 1e9 / ns }}
)

// perOps is for all of the operations together.
func perOps(n int) unit {
	return unit{"ms", func(ns float64) float64 { return ns * float64(n) / 1e6 }}
}

func (b *bench) scenarios() []scenario {
	all := b.contenders()
	whole := all
	if b.cli != nil {
		whole = append([]contender{{name: oursCLI, command: b.cli, peer: tsSDK, cli: true}}, all...)
	}
	pick := func(quick, full int) int {
		if b.quick {
			return quick
		}
		return full
	}
	flood := pick(25_000, 100_000)
	return []scenario{
		{key: "first", title: "whole process to the first tools/list, first run on a machine", name: "list", path: "/open", n: 1, rounds: pick(1, 3), whole: true, fresh: true, unit: milliseconds, who: without(whole, nodeHTTP, fetch)},
		{key: "later", title: "whole process to the first tools/list, later runs", name: "list", path: "/open", n: 1, rounds: pick(2, 7), whole: true, unit: milliseconds, who: whole},
		{key: "call", title: "sequential tools/call", name: "call", path: "/open", n: pick(400, 1000), rounds: pick(2, 7), unit: microseconds, who: all},
		{key: "flight", title: "tools/call, 32 in flight", name: "flight", path: "/open", n: pick(640, 1600), rounds: pick(1, 3), unit: perSecond, who: all},
		{key: "big", title: "a result of 20 MB", name: "big", path: "/open", n: 20_000_000, rounds: pick(1, 5), unit: milliseconds, who: all},
		{key: "flood", title: fmt.Sprintf("%d notifications on one stream, then the result", flood), name: "flood", path: fmt.Sprintf("/notifications?n=%d", flood), n: flood, rounds: pick(1, 3), unit: perOps(flood), who: all},
	}
}

func without(all []contender, names ...string) (some []contender) {
	for _, c := range all {
		keep := true
		for _, name := range names {
			keep = keep && c.name != name
		}
		if keep {
			some = append(some, c)
		}
	}
	return some
}
