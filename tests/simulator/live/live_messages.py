#!/usr/bin/env python3
"""Reads the deliveries of the live sources with nothing but Python's own readers, and says what is not as docs/formats/live_sources.md has it.

  live_messages.py FOLDER     holds N.bin, messages.tsv and planted.tsv; exits 1 with the list of what is wrong
"""
import csv
import datetime
import io
import json
import pathlib
import re
import sys
import uuid

EVENTS = {"abandoned_object", "weapon", "wrong_way", "zone_intrusion", "person_down", "crowd_movement", "crowd_density", "fire_start"}
CATEGORIES = {"", "Vol", "Vol à la roulotte", "Vol de véhicule", "Vol avec violence", "Cambriolage", "Violences", "Rixe", "Menaces",
              "Dégradations", "Stupéfiants", "Port d'arme", "Attroupement gênant", "Ivresse publique", "Vente à la sauvette",
              "Occupation illicite", "Rodéo motorisé", "Accident de la circulation", "Tapage", "Feux d'artifice et pétards",
              "Assistance", "INCONNU-1"}
wrong = []


def check(condition, where, what):
    if not condition:
        wrong.append(f"{where}: {what}")


def once(pairs):
    keys = [key for key, _ in pairs]
    if len(keys) != len(set(keys)):
        raise ValueError("a key stands twice")
    return dict(pairs)


def read_json(data):
    return json.loads(data.decode("utf-8"), object_pairs_hook=once)


def in_city(lon, lat):
    return 5.0 < lon < 5.8 and 43.0 < lat < 43.6


