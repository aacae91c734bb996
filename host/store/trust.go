package store

import "path/filepath"

// trustFolder is where agreements are, below the folder of the sign-ins that is named, or beside the usual one.
const trustFolder = "trust"

// Trust keeps what a person has agreed to, as File does: there is no secret in it, so that no keychain is asked, and
// only its owner can write it. It is in the folder "trust" of dir, or, where dir is empty, beside DefaultDir.
func Trust(dir string) (Store, error) {
	if dir == "" {
		accounts, err := DefaultDir()
		if err != nil {
			return nil, err
		}
		dir = filepath.Dir(accounts)
	}
	s := plainly(newFolder(filepath.Join(dir, trustFolder)))
	s.what = "the agreement"
	return s, nil
}
