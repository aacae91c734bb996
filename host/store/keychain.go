package store

import (
	"encoding/json"
	"errors"
	"io/fs"
)

// Keychain keeps values in dir as File does, encrypted: AES-256-GCM under a random key that the OS keychain holds for
// service. So they may be of any length: Windows has a credential of 2560 bytes at most, and security(1) on macOS a
// line of 4095. What File kept in dir is read too, and is encrypted when it is kept again. Where the keychain is
// locked, denied or gone, calls that need the key fail with msg.FailLocked.
func Keychain(service, dir string) Store { return sealed(newFolder(dir), service, osRing{}) }

func sealed(f *folder, service string, r ring) *files {
	v := &vault{folder: f, service: service, ring: r, wait: patienceWithPerson, slot: make(chan struct{}, 1)}
	return &files{folder: f, sealer: v, name: "the OS keychain"}
}

// marker is the file that says under which name the keychain holds the folder's key. A folder that has one is
// encrypted.
const marker = "keychain.json"

type mark struct {
	Format int    `json:"format"`
	Item   string `json:"item"`
}

// marked says whether a folder's key is in a keychain. A file that cannot be read may say so.
func marked(f *folder) bool {
	_, err := f.read(marker)
	return !errors.Is(err, fs.ErrNotExist)
}

// item reads the marker. Its errors are errNoKey, ErrDamaged, ErrNewer and the operating system's.
func (v *vault) item() (string, error) {
	data, err := v.folder.read(marker)
	if errors.Is(err, fs.ErrNotExist) {
		return "", errNoKey
	}
	var m mark
	switch {
	case err != nil:
		return "", err
	case json.Unmarshal(data, &m) != nil || m.Format < 1:
		return "", ErrDamaged
	case m.Format > format:
		return "", ErrNewer
	}
	return m.Item, nil
}

// setItem writes the marker, and sets aside one that is damaged.
func (v *vault) setItem(item string) error {
	data, err := json.Marshal(mark{Format: format, Item: item})
	if err != nil {
		return err
	}
	_, old := v.item()
	return v.folder.replace(marker, append(data, '\n'), errors.Is(old, ErrDamaged))
}
