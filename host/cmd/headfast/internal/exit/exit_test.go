package exit

import (
	"testing"

	"github.com/headfast/headfast/wasm/problem"
)

func TestEveryProblemHasAnExitCode(t *testing.T) {
	listed := map[int]bool{}
	for _, m := range All {
		listed[m.Code] = true
	}
	for _, m := range problem.All {
		code, ok := byProblem[m.Code]
		if !ok || code == Done || !listed[code] {
			t.Errorf("%s (%s) has no exit code of the table: %d", m.Code, m.Text, code)
		}
	}
	if len(byProblem) != len(problem.All) {
		t.Errorf("%d problems are mapped, %d are listed", len(byProblem), len(problem.All))
	}
}

func TestOf(t *testing.T) {
	for problemCode, want := range map[string]int{
		"HF101": 5, "HF102": 3, "HF103": 6, "HF104": 6, "HF105": 4, "HF107": 4, "HF108": 4, "HF109": 4, "HF110": 4, "HF111": 4,
		"HF112": 7, "HF113": 7, "HF114": 7, "HF115": 7, "HF116": 7, "HF117": 7, "HF118": 4, "HF119": 7, "HF120": 3,
		"HF130": 5, "HF132": 5, "HF135": 5, "HF136": 3, "HF138": 3,
		"HF200": 3, "HF201": 3, "HF206": 3, "HF301": 2, "HF302": 130, "HF900": 1, "HF999": 1, "": 1,
	} {
		if got := Of(problemCode); got != want {
			t.Errorf("%s: %d, want %d", problemCode, got, want)
		}
	}
}
