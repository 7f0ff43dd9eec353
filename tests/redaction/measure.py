#!/usr/bin/env python3
"""Measures `VIGIE redact` on the annotated texts of corpus.py. Exits 1 when a target fails, 2 when it cannot measure.

  measure.py VIGIE [--seed N] [--quiet] [--no-throughput]
  measure.py --self-test

The program reads one text a line on its standard input and writes one line for each, with placeholders such as [nom] or
[téléphone] where something was taken out.

What the figures mean:

  removed         An identifier is removed when no atom of it is left at its place. Atoms are the runs of letters and the runs of
                  figures of the span, invisible characters aside. An atom is left when a run of three or more of its characters
                  is still there, or all of it when it is shorter. Atoms that identify nobody do not count: particles in a name
                  (de, ben, el), the provider and the spoken signs of an address (gmail, arobase), « bis », the address of a
                  social network. Single letters do not count beside a longer atom of a name; where a name is made of single
                  letters only (initials, spelled names), each of them counts.
  recall          Removed identifiers over identifiers to remove. « names » is every class of NAMES, « structured » all others.
  recall by group Over the names of the texts of an origin group, nicknames aside. Every such text exists once for each group.
                  gap = best group minus worst, in points. Names that are ordinary words are shown apart: they have no origin.
  kept            A span to keep is kept when each of its letters and figures is still there. Rate over the spans of a class.
  precision       Of the words (runs of letters and figures) that were removed in whole or in part, the share that touches an
                  identifier to remove. Labels, titles and placeholders that were there before count neither way.
  clean           Texts of which every identifier is removed.
  clean and whole Texts that are clean and of which no other word is missing.
  throughput      Megabytes (10^6 bytes) of input a second, median of three runs on 20 MB of the corpus repeated, start included.
"""
import argparse
import collections
import pathlib
import re
import statistics
import subprocess
import sys
import time
import unicodedata

import corpus
from alignment import PLACEHOLDER, align
from damage import NAMES

TARGET_NAMES, TARGET_STRUCTURED, TARGET_KEPT, TARGET_PRECISION, TARGET_GAP = 99.0, 99.95, 98.0, 95.0, 2.0
KEPT_TARGETS = {"streets and places": {"street", "place", "venue", "district"}, "times": {"time", "date"},
                "counts": {"count", "amount", "measure"}, "categories": {"category"}}
THROUGHPUT_BYTES = 20_000_000
TIME_LIMIT_S = 600
WORST_SHOWN = 40

PARTICLES = {"de", "du", "des", "la", "le", "les", "d", "l", "da", "di", "do", "dos", "das", "del", "della", "van", "von", "ben", "ait",
             "aït", "el", "al", "der", "ter", "lo", "comme"}
NETWORKS = {"https", "http", "www", "com", "facebook", "instagram", "tiktok", "snapchat", "add", "linkedin", "in", "t", "me", "x"}
PROVIDERS = {"arobase", "arrobase", "at", "a", "commercial", "point", "tiret", "bas", "gmail", "orange", "wanadoo", "free", "sfr",
             "hotmail", "outlook", "laposte", "yahoo", "icloud", "live", "protonmail", "numericable", "com", "fr", "net"}
NOT_IDENTIFYING = {"email": PROVIDERS, "handle": NETWORKS, "house": {"bis", "ter"}, "phone": {"et"}, "birth": {"et"}}
WORD = re.compile(r"[^\W_]+")


def atoms(text, start, end):
    """Runs of letters and runs of figures between start and end, each a list of positions."""
    runs, kind = [], None
    for index in range(start, end):
        letter = text[index]
        if unicodedata.category(letter) in ("Cf", "Mn"):
            continue
        now = "figure" if letter.isdigit() else "letter" if letter.isalpha() else None
        if now and now == kind:
            runs[-1].append(index)
        elif now:
            runs.append([index])
        kind = now
    return runs


