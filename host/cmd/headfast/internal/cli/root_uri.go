package cli

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/headfast/headfast/host"
)

// roots are the folders of --root, for the server.
func roots(folders []string) ([]host.Root, error) {
	var all []host.Root
	for _, folder := range folders {
		path, err := filepath.Abs(folder)
		if err != nil {
			return nil, usage("--root "+folder+" cannot be used: "+err.Error(), "Name a folder.")
		}
		if info, err := os.Stat(path); err != nil || !info.IsDir() {
			return nil, usage("--root "+folder+" is no folder", "Name a folder that is there.")
		}
		all = append(all, host.Root{URI: fileURI(filepath.ToSlash(path)), Name: filepath.Base(path)})
	}
	return all, nil
}

// fileURI is RFC 8089's, of a path with slashes: /a/b, C:/a or //host/share.
func fileURI(path string) string {
	u := url.URL{Scheme: "file", Path: path}
	switch share, isShare := strings.CutPrefix(path, "//"); {
	case isShare:
		u.Host, u.Path, _ = strings.Cut(share, "/")
		u.Path = "/" + u.Path
	case !strings.HasPrefix(path, "/"):
		u.Path = "/" + path
	}
	return u.String()
}
