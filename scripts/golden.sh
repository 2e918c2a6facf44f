#!/usr/bin/env bash
# Compares (or with --update rewrites) the golden files of examples/. usage: golden.sh CASUS [--update]
set -euo pipefail
cd "$(dirname "$0")/.."
exec python3 tests/golden/golden.py "$1" . "${@:2}"
