#!/usr/bin/env bash
# large_file_bench.sh [GB (5)]: `vigie import` of one CSV file far larger than memory, with the 22 columns that a city portal gives (about 210
# bytes a line, as Chicago's own download). Prints the highest resident memory (goal: 512 MB at most, whatever the size) and the rate,
# beside reading the same file with `wc -l`.
set -euo pipefail
cd "$(dirname "$0")/.."
gigabytes=${1:-5}
vigie=build/release/vigie
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "a-file-larger-than-memory" > "$work/password"
"$vigie" init --data "$work/data" --city config/cities/chicago.toml --account bench --password-file "$work/password" > /dev/null
awk -v bytes="$gigabytes" 'BEGIN {
  srand(7); bytes *= 1e9
  split("THEFT,BATTERY,ASSAULT,CRIMINAL DAMAGE,NARCOTICS", kinds, ",")
  print "id,case_number,date,block,iucr,type,description,location,arrest,domestic,beat,district,ward,area,fbi,x,y,year,updated,lat,lon,note"
  for (i = 0; written < bytes; i++) {
    day = int(i / 3000)  # eight thousand days at 5 GB, in the order of time, as such files come
    line = sprintf("%d,JA%06d,%04d-%02d-%02dT%02d:%02d,%03dXX W EXAMPLE ST,%04d,%s,\"$500 AND UNDER, FROM BUILDING\",RESIDENTIAL YARD (FRONT/BACK),%s,false,%04d,%03d,%d,%d,%02d,%d,%d,%d,02/10/2018 03:50:01 PM,%.6f,%.6f,none", \
      10000000 + i, i % 1000000, 2001 + int(day / 336), int(day % 336 / 28) + 1, day % 28 + 1, 24 * rand(), 60 * rand(), 100 * rand(), 1000 * rand(), \
      kinds[int(5 * rand()) + 1], rand() < 0.2 ? "true" : "false", 2500 * rand(), 25 * rand(), 50 * rand(), 77 * rand(), 26 * rand(), \
      1100000 + 100000 * rand(), 1800000 + 100000 * rand(), 2001 + int(day / 336), 41.65 + 0.37 * rand(), -87.85 + 0.32 * rand())
    written += length(line) + 1
    print line
  }
}' > "$work/large.csv"
sed -e 's/^column = "t"/column = "date"/' -e 's/^"BATTERY".*/&\n"NARCOTICS" = "drug_dealing"/' config/sources/chicago.toml > "$work/large.toml"

size=$(stat -c %s "$work/large.csv")
started=$(date +%s.%N)
lines=$(( $(wc -l < "$work/large.csv") - 1 ))
read_s=$(awk -v a="$started" -v b="$(date +%s.%N)" 'BEGIN { print b - a }')
started=$(date +%s.%N)
/usr/bin/env python3 - "$vigie" import --data "$work/data" --source "$work/large.toml" --json "$work/large.csv" > "$work/answer" <<'PY'
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stderr=subprocess.DEVNULL)
print("peak_kb", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(done.returncode)
PY
import_s=$(awk -v a="$started" -v b="$(date +%s.%N)" 'BEGIN { print b - a }')
cat "$work/answer"
peak=$(awk '/^peak_kb/ { print $2 }' "$work/answer")
awk -v size="$size" -v lines="$lines" -v r="$read_s" -v s="$import_s" -v peak="$peak" 'BEGIN {
  printf "file      %.2f GB, %d rows\n", size / 1e9, lines
  printf "wc -l     %.1f s\n", r
  printf "import    %.1f s, %.0f rows/s, %.0f MB/s, %.1f times wc -l\n", s, lines / s, size / 1e6 / s, s / r
  printf "peak      %.0f MB resident (goal 512)\n", peak * 1024 / 1e6
  exit peak * 1024 > 512e6
}'
du -sh "$work/data" | cut -f1 | sed 's/^/folder    /'
