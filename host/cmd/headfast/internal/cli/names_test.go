package cli

import (
	"reflect"
	"strings"
	"testing"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/wasm/problem"
)

func TestNear(t *testing.T) {
	all := []string{"echo", "get-sum", "get-env", "list_files", "Ωmega", strings.Repeat("x", 100)}
	for typed, want := range map[string][]string{
		"ecko": {"echo"}, "sum": {"get-sum"}, "get-sun": {"get-sum"}, "ECHO": {"echo"}, "listfiles": {"list_files"}, "nothing": nil, "": nil, "ωmga": {"Ωmega"},
	} {
		if got := near(typed, all); !reflect.DeepEqual(got, want) && len(got)+len(want) > 0 {
			t.Errorf("%q: %v", typed, got)
		}
	}
}

func TestFileURI(t *testing.T) {
	for path, want := range map[string]string{
		"/a b/ü": "file:///a%20b/%C3%BC", "C:/Users/x": "file:///C:/Users/x", "//host/share/x": "file://host/share/x", "/": "file:///", "/100%": "file:///100%25",
	} {
		if got := fileURI(path); got != want {
			t.Errorf("%s: %s", path, got)
		}
	}
}

// TestAdvice: every code says what to do.
func TestAdvice(t *testing.T) {
	for _, m := range problem.All {
		if advice[m.Code] == "" {
			t.Errorf("%s has no advice", m.Code)
		}
	}
	if len(advice) != len(problem.All) {
		t.Error("there is advice for a code that is not there")
	}
}

// TestAnswerFlags: a field's name is the server's, and no command of its own.
func TestAnswerFlags(t *testing.T) {
	if got := answerFlags([]*host.ElicitationField{{Name: "name"}, {Name: "x; rm -rf ~"}}); got != "--answer '{…}'" {
		t.Error(got)
	}
}
