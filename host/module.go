package host

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"sync"
)

// module is the core, built by build.sh from ../wasm. It is not in git: run ./build.sh once.
//
//go:embed headfast.wasm
var module []byte

// ModuleSHA256 is the hash of the embedded module in hexadecimal, as in dist/manifest.json: the same bytes
// run in Node, in browsers and here.
var ModuleSHA256 = sync.OnceValue(func() string {
	sum := sha256.Sum256(module)
	return hex.EncodeToString(sum[:])
})
