#!/usr/bin/env bash
# Lays DuckDB 1.4.4 (library and C header) under third_party/duckdb, checked against pinned hashes.
# The packages are kept in ${VIGIE_CACHE:-~/.cache/vigie}, so that a second clone fetches nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
cache=${VIGIE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vigie}
target=third_party/duckdb
stamp=$target/.duckdb-1.4.4-r.4

# The registry has no r.4 for arm64; r.3 packs the same DuckDB 1.4.4.
case "$(uname -m)" in
  x86_64) library=@duckdb/node-bindings-linux-x64@1.4.4-r.4 ;;
  aarch64) library=@duckdb/node-bindings-linux-arm64@1.4.4-r.3 ;;
  *) echo "fetch_duckdb: no DuckDB library for $(uname -m); x86_64 and aarch64 are supported" >&2; exit 1 ;;
esac
header=duckdb@1.4.4
declare -A integrity=(
  [@duckdb/node-bindings-linux-x64@1.4.4-r.4]='jBTL/WvfwxLToFa/pVHfT6elMtltJGnc3wSuxZD9OfMltit9YUdVFS37vBFQzXMT1Z8OWjtSjMh+zPKxOwHLHA=='
  [@duckdb/node-bindings-linux-arm64@1.4.4-r.3]='qF2/WhB+i+8is60RrpTY/5ZnywIUayuBiVXSuQ4rrRn1m1gvfKqPvjySbiDjYgQo/6OXu/fax0KC1gXnNWoLEA=='
  [duckdb@1.4.4]='hEJJ5hyVF0VLj3dmOLpsWrQR0b3d4Ykqtygm6iUXjHJDDnSqg/USKxcb5qvNrOhFYPgktayU6dXCtgPqcmmpog=='
)

[ -e "$stamp" ] && exit 0
fetch() {  # package -> path of its checked archive
  local package=$1 file wanted found
  file=$cache/$(tr -c 'A-Za-z0-9.\n' '_' <<<"$package").tgz
  wanted=${integrity[$package]}
  if [ ! -e "$file" ]; then
    mkdir -p "$cache"
    local work
    work=$(mktemp -d "$cache/fetch.XXXXXX")
    (cd "$work" && npm pack --silent "$package" >/dev/null)
    mv "$work"/*.tgz "$file"
    rmdir "$work"
  fi
  found=$(openssl dgst -sha512 -binary "$file" | openssl base64 -A)
  if [ "$found" != "$wanted" ]; then
    rm -f "$file"
    echo "fetch_duckdb: $package does not have the pinned hash; nothing was installed" >&2
    exit 1
  fi
  printf '%s\n' "$file"
}
library_file=$(fetch "$library")
header_file=$(fetch "$header")
mkdir -p "$target"
tar xzf "$library_file" -C "$target" --strip-components=1 package/libduckdb.so
tar xzf "$header_file" -C "$target" --strip-components=5 package/src/duckdb/src/include/duckdb.h
touch "$stamp"
