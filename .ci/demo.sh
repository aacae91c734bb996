#!/usr/bin/env bash
# The report's case: a server with an API key, its .mcp.json, the right key and a wrong one, and beside each
# what the server saw. Everything it starts ends with it.
set -euo pipefail
headfast=$PWD/dist/headfast
work=$(mktemp -d)
"$headfast" demo-server --port 0 --json >"$work/server.json" 2>"$work/server.log" &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 100); do [ -s "$work/server.json" ] && break; sleep 0.05; done
url=$(node -p 'JSON.parse(require("fs").readFileSync(process.argv[1])).url' "$work/server.json")

config() {
  cat >"$work/.mcp.json" <<JSON
{
  "mcpServers": {
    "test-server-http": {
      "type": "http",
      "url": "$url/mcp",
      "headers": {
        "X-API-Key": "$1"
      }
    }
  }
}
JSON
}

show() {
  local before code=0
  before=$(wc -l <"$work/server.log")
  printf '\n\033[1m%s\033[0m\n$ headfast %s\n' "$1" "$2"
  # shellcheck disable=SC2086 # the words of the command line
  (cd "$work" && "$headfast" $2) 2>&1 || code=$?
  printf '(exit %s)\n' "$code"
  sleep 0.1
  if [ "$(wc -l <"$work/server.log")" -gt "$before" ]; then
    printf '  What the server saw:\n'
    tail -n "+$((before + 1))" "$work/server.log" | sed 's/^/    /'
  else
    printf '  The server saw nothing.\n'
  fi
}

export HEADFAST_NO_WARM=1
[ -t 1 ] && export CLICOLOR_FORCE=1
printf '\nA server with an API key at %s, and the .mcp.json of the report:\n' "$url"
config test-key-12345
sed 's/^/    /' "$work/.mcp.json"
show "What would be sent, and why" "explain test-server-http"
show "The right key" "tools test-server-http --trust"
config wrong-key-00000000000000
show "A wrong key" "tools test-server-http --trust"
if grep -qE '/\.well-known/|/register' "$work/server.log"; then
  printf '\nOAuth was begun: this is a defect.\n'
  exit 1
fi
printf '\nNo /.well-known/ and no /register in the log: the configured key was used, and nothing else was tried.\n'
