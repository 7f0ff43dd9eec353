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
printf '%s\0' "${files[@]}" | xargs -0 -n 4 -P "$(nproc)" clang-tidy -p build/tidy --quiet --warnings-as-errors='*' 2>/dev/null
echo "clang-tidy: ${#files[@]} files, nothing to say"
