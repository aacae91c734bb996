#!/usr/bin/env bash
# Prints the path of a Chromium. Installs Debian's where that is possible, else says what to install.
set -euo pipefail
find_chromium() { command -v "${CHROMIUM:-chromium}" || command -v google-chrome; }

if ! find_chromium; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "The browser tests need Chromium: install it (Debian: sudo apt-get install chromium), or name one in CHROMIUM" >&2
    exit 1
  fi
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium; } >&2
  find_chromium
fi
