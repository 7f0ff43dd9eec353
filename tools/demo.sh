#!/usr/bin/env bash
# demo.sh VIGIE PORT CHECK: a synthetic Marseille, made once under build/demo, served on 127.0.0.1:PORT.
# CHECK=yes: probes the page and the interface, then stops, with a status. ./run test does it too.
set -euo pipefail
cd "$(dirname "$0")/.."
vigie=$1 port=$2 check=$3
say() { printf '\033[1m== %s\033[0m\n' "$*"; }
demo=build/demo
data=$demo/data
# Two years that end yesterday would change at each run; the demo's end is fixed so that everybody sees the same city.
days=730 events=300000 seed=13

if [ ! -e "$demo/ready" ]; then
  rm -rf "$demo"
  mkdir -p "$demo"
  say "inventing a Marseille: $events facts over $days days"
  "$vigie" simulate --days $days --events $events --seed $seed --out "$demo/sources"
  printf 'phare-du-planier-%s\n' "$(od -An -N6 -tx1 /dev/urandom | tr -d ' \n')" > "$demo/password"
  chmod 600 "$demo/password"
  "$vigie" init --data "$data" --synthetic --population "$demo/sources/population.csv" --account admin --password-file "$demo/password"
  "$vigie" passwd --data "$data" demo --role analyst --password-file "$demo/password"
  for pair in logbook:police_logbook fire:fire_interventions tickets:tickets reports:resident_reports noise:noise_alerts tows:tows; do
    "$vigie" import --data "$data" --source "config/sources/marseille_${pair%%:*}.toml" "$demo/sources/${pair#*:}.csv"
  done
  touch "$demo/ready"
fi

"$vigie" serve --data "$data" --port "$port" --quiet > "$demo/serve.out" 2> "$demo/serve.log" &
server=$!
trap 'kill $server 2>/dev/null || true; wait $server 2>/dev/null || true' EXIT
base=http://127.0.0.1:$port
for _ in $(seq 100); do
  grep -q 'http' "$demo/serve.out" && break
  kill -0 $server 2>/dev/null || { cat "$demo/serve.log" >&2; exit 1; }
  sleep 0.1
done
say "Vigie répond sur $base   identifiant : demo (analyste) ou admin   mot de passe : $(cat "$demo/password")"
if [ "$check" = yes ]; then
  node tools/probe_demo.mjs "$base" demo "$demo/password"
  exit
fi
echo "Ctrl-C pour arrêter."
trap 'kill $server 2>/dev/null || true' INT TERM
wait $server || true