def identifying_atoms(text, span):
    """The atoms of a span that would tell something if they were left."""
    start, end, cls, _ = span
    runs = atoms(text, start, end)

    def said(run):
        return "".join(text[index] for index in run).lower()
    if cls in NAMES:
        telling = [run for run in runs if len(run) > 1 and said(run) not in PARTICLES]
    else:
        telling = [run for run in runs if said(run) not in NOT_IDENTIFYING.get(cls, ())]
        if cls == "house" and any(text[run[0]].isdigit() for run in telling):
            telling = [run for run in telling if text[run[0]].isdigit()]
    return telling or runs


def is_left(run, kept):
    """Whether three characters in a row of an atom, or all of a shorter one, are still there."""
    needed, streak = min(3, len(run)), 0
    for index in run:
        streak = streak + 1 if kept[index] else 0
        if streak >= needed:
            return True
    return False


def is_removed(text, span, kept):
    return not any(is_left(run, kept) for run in identifying_atoms(text, span))


def is_kept(text, span, kept):
    return all(kept[index] for index in range(span[0], span[1]) if text[index].isalnum())


class Tally:
    """Everything counted over the corpus."""

    def __init__(self):
        self.removed = collections.defaultdict(lambda: [0, 0])  # class -> [removed, all]
        self.groups = collections.defaultdict(lambda: [0, 0])
        self.kept = collections.defaultdict(lambda: [0, 0])
        self.styles = collections.defaultdict(lambda: collections.Counter())
        self.confusion = collections.defaultdict(collections.Counter)
        self.words_inside = self.words_outside = self.by_words = 0
        self.texts = self.clean = self.whole = self.nothing = self.nothing_whole = 0
        self.leaks = collections.defaultdict(lambda: [0, 0, None])  # (template, class) -> [left, all, example]
        self.losses = collections.defaultdict(lambda: [0, None])  # template -> [words lost, example]
        self.lost_words = collections.Counter()

    def add(self, record, output):
        text, spans = record["text"], record["spans"]
        alignment = align(text, output, spans)
        self.by_words += alignment.by_words
        leaks = self.add_removals(record, output, alignment)
        for span in spans:
            if span[3] == "keep":
                kept = is_kept(text, span, alignment.kept)
                for key in (span[2], None):
                    self.kept[key][0] += kept
                    self.kept[key][1] += 1
        lost = self.add_words(record, output, alignment)
        self.texts += 1
        self.clean += not leaks
        self.whole += not leaks and not lost
        if all(span[3] != "remove" for span in spans):
            self.nothing += 1
            self.nothing_whole += not lost
        for part in record["style"].split("/"):
            self.styles[part].update(texts=1, clean=not leaks, whole=not leaks and not lost)

    def add_removals(self, record, output, alignment):
        text, leaks = record["text"], 0
        labels = placeholder_classes(text, record["spans"], alignment)
        for index, span in enumerate(record["spans"]):
            cls = span[2]
            if span[3] != "remove":
                continue
            removed = is_removed(text, span, alignment.kept)
            leaks += not removed
            kind = "names" if cls in NAMES else "structured"
            counters = [self.removed[cls], self.removed[kind]]
            if cls in NAMES and cls != "nickname" and record["group"]:
                counters.append(self.groups[record["group"]])
            for counter in counters:
                counter[0] += removed
                counter[1] += 1
            for part in record["style"].split("/"):
                self.styles[part].update({kind: 1, kind + " removed": removed})
            self.confusion[cls][labels.get(index, "(kept)" if not removed else "(deleted)")] += 1
            leak = self.leaks[record["template"], cls]
            leak[0] += not removed
            leak[1] += 1
            if not removed and leak[2] is None:
                leak[2] = (text[span[0]:span[1]], text, output)
        return leaks

    def add_words(self, record, output, alignment):
        """Counts the removed words inside and outside the identifiers; the number outside."""
        text = record["text"]
        role = [None] * len(text)
        for start, end, _, must in record["spans"]:
            role[start:end] = [must] * (end - start)
        for match in PLACEHOLDER.finditer(text):
            role[match.start():match.end()] = [must or "either" for must in role[match.start():match.end()]]
        lost = []
        for match in WORD.finditer(text):
            places = range(*match.span())
            if all(alignment.kept[index] for index in places):
                continue
            roles = {role[index] for index in places}
            if "remove" in roles:
                self.words_inside += 1
            elif "either" not in roles:
                lost.append(match.group(0))
        self.words_outside += len(lost)
        self.lost_words.update(word.lower() for word in lost)
        if lost:
            loss = self.losses[record["template"]]
            loss[0] += len(lost)
            loss[1] = loss[1] or (" ".join(lost), text, output)
        return len(lost)


