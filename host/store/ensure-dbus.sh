#!/usr/bin/env bash
# Makes sure that there is a dbus-daemon, on which the tests put a keychain. Elsewhere than on Linux none is needed.
set -euo pipefail
if [ "$(uname -s)" = Linux ] && ! command -v dbus-daemon >/dev/null; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "The keychain's tests need dbus-daemon: install it (Debian: sudo apt-get install dbus-daemon)" >&2
    exit 1
  fi
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends dbus-daemon; } >&2
  command -v dbus-daemon >/dev/null
fi
