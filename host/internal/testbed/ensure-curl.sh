#!/usr/bin/env bash
# Makes sure that there is a curl, by which the printed commands are run.
set -euo pipefail
if ! command -v curl >/dev/null; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "The printed commands need curl: install it (Debian: sudo apt-get install curl)" >&2
    exit 1
  fi
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends curl; } >&2
  command -v curl >/dev/null
fi