def placeholder_classes(text, spans, alignment):
    """Index of span -> placeholder that stands for it. Several spans in one gap share its placeholders in order."""
    found = {}
    for start, end, labels in alignment.gaps:
        if not labels:
            continue
        inside = [index for index, span in enumerate(spans) if span[3] == "remove" and span[0] < end and start < span[1]
                  and not all(alignment.kept[at] for at in range(span[0], span[1]) if text[at].isalnum())]
        for rank, index in enumerate(inside):
            found.setdefault(index, labels[min(rank, len(labels) - 1)])
    return found


def rate(pair):
    return 100.0 * pair[0] / pair[1] if pair[1] else 100.0


class Verdict:
    """The targets and whether each is met."""

    def __init__(self, tally):
        groups = {group: rate(pair) for group, pair in tally.groups.items() if group != "ordinary_word"}
        self.gap = max(groups.values()) - min(groups.values()) if groups else 0.0
        words = tally.words_inside + tally.words_outside
        self.precision = 100.0 * tally.words_inside / words if words else 100.0
        self.rows = [("recall of names", rate(tally.removed["names"]), ">=", TARGET_NAMES),
                     ("recall of structured identifiers", rate(tally.removed["structured"]), ">=", TARGET_STRUCTURED)]
        for title, classes in KEPT_TARGETS.items():
            pairs = [tally.kept[cls] for cls in classes if cls in tally.kept]
            share = rate([sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)])
            self.rows.append((f"kept: {title}", share, ">=", TARGET_KEPT))
        self.rows += [("precision", self.precision, ">=", TARGET_PRECISION),
                      ("gap between origin groups", self.gap, "<=", TARGET_GAP)]

    def failed(self):
        return [row for row in self.rows if not (row[1] >= row[3] if row[2] == ">=" else row[1] <= row[3])]


def print_report(tally, verdict, quiet):
    def table(title, pairs, order):
        print(f"\n{title}")
        for key in order:
            print(f"  {key:<22} {pairs[key][0]:>6} / {pairs[key][1]:<6} {rate(pairs[key]):7.2f} %")
    kinds = ("names", "structured")
    classes = sorted(set(tally.removed) - set(kinds))
    table("Recall by class", tally.removed, classes + [kind for kind in kinds if kind in tally.removed])
    table("Recall of names by origin group", tally.groups, sorted(tally.groups, key=lambda group: rate(tally.groups[group])))
    print(f"  best minus worst       {verdict.gap:.2f} points (ordinary_word aside)")
    table("Kept by class", tally.kept, sorted(cls for cls in tally.kept if cls))
    print("\nBy style and damage      texts   names  structured   clean  clean and whole")
    for style, counts in sorted(tally.styles.items()):
        shares = [rate((counts[kind + " removed"], counts[kind])) if counts[kind] else None for kind in kinds]
        shown = ["      -" if share is None else f"{share:6.2f}%" for share in shares]
        print(f"  {style:<20} {counts['texts']:>7} {shown[0]} {shown[1]:>11} {rate((counts['clean'], counts['texts'])):6.2f}% "
              f"{rate((counts['whole'], counts['texts'])):8.2f}%")
    print("\nWhat stands for each class")
    for cls, labels in sorted(tally.confusion.items()):
        print(f"  {cls:<14} " + ", ".join(f"{label} {number}" for label, number in labels.most_common(8)))
    print(f"\nPrecision: {tally.words_inside} words inside identifiers, {tally.words_outside} outside: {verdict.precision:.2f} %")
    print(f"Texts: {tally.texts}, clean {rate((tally.clean, tally.texts)):.2f} %, "
          f"clean and whole {rate((tally.whole, tally.texts)):.2f} %; of {tally.nothing} with nothing to remove, untouched {rate((tally.nothing_whole, tally.nothing)):.2f} %; "
          f"aligned by words {tally.by_words}")
    if not quiet:
        print_worst(tally)
    print("\nTargets")
    failed = verdict.failed()
    for row in verdict.rows:
        print(f"  {'FAIL' if row in failed else 'ok  '} {row[0]:<34} {row[1]:7.2f} {row[2]} {row[3]}")


