#!/usr/bin/env bash
# Reads examples/ into demo.db and shows what was found. usage: demo.sh CASUS [--quiet]
set -euo pipefail
cd "$(dirname "$0")/.."
casus=$1
echo "casus: reading examples/ into demo.db" >&2
status=0
"$casus" add demo.db examples/ || status=$?
# 3 says that some pages were refused and listed; the others are kept.
[ "$status" = 0 ] || [ "$status" = 3 ] || exit "$status"
[ "${2:-}" = --quiet ] && exit 0
"$casus" find demo.db --limit 200
echo
echo "casus: the record is demo.db. To open it in a browser: ./$casus serve demo.db   (or: make web)"
