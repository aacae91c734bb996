#!/usr/bin/env bash
# Builds the page and uses it in Chromium. Prints "N passed, M failed".
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
CHROMIUM=$("$here/ensure-chromium.sh")
export CHROMIUM
(cd "$here/.." && npm run --silent build)
exec node "$here/main.mjs"
