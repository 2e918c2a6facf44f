#!/usr/bin/env bash
# Measures the parser beside spaCy and UDPipe 1 in one run on one core; writes its table into bench/RESULTS.md.
# usage: bench_language.sh CASUS. Peers come from PyPI into .cache/bench once; UDPipe 1 is trained once (an hour or so).
set -euo pipefail
cd "$(dirname "$0")/.."
venv=.cache/bench
[ -d $venv ] || python3 -m venv $venv
if [ ! -e $venv/language-ready ]; then
  echo "casus: installing the peers (spaCy, UDPipe) into $venv" >&2
  $venv/bin/pip install -q --disable-pip-version-check -r bench/language_peers.txt
  touch $venv/language-ready
fi
if [ ! -e $venv/udpipe-en.model ] && [ -z "${WITHOUT_UDPIPE:-}" ]; then
  echo "casus: training UDPipe 1 on the English treebanks, once (WITHOUT_UDPIPE=1 leaves it out)" >&2
  $venv/bin/python bench/language.py --train-udpipe
fi
exec $venv/bin/python bench/language.py "$1"
