package conformance

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed scenarios.txt
var scenariosText string

// scenario is one block of scenarios.txt.
type scenario struct {
	name string
	// revisions are those to run it at.
	revisions []string
	// forced runs it although the suite has it for no revision.
	forced bool
	needs  []required
}

// required is a check that must be there as SUCCESS; name is empty where any name will do.
type required struct{ id, name string }

func (r required) String() string {
	if r.name == "" {
		return r.id
	}
	return r.id + "=" + r.name
}

// scenarioList is all of scenarios.txt.
type scenarioList struct {
	scenarios []scenario
	// without are prefixes of scenarios that nothing is claimed of.
	without []string
}

// readStatement parses scenarios.txt. The error names the line.
func readStatement() (*scenarioList, error) {
	s := &scenarioList{}
	number := 0
	for line := range strings.Lines(scenariosText) {
		number++
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		if err := s.add(words[0], words[1:]); err != nil {
			return nil, fmt.Errorf("scenarios.txt:%d: %w", number, err)
		}
	}
	return s, nil
}

func (s *scenarioList) add(verb string, words []string) error {
	if len(words) == 0 {
		return fmt.Errorf("%s says nothing", verb)
	}
	switch verb {
	case "without":
		s.without = append(s.without, words...)
		return nil
	case "scenario":
		s.scenarios = append(s.scenarios, scenario{name: words[0]})
		return nil
	}
	if len(s.scenarios) == 0 {
		return fmt.Errorf("%s comes before a scenario", verb)
	}
	return s.scenarios[len(s.scenarios)-1].add(verb, words)
}

func (s *scenario) add(verb string, words []string) error {
	switch verb {
	case "at":
		s.forced = slices.Contains(words, "forced")
		s.revisions = slices.DeleteFunc(words, func(w string) bool { return w == "forced" })
	case "needs":
		for _, word := range words {
			id, name, _ := strings.Cut(word, "=")
			s.needs = append(s.needs, required{id, name})
		}
	default:
		return fmt.Errorf("%q is not known", verb)
	}
	return nil
}