def utc(text):
    check(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", text), "time", text)
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def logbook(data, rows):
    lines = data.decode("utf-8").split("\n")
    check(lines[-1] == "", "logbook", "the last line has its end")
    for line, row in zip(lines[:-1], rows, strict=True):
        record = json.loads(line, object_pairs_hook=once)
        check(list(record) == ["id", "date_heure", "categorie", "origine", "longitude", "latitude", "gravite", "service", "texte"],
              row["id"], "fields")
        check(all(isinstance(value, str) for value in record.values()), row["id"], "texts only")
        check(record["id"] == row["id"], row["id"], "id")
        check(record["categorie"] in CATEGORIES, row["id"], record["categorie"])
        check(record["origine"] in ("", "Patrouille", "Vidéoprotection", "Appel d'un riverain"), row["id"], "origine")
        check(record["gravite"] in ("", "1", "2", "3", "4"), row["id"], "gravite")
        check(0 < len(record["texte"]) < 600 and "%" not in record["texte"] and "\ufffd" not in record["texte"], row["id"], "texte")
        if row["fault"] in ("none", "unknown_code", "no_category"):
            moment = datetime.datetime.strptime(record["date_heure"], "%d/%m/%Y %H:%M")
            shown = datetime.datetime.fromtimestamp(row["at"] / 1000, datetime.timezone.utc)
            check(moment == shown.replace(tzinfo=None) + datetime.timedelta(hours=1), row["id"], "local time of March")
            check(in_city(float(record["longitude"].replace(",", ".")), float(record["latitude"].replace(",", "."))), row["id"], "place")
        for identifier in row["planted"]:
            check(identifier["text"] in record["texte"], row["id"], "a planted identifier is not in the text")
            check(identifier["searched"] in record["texte"], row["id"], "what is searched is not in the text")
        # Nothing that looks like a number to call, a plate, an address or a handle is left out of the truth.
        listed = " ".join(i["text"] for i in row["planted"])
        for pattern in (r"\b0[67](?:[ .]?\d\d){4}\b", r"\+33 [67](?: \d\d){4}", r"\b[A-Z]{2}[- ]\d{3}[- ][A-Z]{2}\b", r"\S+@\S+\.example", r"@\w{4,}"):
            for found in re.findall(pattern, record["texte"]):
                check(found in listed, row["id"], f"not in the truth: {pattern}")


def tickets(data, rows, fault):
    text = data.decode("cp1252")
    check("\r\n" in text and not re.search(r"[^\r]\n", text), "tickets", "line ends")
    table = list(csv.reader(io.StringIO(text), delimiter=";"))
    check(table[0] == ["id", "horodatage", "code", "libelle", "x_l93", "y_l93"] + (["nom"] if fault == "2" else []), "tickets", table[0])
    for cells, row in zip(table[1:], rows, strict=True):
        check(len(cells) == len(table[0]) and cells[0] == row["id"], row["id"], "cells")
        if row["fault"] == "none":
            datetime.datetime.strptime(cells[1], "%Y-%m-%d %H:%M:%S")
            check(cells[3] != "", row["id"], "libelle")
            check(800000 < float(cells[4]) < 1000000 and 6200000 < float(cells[5]) < 6300000, row["id"], "Lambert-93")
        if fault == "2":
            check(cells[6] == row["planted"][0]["text"], row["id"], "nom")


def tows(data, rows):
    record = read_json(data)
    check(list(record) == ["id", "date", "heure", "motif", "quartier"] and len(rows) == 1, rows[0]["id"], "fields")
    check(record["id"] == rows[0]["id"] and re.fullmatch(r"[01]\d|2[0-3]", record["heure"]), rows[0]["id"], "values")
    if rows[0]["fault"] != "bad_date":
        datetime.datetime.strptime(record["date"], "%d/%m/%Y")


def fire_row(record, row):
    check(list(record) == ["id", "t", "type", "lat", "lon"] and record["id"] == row["id"], row["id"], "fields")
    if row["fault"] in ("none", "unknown_code"):
        datetime.datetime.strptime(record["t"], "%Y-%m-%dT%H:%MZ")
        check(in_city(float(record["lon"]), float(record["lat"])), row["id"], "place")


def fire(data, rows, content_type):
    if content_type.startswith("text/csv"):
        records = list(csv.DictReader(io.StringIO(data.decode("utf-8"))))
    else:
        collection = read_json(data)  # RFC 7946: type, features; each a geometry and properties
        check(set(collection) == {"type", "features"} and collection["type"] == "FeatureCollection", "fire", "not a FeatureCollection")
        records = []
        for feature in collection["features"]:
            check(set(feature) == {"type", "geometry", "properties"} and feature["type"] == "Feature", "fire", "not a Feature")
            point = feature["geometry"]
            if point is not None:
                check(point["type"] == "Point" and point["coordinates"] == [feature["properties"]["lon"], feature["properties"]["lat"]], "fire", "geometry")
            records.append(feature["properties"])
    for record, row in zip(records, rows, strict=True):
        fire_row(record, row)


def noise(data, rows, topic):
    record = read_json(data)
    row = rows[0]
    check(list(record) == ["id", "t", "capteur", "type", "niveau_db", "duree_min", "lon", "lat"], row["id"], "fields")
    check(topic == f"vigie/v1/marseille/{record['capteur']}/measure/laeq", row["id"], topic)
    check(record["id"] == row["id"] and record["t"] * 1000 == row["at"] and record["duree_min"] == 15 and record["type"] == "LAEQ", row["id"], "values")
    check(30 < record["niveau_db"] < 110 and in_city(record["lon"], record["lat"]), row["id"], "level and place")
    check((record["niveau_db"] > 75) == (row["category"] != ""), row["id"], "above 75 dB(A) it is a fact")
    return record["niveau_db"]


def camera(data, rows, topic, fault):
    event = read_json(data)
    row = rows[0]
    check([key for key in event if key != "face_id"] == ["schema", "id", "kind", "phase", "source", "time", "place", "measure", "confidence", "stage", "evidence", "privacy", "review"], row["id"], "fields")
    check(event["schema"] == "vigie.sensor-event/1" and uuid.UUID(event["id"]).version == 7 and event["id"] == row["id"], row["id"], "schema and id")
    check(int(event["id"].replace("-", "")[:12], 16) == row["at"], row["id"], "a version 7 begins with its moment")
    check(event["kind"] in EVENTS | {"count"} and (event["kind"] == "count") == (row["category"] == ""), row["id"], event["kind"])
    check(topic == f"vigie/v1/marseille/{event['source']['sensor']}/event/{event['kind']}", row["id"], topic)
    check(event["phase"] in ("start", "end") and (event["phase"] == "end") == (event["time"]["end"] is not None), row["id"], "phase")
    check(utc(event["time"]["start"]) < utc(event["time"]["detected"]) < utc(event["privacy"]["expires"]), row["id"], "times")
    measure = event["measure"]
    check(measure["low"] <= measure["value"] <= measure["high"], row["id"], "interval")
    check(measure["threshold"] is None or measure["value"] >= measure["threshold"] - 0.005, row["id"], "threshold")
    check(0 <= event["confidence"] <= 1 and event["stage"] in ("candidate", "verified"), row["id"], "confidence")
    check(event["privacy"]["identity"] is False and event["privacy"]["track_exported"] is False, row["id"], "privacy")
    box = event["evidence"]["bbox_norm"]
    check(box is None or event["kind"] in ("abandoned_object", "fire_start"), row["id"], "a box for objects only")
    check(("face_id" in event) == (fault == "1"), row["id"], "face_id")
    check(event["evidence"]["thumb"] == "none", row["id"], "no picture")
    return event["kind"]


def main():
    folder = pathlib.Path(sys.argv[1])
    planted = {}
    for line in (folder / "planted.tsv").read_text("utf-8").splitlines():
        message, record, kind, text, searched = line.split("\t")
        planted.setdefault((message, record), []).append({"kind": kind, "text": text, "searched": searched})
        check(searched == "" or len(searched.encode()) >= 8, record, "searched for in fewer than 8 bytes")
    seen, ids, levels, kinds = {}, set(), [], []
    for line in (folder / "messages.tsv").read_text("utf-8").splitlines():
        number, source, content_type, name, fault, records = line.split("\t")
        rows = []
        for text in records.split():
            identity, row_fault, category, at = text.split(":")
            rows.append({"id": identity, "fault": row_fault, "category": category, "at": int(at), "planted": planted.get((number, identity), [])})
            check(identity not in ids or fault != "0", identity, "the id stands twice")
            ids.add(identity)
        data = (folder / f"{number}.bin").read_bytes()
        seen[(source, content_type)] = seen.get((source, content_type), 0) + len(rows)
        try:
            if source == "logbook":
                logbook(data, rows)
            elif source == "tickets":
                tickets(data, rows, fault)
            elif source == "tows":
                tows(data, rows)
            elif source == "fire":
                fire(data, rows, content_type)
            elif source == "noise":
                levels.append(noise(data, rows, name))
            else:
                kinds.append(camera(data, rows, name, fault))
        except (ValueError, KeyError, TypeError) as error:
            wrong.append(f"message {number} ({source}): {error!r}")
    check(len(seen) == 7, "all", f"six sources, two kinds of fire batches: {sorted(seen)}")
    loud = sum(level > 75 for level in levels) / len(levels)
    check(0.003 < loud < 0.06, "noise", f"a few levels in a hundred are loud: {loud:.3f}")
    check(0.9 < kinds.count("count") / len(kinds) < 0.99 and len(set(kinds)) >= 6, "camera", f"counts and events: {sorted(set(kinds))}")
    for line in wrong[:40]:
        print(line)
    print(f"{len(ids)} records, {sum(len(v) for v in planted.values())} planted identifiers, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
