package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
)

// report is all that a run found out.
type report struct {
	Rows   []row  `json:"rows"`
	Module module `json:"module"`
	Aims   []aim  `json:"aims"`
	note   string
}

func (r *report) row(key string) *row {
	for i := range r.Rows {
		if r.Rows[i].Key == key {
			return &r.Rows[i]
		}
	}
	return &row{}
}

func (r *report) write(file string) error {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(text, '\n'), 0o644)
}

// failed says that something did not run.
func (r *report) failed() bool {
	failed := len(r.Module.Errors) > 0
	for _, row := range r.Rows {
		for _, s := range row.Series {
			failed = failed || s.Error != ""
		}
	}
	return failed
}

const caption = `Headfast beside the SDKs and bare HTTP, on %s/%s with %d processors.
One server (host/demo) over loopback, path /open: stateless Streamable HTTP of 2026-07-28, which both SDKs
negotiate themselves (the TypeScript SDK with versionNegotiation auto). The bare ones send the one request.
Every sample is a process of its own, and contenders take turns. "ratio" is of times: each round's to the
SDK of the same language (the CLI's: to the TypeScript SDK's), and of those the median. "peak" is the most
memory resident in any round.

`

func (r *report) print(w io.Writer) {
	fmt.Fprintf(w, caption, runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	if r.note != "" {
		fmt.Fprintf(w, "%s\n\n", r.note)
	}
	for i := range r.Rows {
		r.Rows[i].print(w)
	}
	r.Module.print(w)
	fmt.Fprintf(w, "%-66s %10s %10s\n", "aims, as ratios of this run", "aim", "got")
	for _, a := range r.Aims {
		a.print(w)
	}
}

func (r *row) print(w io.Writer) {
	fmt.Fprintf(w, "%-54s %9s %9s %7s %9s", r.Title, r.Unit, "best", "ratio", "peak")
	if r.flood {
		fmt.Fprintf(w, " %6s", "lost")
	}
	fmt.Fprintln(w)
	for i := range r.Series {
		r.line(w, &r.Series[i])
	}
	fmt.Fprintln(w)
}

func (r *row) line(w io.Writer, s *series) {
	if s.Error != "" {
		fmt.Fprintf(w, "  %-24s FAILED: %s\n", s.Name, s.Error)
		return
	}
	times := s.times()
	best := times[0]
	for _, t := range times {
		best = min(best, t)
	}
	fmt.Fprintf(w, "  %-52s %9s %9s %7.2f %6d MB", s.Name, short(r.unit.of(median(times))), short(r.unit.of(best)),
		r.ratio(s.Name, s.Peer), s.peak()/1000)
	if r.flood {
		fmt.Fprintf(w, " %6d", s.lost())
	}
	fmt.Fprintln(w)
}

// short prints three digits or all before the point.
func short(v float64) string {
	switch {
	case v < 10:
		return strconv.FormatFloat(v, 'f', 2, 64)
	case v < 100:
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return strconv.FormatFloat(v, 'f', 0, 64)
}

func (m *module) print(w io.Writer) {
	fmt.Fprintf(w, "module: %.2f MB, %.3f MB in brotli (quality 11)\n", float64(m.Raw)/1e6, float64(m.Brotli)/1e6)
	fmt.Fprintf(w, "%-30s %12s %12s %9s %14s %16s\n", "", "first compile", "compile", "start", "an empty step", "a step of a call")
	for _, name := range []string{compiler, interpreter, inNode, inChromium} {
		s, measured := m.Steps[name]
		if !measured {
			continue
		}
		fmt.Fprintf(w, "  %-28s %12s %12s %9s %14s %16s\n", name, ms(s.ColdNS), ms(s.CompileNS), ms(s.StartNS), ns(s.EmptyNS), ns(s.CallNS))
	}
	for _, err := range m.Errors {
		fmt.Fprintln(w, "  FAILED:", err)
	}
	fmt.Fprintln(w)
}

func ms(ns float64) string {
	if ns == 0 {
		return "-"
	}
	return short(ns/1e6) + " ms"
}

func ns(v float64) string {
	if v == 0 {
		return "-"
	}
	return fmt.Sprintf("%.0f ns", v)
}

func (a *aim) print(w io.Writer) {
	verdict := "MISSED"
	if a.Met {
		verdict = "met"
	}
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', a.digits, 64) + a.unit }
	got := number(a.Got)
	if a.Got < 0 {
		got = "-"
	}
	fmt.Fprintf(w, "  %-64s %10s %10s  %s\n", a.Text, "<= "+number(a.Limit), got, verdict)
}
