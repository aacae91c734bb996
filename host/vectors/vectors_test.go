package vectors

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/jsbridge/msg"
)

var (
	update = flag.Bool("update", false, "write the native core's effects into the vectors")
	only   = flag.String("runner", "", "run in this runner only: native, compiler, interpreter, node or chromium")
)

const (
	dir  = "../../wasm/testdata/vectors"
	dist = "../../dist"
)

func load(t *testing.T) []*Vector {
	t.Helper()
	all, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Fatal("there are no vectors")
	}
	return all
}

// moduleSHA256 is the hash in the manifest, after a look that it is that of the module.
func moduleSHA256(t *testing.T) string {
	t.Helper()
	var manifest struct{ SHA256 string }
	data, err := os.ReadFile(filepath.Join(dist, "manifest.json"))
	if err == nil {
		err = json.Unmarshal(data, &manifest)
	}
	if err != nil {
		t.Fatalf("%v; run ./build.sh first", err)
	}
	module, err := os.ReadFile(filepath.Join(dist, "headfast.wasm"))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(module)
	if got := hex.EncodeToString(sum[:]); got != manifest.SHA256 || got != host.ModuleSHA256() {
		t.Fatalf("dist/headfast.wasm is %s, the manifest says %s, host embeds %s; run ./build.sh", got, manifest.SHA256, host.ModuleSHA256())
	}
	return manifest.SHA256
}

// runners starts those that are asked for. A test that cannot have one fails: a skip would go unseen.
func runner(t *testing.T, name string) Runner {
	t.Helper()
	var r Runner
	var err error
	module, goRuntime := filepath.Join(dist, "headfast.wasm"), filepath.Join(dist, "wasm_exec.js")
	built := "../../jsbridge/ts/dist"
	switch name {
	case "native":
		r = Native{}
	case "compiler":
		r = Wazero{Engine: host.Compiler}
	case "interpreter":
		r = Wazero{Engine: host.Interpreter}
	case "node":
		r, err = StartNode(filepath.Join(built, "vector-runner.mjs"), module, goRuntime)
	case "chromium":
		r, err = StartChromium(browser(), filepath.Join(built, "vector-page.js"), module, goRuntime)
	}
	if err != nil {
		t.Fatalf("%s does not start: %v; ./build.sh test installs what it needs", name, err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

func browser() string {
	if b := os.Getenv("HEADFAST_CHROMIUM"); b != "" {
		return b
	}
	return "/usr/bin/chromium"
}

func TestVectors(t *testing.T) {
	all := load(t)
	if *update {
		updateAll(t, all)
		return
	}
	sha := moduleSHA256(t)
	for _, name := range []string{"native", "compiler", "interpreter", "node", "chromium"} {
		if *only != "" && *only != name {
			continue
		}
		t.Run(name, func(t *testing.T) {
			r := runner(t, name)
			passed := 0
			for _, v := range all {
				if _, err := Check(r, v); err != nil {
					t.Error(err)
					continue
				}
				passed++
			}
			mustFail(t, r, all[0])
			t.Logf("%s: %d of %d vectors, module sha256 %s", r.Name(), passed, len(all), sha)
		})
	}
}

// mustFail shows that a runner's comparison can fail: one byte of one expected effect is changed.
func mustFail(t *testing.T, r Runner, v *Vector) {
	t.Helper()
	changed := *v
	changed.Steps = append([]Step(nil), v.Steps...)
	last := &changed.Steps[len(changed.Steps)-1]
	last.Want = strings.Replace(last.Want, "<", ">", 1)
	if _, err := Check(r, &changed); err == nil {
		t.Errorf("%s: %s passes with a changed byte in what it expects", r.Name(), v.Name)
	}
}

func updateAll(t *testing.T, all []*Vector) {
	for _, v := range all {
		got, err := Check(Native{}, v)
		if len(got) != len(v.Steps) {
			t.Fatal(err)
		}
		if err := v.Update(got); err != nil {
			t.Fatal(err)
		}
	}
}

// TestSplit feeds every vector again with each body cut into single bytes: how the bytes arrive must not
// matter.
func TestSplit(t *testing.T) {
	for _, v := range load(t) {
		cut := *v
		cut.Steps = append([]Step(nil), v.Steps...)
		for i := range cut.Steps {
			cut.Steps[i].Batch.Inputs = single(cut.Steps[i].Batch.Inputs)
		}
		if _, err := Check(Native{}, &cut); err != nil {
			t.Error(err)
		}
	}
}

func single(inputs []msg.Input) []msg.Input {
	var out []msg.Input
	for _, in := range inputs {
		if in.Body == nil || len(in.Body.Data) > 1<<16 {
			out = append(out, in)
			continue
		}
		for i := range in.Body.Data {
			out = append(out, msg.Input{Body: &msg.Body{ID: in.Body.ID, Data: in.Body.Data[i : i+1]}})
		}
	}
	return out
}
