#!/bin/sh
# Checks the types of the widget, which its comments say, by TypeScript's compiler. `make lint` calls it.
#
# Nobody who runs or tests Lectern needs Node.js; where npm is not installed one line says what was left out. Where CI is
# set that is a failure: there nobody reads the line.
set -eu
cd "$(dirname "$0")"

if ! npm --version >/dev/null 2>&1; then
    echo "lectern: the widget's types are not checked: npm is not installed (Debian: apt-get install npm)." >&2
    [ -z "${CI:-}" ] || exit 1
    exit 0
fi

wanted="$(cksum < package-lock.json)"
if [ "$(cat node_modules/.lectern 2>/dev/null)" != "$wanted" ]; then
    npm ci --silent
    printf '%s\n' "$wanted" > node_modules/.lectern
fi
node_modules/.bin/tsc --project .
