package gitindex

import (
	"crypto/sha1"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// git runs a command of git in a folder: the tests may, the product does not.
func git(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "protocol.file.allow=always"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}

func write(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
}

func check(t *testing.T, want bool, path ...string) {
	t.Helper()
	if got := Tracks(filepath.Join(path...)); got != want {
		t.Errorf("%s: %v", filepath.Join(path...), got)
	}
}

// TestTracks: files of a repository, of a worktree and of a submodule, each of which has its own index.
func TestTracks(t *testing.T) {
	dir := t.TempDir()
	check(t, false, dir, ".mcp.json")
	repo, tree := filepath.Join(dir, "repo"), filepath.Join(dir, "tree")
	for _, name := range []string{".mcp.json", "deep/.vscode/mcp.json", "not/.mcp.json"} {
		write(t, filepath.Join(repo, filepath.FromSlash(name)))
	}
	git(t, repo, "init", "-q")
	git(t, repo, "add", ".mcp.json", "deep")
	check(t, true, repo, ".mcp.json")
	check(t, true, repo, "deep", ".vscode", "mcp.json")
	check(t, false, repo, "not", ".mcp.json")
	check(t, false, repo, "deep", "none.json")
	git(t, repo, "commit", "-q", "-m", "x")
	git(t, repo, "worktree", "add", "-q", tree)
	write(t, filepath.Join(tree, "own.json"))
	check(t, true, tree, ".mcp.json")
	check(t, false, tree, "own.json")
	over := filepath.Join(dir, "over")
	write(t, filepath.Join(over, "x"))
	git(t, over, "init", "-q")
	git(t, over, "submodule", "--quiet", "add", repo, "sub")
	check(t, true, over, "sub", ".mcp.json")
	for _, version := range []string{"3", "4"} {
		git(t, repo, "update-index", "--index-version", version)
		check(t, true, repo, "deep", ".vscode", "mcp.json")
	}
}

// TestBroken: an index that cannot be read says nothing.
func TestBroken(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, ".mcp.json"))
	git(t, dir, "init", "-q")
	git(t, dir, "add", ".mcp.json")
	path := filepath.Join(dir, ".git", "index")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for cut := range len(whole) {
		if err := os.WriteFile(path, whole[:cut], 0o644); err != nil {
			t.Fatal(err)
		}
		check(t, false, dir, ".mcp.json")
		broken := append([]byte(nil), whole...)
		broken[cut] ^= 0xff
		if err := os.WriteFile(path, broken, 0o644); err != nil {
			t.Fatal(err)
		}
		Tracks(filepath.Join(dir, ".mcp.json"))
	}
	if err := os.RemoveAll(filepath.Join(dir, ".git")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, ".git"), []byte("gitdir: nowhere\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	check(t, false, dir, ".mcp.json")
}

// TestManyFiles: a large index is read, in each version, and one whose checksum git has left out.
func TestManyFiles(t *testing.T) {
	dir := t.TempDir()
	var list strings.Builder
	const hash = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
	for i := range 20000 {
		list.WriteString("100644 " + hash + "\tsrc/" + strconv.Itoa(i%97) + "/" + strings.Repeat("d", i%200) + strconv.Itoa(i) + ".go\n")
	}
	list.WriteString("100644 " + hash + "\tzz/" + strings.Repeat("l", 5000) + "/.mcp.json\n")
	list.WriteString("100644 " + hash + "\tzz/.mcp.json\n")
	write(t, filepath.Join(dir, "zz", ".mcp.json"))
	git(t, dir, "init", "-q")
	add := exec.Command("git", "update-index", "--index-info")
	add.Dir, add.Stdin = dir, strings.NewReader(list.String())
	if out, err := add.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, version := range []string{"2", "3", "4"} {
		git(t, dir, "update-index", "--index-version", version)
		check(t, true, dir, "zz", ".mcp.json")
		check(t, false, dir, ".mcp.json")
	}
	path := filepath.Join(dir, ".git", "index")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	clear(text[len(text)-sha1.Size:])
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
	check(t, true, dir, "zz", ".mcp.json")
}

// TestBomb: an index of a megabyte that stands for gigabytes of names costs what it weighs.
func TestBomb(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, ".mcp.json"))
	if err := os.Mkdir(filepath.Join(dir, ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	const entries = 6000
	body := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("DIRC"), 4), entries)
	body = append(append(body, make([]byte, fixed+1)...), ".mcp.json/"+strings.Repeat("a", 1_000_000)+"\x00"...)
	for i := range entries - 1 {
		body = append(append(body, make([]byte, fixed)...), 1, byte('b'+i%20), 0)
	}
	sum := sha1.Sum(body)
	if err := os.WriteFile(filepath.Join(dir, ".git", "index"), append(body, sum[:]...), 0o644); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	check(t, false, dir, ".mcp.json")
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 32<<20 {
		t.Errorf("%d bytes are allocated", n)
	}
}
