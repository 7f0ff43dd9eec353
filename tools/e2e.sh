#!/usr/bin/env bash
# e2e.sh VIGIE [--only WORDS]: the real program with a small synthetic Marseille, in a real headless Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."
vigie=$1
work=$(mktemp -d)
server=
trap 'kill $server 2>/dev/null || true; wait $server 2>/dev/null || true; rm -rf "$work"' EXIT
"$vigie" simulate --days 400 --events 40000 --seed 5 --out "$work/sources" >/dev/null
echo "port-de-marseille-2026" > "$work/password"
"$vigie" init --data "$work/data" --synthetic --population "$work/sources/population.csv" --account admin --password-file "$work/password" >/dev/null
# The data-protection officer's role sees every screen that exists.
"$vigie" passwd --data "$work/data" essai --role dpo --password-file "$work/password" >/dev/null
for pair in logbook:police_logbook fire:fire_interventions tickets:tickets reports:resident_reports noise:noise_alerts tows:tows; do
  "$vigie" import --data "$work/data" --source "config/sources/marseille_${pair%%:*}.toml" "$work/sources/${pair#*:}.csv" >/dev/null
done
"$vigie" serve --data "$work/data" --port 0 --quiet > "$work/out" 2> "$work/log" &
server=$!
for _ in $(seq 200); do
  grep -q http "$work/out" && break
  kill -0 $server 2>/dev/null || { cat "$work/log" >&2; exit 1; }
  sleep 0.1
done
base=$(sed -n 's/.*\(http:[^ ]*\).*/\1/p' "$work/out")
node tests/e2e/run.mjs --base "$base" --user essai --password port-de-marseille-2026 "${@:2}"
