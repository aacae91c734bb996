package translate

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"os"
	"path/filepath"
	"testing"

	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/dialect"
	"golang.org/x/tools/txtar"
)

// FuzzEntry: whatever the file that an entry comes from, and the one that it is put into, there is an answer or a typed
// problem; and the edits fit the file.
func FuzzEntry(f *testing.F) {
	for i, d := range dialect.All {
		paths, _ := filepath.Glob(filepath.Join(sources, d.ID, "*.txtar"))
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			text := txtar.Parse(data).Files[0].Data
			f.Add(uint8(i), uint8(i+1), text, text)
		}
	}
	f.Fuzz(func(t *testing.T, from, to uint8, text, into []byte) {
		source, target := dialect.All[int(from)%len(dialect.All)], dialect.All[int(to)%len(dialect.All)]
		file, e := config.Read(source, "f", text)
		if e != nil {
			return
		}
		for _, entry := range file.Entries[:min(len(file.Entries), 3)] {
			out, e := Entry(entry, target, "g", into)
			if e != nil {
				if e.Title == "" {
					t.Error("refused without words")
				}
				continue
			}
			if _, ok := msg.ApplyEdits(into, out.Edits); !ok || out.Text == "" {
				t.Errorf("%+v", out)
			}
		}
	})
}
