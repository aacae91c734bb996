package translate

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/dialect"
	"golang.org/x/tools/txtar"
)

const sources = "../testdata/dialects"

// source is an entry of a dialect's vector.
type source struct {
	name  string
	entry *config.Entry
}

// entries are those of all dialects' vectors that can be read.
func entries(t testing.TB) (all []source) {
	t.Helper()
	for _, d := range dialect.All {
		paths, _ := filepath.Glob(filepath.Join(sources, d.ID, "*.txtar"))
		if len(paths) == 0 {
			t.Fatal("no vectors of " + d.ID)
		}
		for _, path := range paths {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			file, e := config.Read(d, archive.Files[0].Name, archive.Files[0].Data)
			if e != nil {
				continue
			}
			for _, entry := range file.Entries {
				all = append(all, source{d.ID + "/" + strings.TrimSuffix(filepath.Base(path), ".txtar") + "/" + entry.Name, entry})
			}
		}
	}
	return all
}