def print_worst(tally):
    print(f"\nWorst misses, by template (at most {WORST_SHOWN})")
    missed = sorted(((key, leak) for key, leak in tally.leaks.items() if leak[0]), key=lambda item: (-item[1][0], item[0]))
    for (template, cls), (left, total, example) in missed[:WORST_SHOWN]:
        print(f"  {template} {cls}: {left} of {total} left, such as « {example[0]} »\n    in   {example[1]}\n    out  {example[2]}")
    print(f"\nMost other words lost, by template (at most {WORST_SHOWN})")
    for template, (number, example) in sorted(tally.losses.items(), key=lambda item: (-item[1][0], item[0]))[:WORST_SHOWN]:
        print(f"  {template}: {number} words, such as « {example[0]} »\n    in   {example[1]}\n    out  {example[2]}")
    print("\nWords lost most often: " + ", ".join(f"{word} {number}" for word, number in tally.lost_words.most_common(60)))


def measured(records, outputs):
    if len(records) != len(outputs):
        raise ValueError(f"expected {len(records)} lines, got {len(outputs)}")
    tally = Tally()
    for record, output in zip(records, outputs):
        tally.add(record, output)
    return tally


def redacted(vigie, texts):
    """One output for each text, from `VIGIE redact`."""
    given = "".join(text + "\n" for text in texts).encode()
    run = subprocess.run([vigie, "redact"], input=given, stdout=subprocess.PIPE, timeout=TIME_LIMIT_S, check=False)
    if run.returncode != 0:
        raise ValueError(f"{vigie} redact ended with {run.returncode}")
    lines = run.stdout.decode("utf-8", "replace").split("\n")
    return [line.rstrip("\r") for line in (lines[:-1] if lines and lines[-1] == "" else lines)]


def throughput_mb_per_s(vigie, texts, size):
    once = "".join(text + "\n" for text in texts).encode()
    given = once * max(1, -(-size // len(once)))
    seconds = []
    for _ in range(3):
        begin = time.monotonic()
        subprocess.run([vigie, "redact"], input=given, stdout=subprocess.DEVNULL, timeout=TIME_LIMIT_S, check=True)
        seconds.append(time.monotonic() - begin)
    return len(given) / 1e6 / statistics.median(seconds)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vigie", nargs="?")
    parser.add_argument("--seed", type=int, default=corpus.DEFAULT_SEED)
    parser.add_argument("--quiet", action="store_true", help="no lists of misses")
    parser.add_argument("--no-throughput", action="store_true", help="leave the 20 MB runs out")
    parser.add_argument("--self-test", action="store_true", help="check this program with redactors of known quality")
    arguments = parser.parse_args()
    if arguments.self_test:
        import measure_self_test
        return measure_self_test.run()
    if not arguments.vigie:
        parser.error("expected the path of the program, or --self-test")
    vigie = str(pathlib.Path(arguments.vigie).resolve())
    records = corpus.generate(arguments.seed)
    texts = [record["text"] for record in records]
    try:
        tally = measured(records, redacted(vigie, texts))
        speed = None if arguments.no_throughput else throughput_mb_per_s(vigie, texts, THROUGHPUT_BYTES)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        print(f"cannot measure: {error}", file=sys.stderr)
        return 2
    print(f"seed {arguments.seed}")
    verdict = Verdict(tally)
    print_report(tally, verdict, arguments.quiet)
    if speed is not None:
        print(f"\nThroughput: {speed:.1f} MB/s")
    return 1 if verdict.failed() else 0


if __name__ == "__main__":
    sys.exit(main())
