#!/usr/bin/env bash
# Installs a build tree into a temporary folder and builds the example program against it by CMake and by pkg-config; each must
# find the event that stands in its text. usage: run.sh BUILD_DIR THIS_DIR COMPILER [SANITIZERS]
set -euo pipefail
build=$1 here=$2 compiler=$3 sanitize=${4:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
flags=${sanitize:+-fsanitize=$sanitize}
cmake --install "$build" --prefix "$work/installed" >"$work/log" || { cat "$work/log"; exit 1; }
export CASUS_DATA=$work/installed/share/casus

cmake -S "$here" -B "$work/build" -DCMAKE_PREFIX_PATH="$work/installed" -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_CXX_FLAGS="$flags" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
cmake --build "$work/build" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
"$work/build/consumer" | tee "$work/cmake.out"
grep -q '^CONSULT .*Macron' "$work/cmake.out"

library=$(dirname "$(find "$work/installed" -name casus.pc)")
flags_pc=$(PKG_CONFIG_PATH="$library" pkg-config --cflags --libs casus)
"$compiler" -std=c++20 $flags "$here/main.cc" $flags_pc -o "$work/by_pkg_config"
"$work/by_pkg_config" | diff "$work/cmake.out" -
echo "both consumers found the same events"
