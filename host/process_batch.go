package host

import (
	"errors"
	"strings"
)

// errBatch says that a Windows batch file cannot be given an argument.
var errBatch = errors.New(`it is a batch file, to which an argument with a line break cannot be handed over safely`)

// isBatch says that Windows has cmd.exe interpret the file. npx.cmd and its like are such, and so is "x.bat. ": Windows
// passes over dots and spaces at the end of a name (CVE-2024-43402).
func isBatch(path string) bool {
	path = strings.ToLower(strings.TrimRight(path, ". "))
	return strings.HasSuffix(path, ".bat") || strings.HasSuffix(path, ".cmd")
}

// batchLine is the command line that has cmd.exe run a batch file. os/exec quotes as C programs read it, which
// cmd.exe does not: an argument such as a&calc.exe would start a program (CVE-2024-24576 and its like, "BatBadBut").
// So each word stands in quotes, where cmd.exe takes all characters as they are. A quote is doubled, which cmd.exe and
// the program behind both read as one quote and never as the end; a percent sign is followed by a variable that is
// always empty, so that no %NAME% is left; backslashes before a quote are doubled. Rust's standard library does so.
// /d has no AutoRun commands, /e:on and /v:off fix what the registry may say otherwise, /s takes only the outer quotes.
func batchLine(shell, path string, args []string) (string, error) {
	var line strings.Builder
	line.WriteString(`"` + shell + `" /e:on /v:off /d /s /c "`)
	for i, word := range append([]string{path}, args...) {
		if strings.ContainsAny(word, "\r\n\x00") {
			return "", errBatch
		}
		if i > 0 {
			line.WriteByte(' ')
		}
		line.WriteString(batchWord(word))
	}
	line.WriteByte('"')
	return line.String(), nil
}

func batchWord(word string) string {
	var out strings.Builder
	out.WriteByte('"')
	slashes := 0
	for i := range len(word) {
		switch c := word[i]; c {
		case '\\':
			slashes++
			out.WriteByte(c)
			continue
		case '"':
			out.WriteString(strings.Repeat(`\`, slashes) + `""`)
		case '%':
			out.WriteString("%%cd:~,%")
		default:
			out.WriteByte(c)
		}
		slashes = 0
	}
	out.WriteString(strings.Repeat(`\`, slashes) + `"`)
	return out.String()
}
