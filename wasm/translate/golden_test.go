package translate

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/dialect"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what is said into the vectors; read them afterwards")

// TestTranslateVectors: each file of testdata/translate is a configuration with one entry, and for each client what that becomes
// there, with its losses. Nothing that is called a canary is in any of them.
func TestTranslateVectors(t *testing.T) {
	paths, _ := filepath.Glob("../testdata/translate/*.txtar")
	if len(paths) == 0 {
		t.Fatal("no vectors")
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { vector(t, path) })
	}
}

func vector(t *testing.T, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	from := archive.Files[0]
	file, e := config.Read(dialect.Guess(from.Name, from.Data), from.Name, from.Data)
	if e != nil || len(file.Entries) != 1 {
		t.Fatal("a vector has one entry", e)
	}
	got := []txtar.File{from}
	for _, d := range dialect.All {
		got = append(got, txtar.File{Name: d.ID, Data: []byte(said(file.Entries[0], d))})
	}
	if strings.Contains(string(txtar.Format(&txtar.Archive{Files: got[1:]})), "canary") {
		t.Error("a key is copied")
	}
	text := txtar.Format(&txtar.Archive{Comment: archive.Comment, Files: got})
	if *update {
		if err := os.WriteFile(path, text, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want, _ := os.ReadFile(path); string(want) != string(text) {
		t.Errorf("got\n%s", text)
	}
}

// said is what an entry becomes, as a vector has it.
func said(entry *config.Entry, d *config.Dialect) string {
	out, e := Entry(entry, d, "", nil)
	if e != nil {
		return "refused: " + e.Title + "\n"
	}
	s := out.Text
	for _, l := range out.Losses {
		s += "loss " + strconv.Itoa(int(l.Where.Line)) + ":" + strconv.Itoa(int(l.Where.Column)) + " " + l.Text + "\n"
	}
	return s
}
