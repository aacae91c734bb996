#!/usr/bin/env bash
# Makes sure that /usr/bin/python3 has FastAPI and uvicorn: Debian's, which a pyenv does not shadow there.
set -euo pipefail
here() { /usr/bin/python3 -c 'import fastapi, uvicorn'; }

if ! here 2>/dev/null; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "The report's server needs FastAPI and uvicorn for /usr/bin/python3: install them (Debian: sudo apt-get install python3-fastapi uvicorn)" >&2
    exit 1
  fi
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends python3-fastapi uvicorn; } >&2
  here
fi
