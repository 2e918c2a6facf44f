#!/usr/bin/env bash
# Measures casus beside its peers in one run on one core and writes bench/RESULTS.md. usage: bench.sh CASUS
# Peers are installed from PyPI into .cache/bench once.
set -euo pipefail
cd "$(dirname "$0")/.."
venv=.cache/bench
if [ ! -e $venv/ready ]; then
  echo "casus: installing the peers (trafilatura, spaCy) into $venv" >&2
  python3 -m venv $venv
  $venv/bin/pip install -q --disable-pip-version-check -r bench/peers.txt
  touch $venv/ready
fi
exec $venv/bin/python bench/run.py "$1" "${@:2}"
