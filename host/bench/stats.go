package main

import (
	"math"
	"slices"
)

// median is NaN for nothing.
func median(of []float64) float64 {
	if len(of) == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(of))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}

func (r *row) series(name string) *series {
	for i := range r.Series {
		if r.Series[i].Name == name {
			return &r.Series[i]
		}
	}
	return &series{}
}

// ratio compares neighbours: in each round our time with that of the fastest of the others, and of these
// the median.
func (r *row) ratio(name string, others ...string) float64 {
	var ratios []float64
	for i, ours := range r.series(name).Samples {
		best := math.Inf(1)
		for _, other := range others {
			if theirs := r.series(other).Samples; i < len(theirs) {
				best = min(best, theirs[i].NS)
			}
		}
		if !math.IsInf(best, 1) {
			ratios = append(ratios, ours.NS/best)
		}
	}
	return median(ratios)
}

func (s *series) times() (ns []float64) {
	for _, one := range s.Samples {
		ns = append(ns, one.NS)
	}
	return ns
}

// peak and lost are the most of any round.
func (s *series) peak() (kb int) {
	for _, one := range s.Samples {
		kb = max(kb, one.PeakKB)
	}
	return kb
}

func (s *series) lost() (n int) {
	for _, one := range s.Samples {
		n = max(n, one.Lost)
	}
	return n
}
