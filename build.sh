#!/usr/bin/env bash
# Builds, shows and tests Headfast. See ./build.sh help.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export GOFLAGS="-buildvcs=false -trimpath ${GOFLAGS:-}"

help() {
  cat <<'TEXT'
Usage: ./build.sh [COMMAND]

  build        everything into dist/ (the default): headfast, headfast.wasm, wasm_exec.js,
               manifest.json, headfast.vsix, web/, schemas/
  demo         the report's case in ten seconds: a server, its .mcp.json, the right key, a wrong key
  test         install what the tests need, then run every test
  test quick   the inner loop: vet, unit tests and vectors, no browser, no editor, no peers
  soak [TIME]  a thousand sessions in one client for ten minutes, or as given: memory, losses, errors
  bench        our figures beside the peers', measured in one run
  clean        remove what was built
  help         this

It needs Go (the version in go.mod or newer), Node 20 or newer, and git.
TEXT
}

say() { printf '\n\033[1m%s\033[0m\n' "$*" >&2; }

need() {
  local missing=()
  for tool in go node npm git; do command -v "$tool" >/dev/null || missing+=("$tool"); done
  [ ${#missing[@]} -eq 0 ] && return
  echo "Headfast needs ${missing[*]}: install Go from https://go.dev/dl and Node 20 or newer from https://nodejs.org" >&2
  exit 1
}

# Packages that no hot path goes through are compiled without inlining: the module is 45 kB of brotli
# smaller for it.
cold="fmt reflect encoding/json encoding/base32 os syscall time io io/fs path syscall/js bufio sort errors context
  unicode strconv sync internal/sync internal/poll internal/godebug internal/bisect internal/reflectlite internal/abi
  internal/fmtsort internal/oserror internal/testlog internal/filepathlite internal/syscall/execenv internal/stringslite
  github.com/philhofer/fwd github.com/tidwall/pretty github.com/tidwall/match github.com/tinylib/msgp/msgp
  github.com/headfast/headfast/jsbridge/msg github.com/headfast/headfast/wasm/config github.com/headfast/headfast/wasm/resolve
  github.com/headfast/headfast/wasm/edit github.com/headfast/headfast/wasm/translate github.com/headfast/headfast/wasm/lint
  github.com/headfast/headfast/wasm/probe github.com/headfast/headfast/wasm/trust
  github.com/headfast/headfast/wasm/trace github.com/headfast/headfast/wasm/record github.com/headfast/headfast/wasm/problem github.com/headfast/headfast/wasm/weburl
  github.com/headfast/headfast/wasm/oauth github.com/headfast/headfast/wasm/authflow encoding/base64 encoding/hex
  github.com/headfast/headfast/wasm/tree github.com/headfast/headfast/wasm/edit github.com/headfast/headfast/wasm/lint github.com/headfast/headfast/wasm/dialect github.com/headfast/headfast/wasm/session github.com/tidwall/jsonc slices strings bytes internal/strconv github.com/tidwall/gjson
  github.com/pelletier/go-toml/v2/unstable github.com/pelletier/go-toml/v2/internal/characters
  github.com/goccy/go-yaml/token github.com/goccy/go-yaml/ast github.com/goccy/go-yaml/printer github.com/goccy/go-yaml/internal/errors
  github.com/goccy/go-yaml/internal/format github.com/goccy/go-yaml/scanner github.com/goccy/go-yaml/lexer github.com/goccy/go-yaml/parser"

# lean writes dist/lean/go.mod, by which the module is built without encoding/json: that is 75 kB of brotli for two
# functions that are never called, msgp's for extensions that have a JSON form and pretty's for sorted names. Each is
# replaced in a copy; where that does not take, because the library has changed, the build stops.
lean() {
  rm -rf dist/lean && mkdir -p dist/lean
  slim github.com/tinylib/msgp 's/json\.Marshal(e)/[]byte(nil), error(\&ErrUnsupportedType{})/' msgp/json.go msgp/json_bytes.go
  slim github.com/tidwall/pretty 's/json\.Unmarshal(s, &str)/str = string(s)/' pretty.go
  cp go.sum dist/lean/go.sum
  { cat go.mod; for module in msgp pretty; do echo "replace $(sed -n 's/^module //p' "dist/lean/$module/go.mod") => ./dist/lean/$module"; done; } >dist/lean/go.mod
}

# slim MODULE SED FILE… copies a library and edits these files of it, which then need encoding/json no more.
slim() {
  local copy=dist/lean/$(basename "$1") edit=$2 file
  cp -r "$(go list -m -f '{{.Dir}}' "$1")" "$copy" && chmod -R u+w "$copy"
  shift 2
  for file in "$@"; do
    sed -i.orig -e "$edit" -e '/^[[:space:]]*"encoding\/json"$/d' "$copy/$file"
    if cmp -s "$copy/$file" "$copy/$file.orig"; then
      echo "$copy/$file has changed: see lean in build.sh" >&2
      exit 1
    fi
    rm "$copy/$file.orig"
  done
}

# module FILE builds the wasm module; the same sources give the same bytes.
module() {
  local flags=() package
  lean
  for package in $cold; do flags+=("-gcflags=$package=-l"); done
  GOOS=js GOARCH=wasm go build -modfile=dist/lean/go.mod "${flags[@]}" -ldflags='-s -w' -o "$1" ./wasm
  go run ./jsbridge/unline "$1"
}

wasm() {
  mkdir -p dist
  module dist/headfast.wasm
  cmp -s dist/headfast.wasm host/headfast.wasm || cp dist/headfast.wasm host/headfast.wasm
  install -m 644 "$(go env GOROOT)/lib/wasm/wasm_exec.js" dist/wasm_exec.js
  node .ci/manifest.mjs dist/headfast.wasm jsbridge/msg/schema_gen.go "$(go env GOVERSION)" dist/manifest.json
}

cli() { go build -ldflags='-s -w' -o dist/headfast ./host/cmd/headfast; }

# modules DIR installs a folder's npm packages when its lock file has changed.
modules() {
  local key
  key=$(cksum <"$1/package-lock.json")
  [ "$(cat "$1/node_modules/.headfast-lock" 2>/dev/null)" = "$key" ] && return
  (cd "$1" && npm ci --no-audit --no-fund --loglevel=error)
  mkdir -p "$1/node_modules" && echo "$key" >"$1/node_modules/.headfast-lock"
}

npm_build() { modules "$1" && (cd "$1" && npm run --silent "$2"); }

build() {
  say "module"; wasm
  say "command line"; cli; ls -l dist/headfast | awk '{print $5" bytes dist/headfast"}'
  say "npm package"; npm_build jsbridge/ts build
  say "VS Code extension"; npm_build extension/vscode package
  say "page"; npm_build web build
  say "JSON Schemas"; mkdir -p dist/schemas; cp host/schemas/*.schema.json dist/schemas/
}

demo() {
  say "building the module and the command line"
  wasm && cli
  exec .ci/demo.sh
}

clean() { rm -rf dist host/headfast.wasm jsbridge/ts/dist extension/vscode/dist extension/vscode/dist-test web/dist; }

need
case "${1:-build}" in
  build) build ;;
  demo) demo ;;
  test)
    if [ "${2:-}" = quick ]; then say "module"; wasm; cli; npm_build jsbridge/ts build; else build; fi
    exec .ci/test.sh "${2:-all}"
    ;;
  soak) wasm; exec nice -n 10 go test ./host/faults -run 'TestSoak$' -soak "${2:-10m}" -timeout 0 -count 1 -v ;;
  bench) build; cd host/bench; exec go run . "${@:2}" ;;
  module) module "$2" ;;
  clean) clean ;;
  help | -h | --help) help ;;
  *) help >&2; exit 2 ;;
esac
