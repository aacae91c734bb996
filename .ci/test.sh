#!/usr/bin/env bash
# Runs the test suites that build.sh test asks for, each with its log in dist/logs, and ends with one line:
# "N passed, M failed". A suite that cannot run counts as failed: nothing is skipped in silence.
set -uo pipefail
what=$1
logs=dist/logs
mkdir -p "$logs" dist/artefacts
passed=0 failed=0

# All that the suites put into the system's temporary folder goes into one of this checkout's own, which is removed
# however the run ends. Its name stays the same: Go reuses a test's result only where TMPDIR is what it was. It is
# short, for sockets, and has not the product's name in it, for which tests look.
temporary=${TMPDIR:-/tmp}/hf-test-$(id -u)-$(pwd | cksum | cut -d ' ' -f 1)
trap 'chmod -R u+w "$temporary" 2>/dev/null; rm -rf "$temporary"' EXIT
trap 'exit 130' INT TERM HUP
rm -rf "$temporary"
mkdir -m 700 "$temporary" || exit # another person's, or a link: mkdir follows none

# suite NAME KIND COMMAND… runs one suite; KIND says how its output counts: go, node, lines or exit.
suite() {
  local name=$1 kind=$2 log=$logs/$1.log start=$SECONDS code p=0 f=0
  shift 2
  mkdir "$temporary/$name"
  TMPDIR=$temporary/$name "$@" >"$log" 2>&1
  code=$?
  case $kind in
    go) p=$(grep -cE '^ *--- PASS' "$log") f=$(grep -cE '^ *--- FAIL' "$log") ;;
    node) p=$(sum '^(# |ℹ )pass [0-9]+' "$log") f=$(sum '^(# |ℹ )fail [0-9]+' "$log") ;;
    lines) p=$(sum '^[0-9]+ passed' "$log") f=$(sum '[0-9]+ failed$' "$log") ;;
    exit) [ "$code" = 0 ] && p=1 ;;
  esac
  if [ "$code" != 0 ] && [ "$f" = 0 ]; then f=1; fi
  if [ "$code" = 0 ] && [ "$p" = 0 ]; then f=$((f + 1)); echo "the suite ran no test" >>"$log"; fi
  passed=$((passed + p)) failed=$((failed + f))
  printf '%-22s %5s passed %3s failed  %4ss\n' "$name" "$p" "$f" $((SECONDS - start))
  leftovers "$name" "$f"
  if [ "$f" != 0 ]; then
    printf -- '--- the end of %s\n' "$log"
    { grep -nE -B2 -A12 -- '--- FAIL|^not ok|FAIL |panic:|DATA RACE' "$log" || true; tail -n 40 "$log"; } | tail -n 150
  fi
}

# leftovers NAME FAILED says what a suite left in its temporary folder; where tests failed, logs among it are kept.
leftovers() {
  local left
  left=$(ls -A "$temporary/$1" | tr '\n' ' ')
  rm -rf "$logs/$1.left"
  [ -z "$left" ] && return
  echo "left in the temporary folder, and removed: $left" | tee -a "$logs/$1.log"
  if [ "$2" != 0 ]; then
    mkdir "$logs/$1.left"
    find "$temporary/$1" -name '*.log' -type f -exec cp {} "$logs/$1.left" \;
  fi
}

sum() { grep -oE "$1" "$2" | grep -oE '[0-9]+' | awk '{n += $1} END {print n + 0}'; }

# reproducible builds the module once more, from a copy of the sources in another folder.
reproducible() {
  local copy
  copy=$(mktemp -d)
  git ls-files -z --cached --others --exclude-standard -- go.mod go.sum build.sh wasm jsbridge | xargs -0 cp --parents -t "$copy"
  (cd "$copy" && ./build.sh module second.wasm)
  cmp dist/headfast.wasm "$copy/second.wasm"
  code=$?
  rm -rf "$copy"
  return $code
}

formatted() { [ -z "$(gofmt -l $(git ls-files '*.go') | tee /dev/stderr)" ]; }
packages() { go list ./... | grep -v -e /host/peers -e /host/vectors -e /host/conformance -e /host/faults -e /host/signin -e /wasm/sim; }

# The modules below the first one are built against it, and have files of sums of their own.
all_vetted() {
  local module
  for module in $(git ls-files 'go.mod' '*/go.mod'); do (cd "$(dirname "$module")" && go vet ./...) || return; done
}

# Where it cannot be had, the keychain's tests fail and say what to install.
host/store/ensure-dbus.sh 2>"$logs/dbus.log" || true

suite format exit formatted
# go test would vet once more, and less of it.
export GOFLAGS="${GOFLAGS:-} -vet=off"
if [ "$what" = quick ]; then
  suite vet exit go vet ./...
  suite go-unit go go test -v -short -timeout 3m $(packages)
  suite vectors go go test -v ./host/vectors -run 'TestSplit|TestLedger|TestMusts|TestFaults|TestVectors/(native|compiler|node)'
  suite simulation go go test -v -short ./wasm/sim
else
  suite vet exit all_vetted
  suite reproducible exit reproducible
  suite go-unit go go test -v -race -timeout 8m $(packages)
  suite npm-package node bash -c 'cd jsbridge/ts && npm test'
  suite extension node bash -c 'cd extension/vscode && npm run check && npm test'
  suite page node bash -c 'cd web && npm run check && npm test'
  HEADFAST_CHROMIUM=$(web/e2e/ensure-chromium.sh 2>"$logs/chromium.log") && export HEADFAST_CHROMIUM
  suite vectors go go test -v -timeout 8m ./host/vectors
  suite simulation go go test -v -timeout 8m ./wasm/sim
  suite faults go go test -v -timeout 10m ./host/faults
  suite conformance go go test -v -timeout 10m ./host/conformance
  suite peers go go test -v -timeout 15m ./host/peers/...
  suite signin go go test -v -timeout 10m ./host/signin
  suite chromium lines web/e2e/run.sh
  suite vscode lines extension/vscode/e2e/run.sh
fi

printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
