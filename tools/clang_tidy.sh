#!/usr/bin/env bash
# clang_tidy.sh all | diff [BASE]: clang-tidy on every source, or on those that changed since BASE (default: main).
set -euo pipefail
cd "$(dirname "$0")/.."
case "${1:-}" in
  all) mapfile -t files < <(git ls-files 'src/*.cpp') ;;
  diff) mapfile -t files < <(git diff --name-only --diff-filter=d "${2:-main}" -- 'src/*.cpp'; git ls-files -o --exclude-standard 'src/*.cpp') ;;
  *) sed -n 2p "$0"; exit 2 ;;
esac
[ ${#files[@]} -gt 0 ] || { echo "clang-tidy: nothing to look at"; exit 0; }
# The precompiled header is g++'s: a database without it is made for clang.
cmake --preset dev -B build/tidy -DVIGIE_PCH=OFF -DVIGIE_TESTS=OFF -DVIGIE_WEB=off >/dev/null
cmake --build build/tidy --target vigie_web_assets >/dev/null
tidy() { xargs -0 -r -n 1 -P "$(nproc)" clang-tidy -p build/tidy --quiet --extra-arg=-Wno-unknown-warning-option --warnings-as-errors='*' "$@" 2>/dev/null; }
plain=()
coroutines=()
for file in "${files[@]}"; do
  if grep -q 'co_spawn' "$file"; then coroutines+=("$file"); else plain+=("$file"); fi
done
failed=0
[ ${#plain[@]} = 0 ] || printf '%s\0' "${plain[@]}" | tidy || failed=1
# Asio's coroutines are beyond the analyser of version 14: it reports null pointers inside Boost's own headers.
[ ${#coroutines[@]} = 0 ] || printf '%s\0' "${coroutines[@]}" | tidy --checks='-clang-analyzer-*' || failed=1
[ $failed = 0 ] && echo "clang-tidy: ${#files[@]} files, nothing to say"
