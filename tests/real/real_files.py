#!/usr/bin/env python3
"""real_files.py VIGIE [--shared DIR]: every real incident file through the program, recounted by another path.

The program imports each file of ../shared/data/incidents with its shipped city and manifest, and is asked for its counts per month and
category. The same counts are made here with Python's csv and tomllib alone: its own reading of the lines, of the manifest's table of words,
of the calendar month and of the city's box. Read = stored + duplicates + quarantined, to the row; a second import stores nothing.

Exit status: 0 all equal, 1 a difference, 77 the data is not there.
"""

import argparse
import collections
import csv
import io
import json
import lzma
import os
import subprocess
import sys
import tempfile
import tomllib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# city, manifest, file, rows as stated with the data
FILES = [
    ("chicago", "chicago", "chicago_2016_2017", 321_877),
    ("new_york", "nyc", "nyc_2014_2015", 191_580),
    ("montgomery", "montco911", "montco911_2015_2016", 99_477),
    ("portland", "portland_calls", "portland_allcalls_2016_08_10", 55_508),
    ("portland", "portland_burglary", "portland_burglary_2012_2017_02", 5_096),
    ("france", "france_cyclist", "france_cyclist_accidents_2021_2023", 9_365),
    ("france", "france_bdiff", "france_bdiff_fires_1973_2024", 140_247),
]
PLACED = {"france_bdiff_fires_1973_2024": 11_860}  # those of Bouches-du-Rhône, whose communes have polygons; the others: all
SKIPPED = 77


def word_key(table, word):
    """The category of their word: the word itself, else the longest pattern « beginning* » that it begins with."""
    if word in table:
        return table[word]
    begins = [w for w in table if w.endswith("*") and word.startswith(w[:-1])]
    return table[max(begins, key=len)] if begins else None


def independent_counts(text, manifest, box):
    """(counts by (month, category), rows, rows that no box or table admits)"""
    counts, rows, refused = collections.Counter(), 0, 0
    place, category = manifest["place"], manifest["category"]
    for row in csv.DictReader(io.StringIO(text)):
        rows += 1
        if "lon" in place:
            lon, lat = float(row[place["lon"]]), float(row[place["lat"]])
            if not (box["west"] <= lon <= box["east"] and box["south"] <= lat <= box["north"]):
                refused += 1
                continue
        key = category["fixed"] if "fixed" in category else word_key(category["map"], row[category["column"]])
        if key is None:
            refused += 1
            continue
        counts[(row[manifest["time"]["column"]][:7], key)] += 1
    return counts, rows, refused


def run(vigie, *arguments):
    done = subprocess.run([vigie, *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"vigie {' '.join(arguments)}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vigie")
    parser.add_argument("--shared", default=os.environ.get("VIGIE_SHARED", os.path.join(ROOT, "..", "shared")))
    options = parser.parse_args()
    incidents = os.path.join(options.shared, "data", "incidents")
    if not os.path.isdir(incidents):
        print("SKIP: ../shared/data/incidents not found")
        return SKIPPED

    different = 0
    for city, source, name, stated in FILES:
        path = os.path.join(incidents, name + ".csv.xz")
        with lzma.open(path, "rt", encoding="utf-8", newline="") as file:
            text = file.read()
        with open(os.path.join(ROOT, "config", "sources", source + ".toml"), "rb") as file:
            manifest = tomllib.load(file)
        with open(os.path.join(ROOT, "config", "cities", city + ".toml"), "rb") as file:
            box = tomllib.load(file)["box"]
        expected, rows, refused = independent_counts(text, manifest, box)
        with tempfile.TemporaryDirectory() as work:
            data, password = os.path.join(work, "data"), os.path.join(work, "password")
            with open(password, "w", encoding="utf-8") as file:
                file.write("port-de-commerce-2016\n")
            run(options.vigie, "init", "--data", data, "--city", os.path.join(ROOT, "config", "cities", city + ".toml"),
                "--account", "recompte", "--password-file", password)
            import_it = ("import", "--data", data, "--json", "--source", os.path.join(ROOT, "config", "sources", source + ".toml"), path)
            first = json.loads(run(options.vigie, *import_it))
            again = json.loads(run(options.vigie, *import_it))
            by = {dimensions: json.loads(run(options.vigie, "query", "counts", "--data", data, "--by", dimensions, "--json"))["rows"]
                  for dimensions in ("month,category", "hour_of_week", "place_precision")}
        stored = {(month, category): n for month, category, n in by["month,category"]}
        in_hours = first["stored"] if manifest["time"]["precision"] in ("minute", "hour") else 0
        placed = sum(n for precision, n in by["place_precision"] if precision != "area_only")
        checks = {
            "lignes": rows == stated == first["read"],
            "à la ligne près": first["stored"] + first["duplicates"] + first["quarantined"] == first["read"],
            "refusées": first["quarantined"] == refused,
            "par mois et catégorie": stored == dict(expected),
            "heures": sum(n for _, n in by["hour_of_week"]) == in_hours,
            "placés": placed == PLACED.get(name, first["stored"]),
            "second import": again["stored"] == 0 and again["duplicates"] + again["quarantined"] == rows,
        }
        wrong = [words for words, right in checks.items() if not right]
        different += len(wrong)
        print(f"{name}: {first['read']} = {first['stored']} + {first['duplicates']} + {first['quarantined']}, "
              f"{len(expected)} mois x catégories : {'FAUX : ' + ', '.join(wrong) if wrong else 'égal'}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
