package main

import "math"

// aim is a bound that this run meets or misses.
type aim struct {
	Text  string  `json:"text"`
	Limit float64 `json:"limit"`
	Got   float64 `json:"got"`
	Met   bool    `json:"met"`
	// digits after the point, and what follows.
	digits int
	unit   string
}

// aims compares the report with what is aimed at. What was not measured is not met.
func aims(r *report) []aim {
	cli := oursCLI
	if len(r.row("later").series(cli).Samples) == 0 {
		cli = oursGo
	}
	ratio := func(text, key string, limit float64, ours string, others ...string) aim {
		return aim{Text: text, Limit: limit, Got: r.row(key).ratio(ours, others...), digits: 2, unit: " x"}
	}
	step := func(text, engine string, limit float64, of func(steps) float64) aim {
		return aim{Text: text, Limit: limit, Got: of(r.Module.Steps[engine]) / 1e3, digits: 1, unit: " µs"}
	}
	empty := func(s steps) float64 { return s.EmptyNS }
	call := func(s steps) float64 { return s.CallNS }
	list := []aim{
		ratio("sequential call, headless, of the Go SDK's", "call", 0.65, oursGo, goSDK),
		ratio("sequential call, headless, of bare net/http's", "call", 1.5, oursGo, netHTTP),
		ratio("sequential call in Node, of the TypeScript SDK's", "call", 0.45, oursNode, tsSDK),
		ratio("notifications, headless, of the better SDK's", "flood", 0.3, oursGo, goSDK, tsSDK),
		ratio("notifications in Node, of the better SDK's", "flood", 0.3, oursNode, goSDK, tsSDK),
		{Text: "notifications lost", Limit: 0, Got: lost(r), unit: ""},
		ratio("20 MB result, headless, of the better SDK's", "big", 1, oursGo, goSDK, tsSDK),
		ratio("20 MB result in Node, of the better SDK's", "big", 1, oursNode, goSDK, tsSDK),
		ratio("process to the first list, later runs, of the TypeScript SDK's", "later", 0.4, cli, tsSDK),
		ratio("process to the first list, first run, of the TypeScript SDK's", "first", 1.2, cli, tsSDK),
		{Text: "module, brotli", Limit: 0.95, Got: float64(r.Module.Brotli) / 1e6, digits: 3, unit: " MB"},
		step("an empty step in wazero", compiler, 10, empty),
		step("an empty step in Node", inNode, 2, empty),
		step("a step of a call in wazero", compiler, 10, call),
		step("a step of a call in Node", inNode, 2, call),
	}
	for i := range list {
		a := &list[i]
		a.Met = a.Got <= a.Limit && (a.Got > 0 || a.Limit == 0)
		if math.IsNaN(a.Got) {
			a.Got = -1
		}
	}
	return list
}

// lost is the most that either of ours lost; NaN if one was not measured.
func lost(r *report) float64 {
	f := r.row("flood")
	if len(f.series(oursGo).Samples) == 0 || len(f.series(oursNode).Samples) == 0 {
		return math.NaN()
	}
	return float64(max(f.series(oursGo).lost(), f.series(oursNode).lost()))
}
