#!/usr/bin/env bash
# Builds every fuzz target with clang, libFuzzer and sanitizers and runs each for a number of seconds. usage: fuzz.sh SECONDS
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
cmake --preset fuzz >/dev/null
cmake --build --preset fuzz --target fuzz_targets
for target in build/fuzz/fuzz/*_fuzz; do
  name=$(basename "$target")
  corpus=build/fuzz/corpus/$name
  mkdir -p "$corpus"
  echo "casus: $name for $seconds s"
  seeds=()
  [ -d "fuzz/corpus/$name" ] && seeds=("fuzz/corpus/$name")
  log=build/fuzz/$name.log
  status=0
  "$target" -max_total_time="$seconds" -max_len=65536 -timeout=10 -rss_limit_mb=1024 -verbosity=0 -print_final_stats=1 \
    -artifact_prefix=build/fuzz/ "$corpus" "${seeds[@]}" >"$log" 2>&1 || status=$?
  grep -E 'ERROR|SUMMARY|Test unit written|number_of_executed_units' "$log" || true
  [ "$status" = 0 ] || { echo "casus: $name found something: $log" >&2; exit 1; }
done
echo "casus: fuzzing found nothing"
