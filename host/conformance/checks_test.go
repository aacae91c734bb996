package conformance

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// check is one entry of the suite's checks.json.
type check struct {
	ID, Name, Status, Description, ErrorMessage string

	Details any
}

func (c check) String() string {
	details, _ := json.Marshal(c.Details)
	return fmt.Sprintf("%s %s (%s): %s %s %s", c.Status, c.ID, c.Name, c.Description, c.ErrorMessage, details)
}

// readChecks reads the checks.json that the suite wrote below dir.
func readChecks(dir string) ([]check, error) {
	text, err := result(dir, "checks.json")
	if err != nil {
		return nil, err
	}
	var checks []check
	if err := json.Unmarshal(text, &checks); err != nil {
		return nil, fmt.Errorf("checks.json: %w", err)
	}
	return checks, nil
}

// result reads a file that the suite wrote below dir: in a folder SCENARIO-TIME, and a scenario's name may have a
// slash. That there is none, or that there are two, is an error.
func result(dir, name string) ([]byte, error) {
	var paths []string
	for _, folder := range []string{"*", "*/*"} {
		found, err := filepath.Glob(filepath.Join(dir, folder, name))
		if err != nil {
			return nil, err
		}
		paths = append(paths, found...)
	}
	if len(paths) != 1 {
		return nil, fmt.Errorf("the suite wrote %d %s, not one", len(paths), name)
	}
	return os.ReadFile(paths[0])
}

// gate gives all that is wrong with a run's checks, nothing if the scenario is passed. It is stricter than the
// suite, which takes a scenario without any check for passed: every need has to be there as SUCCESS.
func gate(needs []required, checks []check) []string {
	var wrong []string
	passed := map[required]bool{}
	for _, c := range checks {
		switch c.Status {
		case "SUCCESS":
			passed[required{id: c.ID}], passed[required{c.ID, c.Name}] = true, true
		case "SKIPPED", "INFO":
		default:
			wrong = append(wrong, c.String())
		}
	}
	if len(passed) == 0 {
		wrong = append(wrong, "no check is a SUCCESS")
	}
	for _, n := range needs {
		if !passed[n] {
			wrong = append(wrong, fmt.Sprintf("the required check %s is not there as SUCCESS", n))
		}
	}
	return wrong
}
