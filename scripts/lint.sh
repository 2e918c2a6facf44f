#!/usr/bin/env bash
# Formatting of all C++ files, and clang-tidy over the sources of the rooms. usage: lint.sh [--format-only]
set -euo pipefail
cd "$(dirname "$0")/.."
git ls-files '*.h' '*.cc' | xargs -r clang-format-14 --dry-run -Werror
echo "casus: formatting is right"
[ "${1:-}" = --format-only ] && exit 0
# clang-tidy needs the compile commands and the files that the build generates.
cmake --preset release >/dev/null
cmake --build --preset release -j "$(nproc)"
# Tests are left out: gtest's macros trip several checks and the tests do not ship.
# The compile commands are g++'s: clang does not know all its warning switches.
git ls-files 'src/casus/*.cc' | grep -v -e _test.cc -e /tools/ -e /testing/ -e _dev.cc |
  xargs -r -P "$(nproc)" -n 4 clang-tidy-14 --quiet -p build/release --extra-arg=-Wno-unknown-warning-option 2>/dev/null
echo "casus: clang-tidy is content"
