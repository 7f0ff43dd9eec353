#!/usr/bin/env bash
# fuzz.sh SECONDS [TARGET...]: runs each fuzz target that long on its corpus, starting from the seeds kept in the repository.
# New findings stay in build/fuzz/findings; the seeds in tests/fuzz/corpus are not touched.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=$1; shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(cd tests/fuzz && ls ./*_fuzz.cpp | sed 's|./||; s|\.cpp$||')
findings=$PWD/build/fuzz/findings
mkdir -p "$findings"
failed=()
one() {
  local target=$1 seeds=tests/fuzz/corpus/${1%_fuzz} grown=build/fuzz/corpus/$1 log=build/fuzz/$1.log
  mkdir -p "$grown"
  local folders=("$grown")
  [ ! -d "$seeds" ] || folders+=("$seeds")
  ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 "build/fuzz/tests/fuzz/$target" -max_total_time="$seconds" -timeout=20 \
    -rss_limit_mb=3000 -artifact_prefix="$findings/$target-" -print_final_stats=1 "${folders[@]}" >"$log" 2>&1
}
for target in "${targets[@]}"; do
  if one "$target"; then
    printf '%-28s %12s executions\n' "$target" "$(sed -n 's/^stat::number_of_executed_units: *//p' "build/fuzz/$target.log")"
  else
    printf '%-28s FINDING, see build/fuzz/%s.log\n' "$target" "$target"
    tail -n 40 "build/fuzz/$target.log"
    failed+=("$target")
  fi
done
[ ${#failed[@]} = 0 ]
