package host

import (
	"errors"
	"testing"
)

// TestBatchLine: what cmd.exe reads, and what it is not given.
func TestBatchLine(t *testing.T) {
	const begin = `"C:\Windows\System32\cmd.exe" /e:on /v:off /d /s /c "`
	for want, args := range map[string][]string{
		`"C:\n\npx.cmd""`:                                      nil,
		`"C:\n\npx.cmd" "-y" "a b" """`:                        {"-y", "a b", ""},
		`"C:\n\npx.cmd" "https://h/?a=1&b=2|x<y>^!""`:          {"https://h/?a=1&b=2|x<y>^!"},
		`"C:\n\npx.cmd" "C:\dir\\" "\\\\""`:                    {`C:\dir\`, `\\`},
		`"C:\n\npx.cmd" "a""b" "\\""" "%%cd:~,%PATH%%cd:~,%""`: {`a"b`, `\"`, "%PATH%"},
	} {
		got, err := batchLine(`C:\Windows\System32\cmd.exe`, `C:\n\npx.cmd`, args)
		if err != nil || got != begin+want {
			t.Errorf("%q: %s, %v", args, got, err)
		}
	}
	for _, bad := range []string{"a\nb", "\r", "\x00"} {
		if line, err := batchLine("cmd.exe", "x.bat", []string{"ok", bad}); !errors.Is(err, errBatch) {
			t.Errorf("%q is handed over: %s", bad, line)
		}
	}
	for path, want := range map[string]bool{`C:\x\npx.CMD`: true, "a.bat": true, "a.exe": false, "cmd": false,
		"x.bat.": true, "x.bat ": true, "x.CMD. . ": true, `C:\x.bat\a.exe`: false, "x.bat.exe": false, `C:\a.bat\y. `: false} {
		if isBatch(path) != want {
			t.Errorf("%s", path)
		}
	}
}
