package testbed

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// CurlCommand is one of the commands that headfast exports, with the status that its request was answered with: "000"
// where it was not.
type CurlCommand struct{ Text, Status string }

var answered = regexp.MustCompile(`^# \d+\. .*answered (\d{3}) in`)

// CurlCommands are those of an export; a request that was not sent has none.
func CurlCommands(text string) (all []CurlCommand) {
	for _, block := range strings.Split(strings.TrimSuffix(text, "\n"), "\n\n") {
		status := "000"
		if m := answered.FindStringSubmatch(block); m != nil {
			status = m[1]
		}
		if strings.Contains(block, "\ncurl ") {
			all = append(all, CurlCommand{block, status})
		}
	}
	return all
}

// Headline is its first line, which says what the request was.
func (c CurlCommand) Headline() string {
	first, _, _ := strings.Cut(c.Text, "\n")
	return first
}

// curlrc prints the status and nothing else, and ends a stream that has no end.
const curlrc = "silent\noutput = /dev/null\nwrite-out = \"%{http_code}\"\nmax-time = 2\nnoproxy = \"*\"\n"

// curl is the path of one, installed where that is possible.
var curl = sync.OnceValues(func() (string, error) {
	if err := Command(".", top+"/host/internal/testbed/ensure-curl.sh"); err != nil {
		return "", err
	}
	return exec.LookPath("curl")
})

// Run has a shell run the command as it was printed, with these variables, and gives the status.
func (c CurlCommand) Run(t *testing.T, values map[string]string) (status string) {
	t.Helper()
	Need(t, curl)
	home := t.TempDir()
	if err := os.WriteFile(filepath.Join(home, ".curlrc"), []byte(curlrc), 0o600); err != nil {
		t.Fatal(err)
	}
	sh := exec.CommandContext(t.Context(), "/bin/sh", "-u")
	sh.Stdin, sh.Dir = strings.NewReader(c.Text+"\n"), home
	sh.Env = []string{"PATH=" + os.Getenv("PATH"), "CURL_HOME=" + home, "HOME=" + home}
	for name, value := range values {
		sh.Env = append(sh.Env, name+"="+value)
	}
	out, err := sh.Output() // curl fails where there is no answer, or the stream has no end
	if len(out) == 0 {
		t.Fatalf("%v\n%s", err, c.Text)
	}
	return string(out)
}
