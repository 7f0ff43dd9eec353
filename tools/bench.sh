#!/usr/bin/env bash
# bench.sh [NAME...]: runs build/release/bench/<NAME>_bench (all of them without NAME), one after the other.
set -euo pipefail
cd "$(dirname "$0")/.."
names=("$@")
[ ${#names[@]} -gt 0 ] || mapfile -t names < <(cd bench && ls ./*_bench.cpp ./*_bench.sh 2>/dev/null | sed 's|./||; s|_bench\..*||' | sort -u)
for name in "${names[@]}"; do
  printf '\n\033[1m== %s\033[0m\n' "$name"
  if [ -e "bench/${name}_bench.sh" ]; then
    "bench/${name}_bench.sh"
  else
    "build/release/bench/${name}_bench"
  fi
done
