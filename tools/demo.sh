#!/usr/bin/env bash
# demo.sh VIGIE PORT CHECK: a synthetic Marseille, made once under build/demo, served on 127.0.0.1:PORT, and six sources that go on
# living: their bytes come over HTTP, over MQTT (a broker of the demo's own) and as files dropped into a folder.
# CHECK=yes: probes the page and the interface, then stops, with a status. ./run test does it too.
set -euo pipefail
cd "$(dirname "$0")/.."
vigie=$1 port=$2 check=$3
say() { printf '\033[1m== %s\033[0m\n' "$*"; }
demo=build/demo
data=$demo/data
# Two years that end yesterday would change at each run; the demo's end is fixed so that everybody sees the same city.
days=730 events=300000 seed=13

export VIGIE_KEYS=$demo/keys  # the inbox's key: not in the data folder

if [ ! -e "$demo/ready-live" ]; then
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
  "$vigie" source add --data "$data" config/live/*.toml
  for source in $("$vigie" source list --data "$data" --json | grep -o '"source":"[a-z_]*"' | cut -d'"' -f4); do
    printf '%s = %s\n' "$source" "$("$vigie" source token --data "$data" "$source" --label démonstration 2>/dev/null)"
  done > "$demo/tokens"
  chmod 600 "$demo/tokens"
  touch "$demo/ready-live"
fi

drop=$PWD/$demo/drop mqtt_port=$((port + 1)) running=()
stop_all() {
  local process
  for process in "${running[@]}"; do kill "$process" 2>/dev/null || true; done
  for process in "${running[@]}"; do wait "$process" 2>/dev/null || true; done
}
trap stop_all EXIT
mkdir -p "$drop"/marseille_{tickets,resident_reports}
printf '[inbox]\ndrop_folder = "%s"\n' "$drop" > "$demo/serve.toml"
mosquitto=$(command -v mosquitto || echo /usr/sbin/mosquitto)
if [ -x "$mosquitto" ]; then
  printf 'listener %s 127.0.0.1\nallow_anonymous true\npersistence false\n' "$mqtt_port" > "$demo/mosquitto.conf"
  "$mosquitto" -c "$demo/mosquitto.conf" > "$demo/mosquitto.log" 2>&1 &
  running+=($!)
  printf '[mqtt]\nhost = "127.0.0.1"\nport = %s\nclient_id = "vigie-demo"\n' "$mqtt_port" >> "$demo/serve.toml"
else
  say "sans courtier MQTT (paquet mosquitto) : ni bruit ni caméras en direct"
fi

"$vigie" serve --data "$data" --config "$demo/serve.toml" --port "$port" --quiet > "$demo/serve.out" 2> "$demo/serve.log" &
server=$!
running=("$server" "${running[@]}")
base=http://127.0.0.1:$port
for _ in $(seq 100); do
  grep -q 'http' "$demo/serve.out" && break
  kill -0 $server 2>/dev/null || { cat "$demo/serve.log" >&2; exit 1; }
  sleep 0.1
done
say "Vigie répond sur $base   identifiant : demo (analyste) ou admin   mot de passe : $(cat "$demo/password")"
# What the door refuses, shown once a run: a face in a camera's message, a column « nom », a contract that has ended.
stream() { "$vigie" stream --url "$base" --tokens "$demo/tokens" --drop "$drop" "$@" >> "$demo/stream.out" 2>> "$demo/stream.log"; }
live=(--seed "$(date +%s)")
[ ! -x "$mosquitto" ] || live+=(--mqtt "127.0.0.1:$mqtt_port")
printf 'id,signale_le,theme,lon,lat\nSIG-1,2026-01-02T01:21+01:00,Tag,5.395772,43.285903\n' > "$drop/marseille_resident_reports/apres-le-terme.csv"
stream "${live[@]}" --sources tickets --rate 1 --minutes 0.02 --fault new_column || true
faults=()
[ ! -x "$mosquitto" ] || faults=(--fault face_id)
stream "${live[@]}" --speed 300 "${faults[@]}" &
running+=($!)
if [ "$check" = yes ]; then
  sleep 5
  node tools/probe_demo.mjs "$base" demo "$demo/password"
  exit
fi
echo "Ctrl-C pour arrêter."
trap stop_all INT TERM
wait "$server" || true
