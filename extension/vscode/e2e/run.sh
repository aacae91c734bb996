#!/usr/bin/env bash
# Packs the extension, puts it into a real VS Code and uses it there. Prints "N passed, M failed". Words choose some hosts
# and scenarios: run.sh desktop servers.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
CHROMIUM=$("$here/../../../web/e2e/ensure-chromium.sh")
HEADFAST_VSCODE=$("$here/install.sh")
export CHROMIUM HEADFAST_VSCODE
(cd "$here/.." && npm run --silent package)
exec node "$here/main.mjs" "$@"
