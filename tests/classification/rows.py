#!/usr/bin/env python3
"""Labelled logbook texts for the classifier, as CSV on the standard output: text, category, group (phrasings that belong together).

  rows.py train|calibration|test [--seed N] [--rounds N]

What is learnt from and what is measured on come of templates written apart; the phrasings of the latter are dealt in turn to test
and calibration, so that no phrasing serves both. Each phrasing is written `rounds` times: in another frame (who calls, where, when), and
one time in two in a hurried or damaged hand (capitals, no accents, shortened words, slips, SMS). One text in three names somebody: the
classifier must not see it. Same seed, same rows.
"""
import argparse
import csv
import importlib
import random
import sys
import unicodedata

FOLDS = 7  # phrasings of a category that are learnt or held out together
PERSONS = ["M. Benali", "Mme Garcin Élodie", "DIALLO Mamadou", "Mme Nguyen Thi Lan", "monsieur Santoni", "KAYA Mehmet", "Mme Da Silva"]
SHORT = {"stationnement": "stat", "véhicule": "vl", "véhicules": "vl", "individu": "ind", "individus": "ind", "devant": "dvt", "avenue": "av",
         "boulevard": "bd", "appartement": "appt", "dans": "ds", "avec": "avc", "pour": "pr", "plus": "+", "toujours": "tjrs", "beaucoup": "bcp",
         "trottoir": "trot.", "victime": "vict", "personne": "pers", "intervention": "interv", "signalement": "signal"}
SMS = {"que": "ke", "qui": "ki", "quoi": "koi", "c'est": "c", "est": "é", "les": "lé", "des": "dé", "pas": "pa", "sur": "sr", "dans": "ds"}


def plain(text):
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if unicodedata.category(letter) != "Mn")


def slipped(text, rng):
    words = text.split(" ")
    for index, word in enumerate(words):
        if len(word) > 4 and word.isalpha() and rng.random() < 0.2:
            at = rng.randrange(1, len(word) - 2)
            words[index] = rng.choice([word[:at] + word[at + 1] + word[at] + word[at + 2:], word[:at] + word[at + 1:], word[:at] + word[at] + word[at:]])
    return " ".join(words)


def replaced(text, table, rng, share):
    return " ".join(table[word] if word in table and rng.random() < share else word for word in text.split(" "))


HANDS = [lambda text, rng: text.upper(), lambda text, rng: plain(text).lower(), slipped, lambda text, rng: replaced(text, SHORT, rng, 0.8),
         lambda text, rng: plain(replaced(text.lower(), SMS, rng, 0.7)), lambda text, rng: plain(slipped(text, rng))]


def thinned(text, rng):
    """Some words left out, as by somebody in a hurry: every word has to count for itself."""
    words = [word for word in text.split(" ") if rng.random() > 0.25]
    return " ".join(words) if words else text


def framed(core, templates, rng):
    text = rng.choice(templates.OPENINGS) + core
    place = rng.choice(templates.PLACES)
    text += (" " + place) if place else ""
    if rng.random() < 0.33:
        text += rng.choice([", requérant ", ", vu par ", ", en présence de ", ", "]) + rng.choice(PERSONS)
    text += rng.choice(templates.ENDINGS)
    return rng.choice(HANDS)(text, rng) if rng.random() < 0.5 else text[0].upper() + text[1:]


def rows(kind, seed, rounds):
    templates = importlib.import_module("templates_for_training" if kind == "train" else "templates_for_testing")
    rng = random.Random(f"{kind}/{seed}")
    cores = [(core, category) for category, block in templates.CORES.items() for place, core in enumerate(block.splitlines())
             if kind == "train" or (kind == "calibration") == (place % 2 == 1)]
    if kind != "calibration":
        cores += [(core, "to_classify") for core in templates.NOTHING_FITS.splitlines()]
    for index, (core, category) in enumerate(cores):
        fold = f"{category}/{index % FOLDS}"
        near = [other for place, (other, same) in enumerate(cores) if same == category and place % FOLDS == index % FOLDS]
        for _ in range(rounds):
            text = core
            if kind == "train":
                text = core + ", " + rng.choice(near) if rng.random() < 0.3 else core
                text = thinned(text, rng)
            yield framed(text, templates, rng), category, fold


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=["train", "calibration", "test"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=20)
    arguments = parser.parse_args()
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["text", "category", "group"])
    out.writerows(rows(arguments.kind, arguments.seed, arguments.rounds))


if __name__ == "__main__":
    main()
