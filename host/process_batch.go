package host

import (
	"errors"
	"strings"
)

// errBatch says that a Windows batch file cannot be given an argument.
var errBatch = errors.New(`it is a batch file, to which an argument with ", % or a line break cannot be handed over safely`)

// isBatch says that Windows has cmd.exe interpret the file. npx.cmd and its like are such.
func isBatch(path string) bool {
	path = strings.ToLower(path)
	return strings.HasSuffix(path, ".bat") || strings.HasSuffix(path, ".cmd")
}

// batchLine is the command line that has cmd.exe run a batch file. os/exec quotes as C programs read it, which
// cmd.exe does not: an argument such as a&calc.exe would start a program (CVE-2024-24576 and its like, "BatBadBut").
// So each word stands in quotes, where cmd.exe takes all characters as they are but for those that are refused; and
// the backslashes before a closing quote are doubled for the program that the batch file hands its words to.
// /d has no AutoRun commands, /e:on and /v:off fix what the registry may say otherwise, /s takes only the outer quotes.
func batchLine(shell, path string, args []string) (string, error) {
	var line strings.Builder
	line.WriteString(`"` + shell + `" /e:on /v:off /d /s /c "`)
	for i, word := range append([]string{path}, args...) {
		if strings.ContainsAny(word, "\"%\r\n\x00") {
			return "", errBatch
		}
		if i > 0 {
			line.WriteByte(' ')
		}
		trailing := len(word) - len(strings.TrimRight(word, `\`))
		line.WriteString(`"` + word + strings.Repeat(`\`, trailing) + `"`)
	}
	line.WriteByte('"')
	return line.String(), nil
}
