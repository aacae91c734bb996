package dialect

import (
	"strings"

	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/tree"
)

// Guess is whose file a text is: by where it lies, else by its format and its top key, else Claude Code's.
func Guess(path string, text []byte) *config.Dialect {
	if d := byPlace(path); d != nil {
		return d
	}
	format := formatOf(path)
	read := map[string]func(*tree.Source) (tree.Node, *tree.Error){"json": tree.JSONC, "toml": tree.TOML, "yaml": tree.YAML}[format]
	if root, err := read(tree.NewSource(path, text)); err == nil {
		for _, d := range All {
			if format == formatFamily(d.Format) && hasTop(d, root) {
				return d
			}
		}
	}
	switch format {
	case "toml":
		return codexCLI
	case "yaml":
		return goose
	}
	return claudeCode
}

// byPlace is the client that looks for a file of this path; of several the one with the longest.
func byPlace(path string) (best *config.Dialect) {
	path = "/" + strings.ReplaceAll(path, `\`, "/")
	length := 0
	for _, d := range All {
		for _, p := range d.Places {
			tail := fixed(p.Path)
			if len(tail) > length && strings.HasSuffix(path, tail) {
				best, length = d, len(tail)
			}
		}
	}
	return best
}

// fixed is the part of a place's path that is the same on every machine, with a slash before it.
func fixed(path string) string {
	if i := strings.LastIndexByte(path, '}'); i >= 0 {
		path = path[i+1:]
	}
	if i := strings.LastIndexByte(path, '*'); i >= 0 {
		path = path[i+1:]
	}
	return "/" + strings.TrimLeft(path, "~/")
}

// formatOf is the format that a path's ending tells, "json" where it tells none.
func formatOf(path string) string {
	switch path = strings.ToLower(path); {
	case strings.HasSuffix(path, ".toml"):
		return "toml"
	case strings.HasSuffix(path, ".yaml"), strings.HasSuffix(path, ".yml"):
		return "yaml"
	}
	return "json"
}

func formatFamily(f config.Format) string {
	switch f {
	case config.TOML:
		return "toml"
	case config.YAML:
		return "yaml"
	}
	return "json"
}

// hasTop says whether a text has the client's own top key.
func hasTop(d *config.Dialect, root tree.Node) bool {
	top, _, _ := strings.Cut(d.Tops[0], ".")
	found, _ := root.Last(top)
	return found != nil
}
