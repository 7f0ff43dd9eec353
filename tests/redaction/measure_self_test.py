"""Checks measure.py with redactors whose quality is known: perfect, idle, deleting, and with planted faults."""
import contextlib
import io
import os
import pathlib
import random
import sys
import tempfile

import corpus
import measure
from alignment import align
from damage import NAMES

LABELS = {"phone": "[téléphone]", "plate": "[plaque]", "email": "[courriel]"}
STUB = """#!{python}
import sys
sys.stdout.write("".join(line.replace("Zyx", "[nom]") for line in sys.stdin) if sys.argv[1:] == ["redact"] else "")
"""


def label_of(cls):
    return "[nom]" if cls in NAMES else LABELS.get(cls, "[numéro]")


def perfect(record, leaks=(), losses=()):
    """The text with each identifier replaced but those of `leaks` (their numbers), and with the kept spans of `losses` replaced."""
    text, out, last = record["text"], [], 0
    for index, (start, end, cls, must) in enumerate(record["spans"]):
        if (must == "remove" and index not in leaks) or index in losses:
            out += [text[last:start], label_of(cls)]
            last = end
    return "".join(out) + text[last:]


def expect(what, got, wanted):
    if got != wanted:
        raise AssertionError(f"{what}: expected {wanted}, got {got}")


def check_perfect(records):
    tally = measure.measured(records, [perfect(record) for record in records])
    expect("perfect: classes below 100 %", [cls for cls, pair in tally.removed.items() if pair[0] != pair[1]], [])
    expect("perfect: kept classes below 100 %", [cls for cls, pair in tally.kept.items() if pair[0] != pair[1]], [])
    expect("perfect: words outside", tally.words_outside, 0)
    expect("perfect: clean and whole", tally.whole, tally.texts)
    expect("perfect: aligned by words", tally.by_words, 0)
    expect("perfect: failed targets", measure.Verdict(tally).failed(), [])
    wrong = {cls: set(labels) for cls, labels in tally.confusion.items() if set(labels) != {label_of(cls)}}
    expect("perfect: confusion off the diagonal", wrong, {})


def check_idle(records):
    tally = measure.measured(records, [record["text"] for record in records])
    expect("idle: classes above 0 %", [cls for cls, pair in tally.removed.items() if pair[0]], [])
    expect("idle: kept classes below 100 %", [cls for cls, pair in tally.kept.items() if pair[0] != pair[1]], [])
    expect("idle: words removed", tally.words_inside + tally.words_outside, 0)
    expect("idle: clean texts", tally.clean, tally.nothing)


def check_deleting(records):
    for output in ("", "[texte]"):
        tally = measure.measured(records, [output] * len(records))
        expect("deleting: classes below 100 %", [cls for cls, pair in tally.removed.items() if pair[0] != pair[1]], [])
        expect("deleting: kept classes above 0 %", [cls for cls, pair in tally.kept.items() if pair[0]], [])
        precision = measure.Verdict(tally).precision
        expect("deleting: precision is low", precision < 50.0, True)


def check_planted(records):
    """Each planted leak and each planted loss is counted, and nothing else."""
    chance = random.Random(7)
    leaks = {}
    losses = {}
    for record in records:
        for index, span in enumerate(record["spans"]):
            if span[3] == "remove" and chance.random() < 0.01:
                leaks.setdefault(record["id"], []).append(index)
            if span[3] == "keep" and span[2] == "street" and chance.random() < 0.01:
                losses.setdefault(record["id"], []).append(index)
    outputs = [perfect(record, leaks.get(record["id"], ()), losses.get(record["id"], ())) for record in records]
    tally = measure.measured(records, outputs)
    left = sum(tally.removed[kind][1] - tally.removed[kind][0] for kind in ("names", "structured"))
    expect("planted leaks", left, sum(map(len, leaks.values())))
    by_class = {}
    for record in records:
        for index in leaks.get(record["id"], ()):
            by_class[record["spans"][index][2]] = by_class.get(record["spans"][index][2], 0) + 1
    counted = {cls: pair[1] - pair[0] for cls, pair in tally.removed.items() if pair[1] != pair[0]}
    counted = {cls: number for cls, number in counted.items() if cls not in ("names", "structured")}
    expect("planted leaks by class", counted, by_class)
    expect("planted losses", tally.kept["street"][1] - tally.kept["street"][0], sum(map(len, losses.values())))
    others = [pair for cls, pair in tally.kept.items() if cls not in ("street", None)]
    expect("planted losses elsewhere", [pair for pair in others if pair[0] != pair[1]], [])
    expect("texts hit", tally.texts - tally.whole, len(set(leaks) | set(losses)))


# text, spans as (part, class, must), output, leaks expected, words outside expected
CASES = [
    ("Vu M. Paul DUPONT rue Paul", [("Paul DUPONT", "name", "remove"), ("rue Paul", "street", "keep")], "Vu M. [nom] rue Paul", 0, 0),
    ("Vu M. Paul DUPONT rue Paul", [("Paul DUPONT", "name", "remove")], "Vu M. Paul [nom] rue Paul", 1, 0),
    ("Vu M. Paul DUPONT rue Paul", [("Paul DUPONT", "name", "remove"), ("rue Paul", "street", "keep")], "Vu M. [nom] rue [nom]", 0, 1),
    ("Vu DUPONT ici", [("DUPONT", "family_name", "remove")], "Vu DUP[nom] ici", 1, 0),
    ("Vu DUPONT ici", [("DUPONT", "family_name", "remove")], "Vu DU[nom] ici", 0, 0),
    ("Vu Le Gall ici", [("Le Gall", "family_name", "remove")], "Vu Le [nom] ici", 0, 0),
    ("Vu J. B. ici", [("J. B.", "initials", "remove")], "Vu [nom] B. ici", 1, 0),
    ("Vu J. Brun ici", [("J. Brun", "name", "remove")], "Vu J. [nom] ici", 0, 0),
    ("tel 06 12 34 56 78 ok", [("06 12 34 56 78", "phone", "remove")], "tel [téléphone] 78 ok", 1, 0),
    ("tel 0612345678 ok", [("0612345678", "phone", "remove")], "tel [téléphone]78 ok", 0, 0),
    ("au 12 bis rue Sainte", [("12 bis", "house", "remove")], "au [numéro] bis rue Sainte", 0, 0),
    ("au 12 bis rue Sainte", [("12 bis", "house", "remove")], "au 12 [numéro] rue Sainte", 1, 0),
    ("a paul.brun@gmail.com b", [("paul.brun@gmail.com", "email", "remove")], "a [courriel]@gmail.com b", 0, 0),
    ("a paul.brun@gmail.com b", [("paul.brun@gmail.com", "email", "remove")], "a [courriel].brun@gmail.com b", 1, 0),
    ("[nom] Paul [nom]", [("Paul", "first_name", "remove")], "[nom] [nom] [nom]", 0, 0),
    ("[nom] Paul [nom]", [("Paul", "first_name", "remove")], "[nom] Paul [nom]", 1, 0),
    ("Vu [Dupont] ici", [("Dupont", "family_name", "remove")], "Vu [Dupont] ici", 1, 0),
    ("Vu [Dupont] ici", [("Dupont", "family_name", "remove")], "Vu [[nom]] ici", 0, 0),
    ("Ali a vu Ben a Aix", [("Ali", "first_name", "remove"), ("Ben", "first_name", "remove")], "[nom] a vu [nom] a Aix", 0, 0),
    ("Rose tient une rose", [("Rose", "first_name", "remove"), ("une rose", "word", "keep")], "[nom] tient une [nom]", 0, 1),
    ("Paul,  Jean   partis", [("Paul", "first_name", "remove"), ("Jean", "first_name", "remove")], "[nom], [nom] partis", 0, 0),
    ("Paul,  Jean   partis", [("Paul", "first_name", "remove"), ("Jean", "first_name", "remove")], "[nom], Jean partis", 1, 0),
    ("vu Du\u200bpont ici", [("Du\u200bpont", "family_name", "remove")], "vu Dupont ici", 1, 0),
    ("vu Du\u200bpont ici", [("Du\u200bpont", "family_name", "remove")], "vu [nom]pont ici", 1, 0),
    ("Dupont0612345678", [("Dupont", "family_name", "remove"), ("0612345678", "phone", "remove")], "[nom][téléphone]", 0, 0),
]


def check_cases():
    for text, parts, output, leaks, outside in CASES:
        spans, last = [], 0
        for part, cls, must in parts:
            start = text.index(part, last)
            last = start + len(part)
            spans.append([start, last, cls, must])
        record = {"id": "case", "style": "case/plain", "group": None, "template": "case", "text": text, "spans": spans}
        tally = measure.measured([record], [output])
        left = sum(tally.removed[kind][1] - tally.removed[kind][0] for kind in ("names", "structured"))
        expect(f"leaks in {output!r}", left, leaks)
        expect(f"words outside in {output!r}", tally.words_outside, outside)
    expect("gaps", align("a Paul 06 b", "a [nom] [téléphone] b", []).gaps, [(2, 6, ["[nom]"]), (7, 9, ["[téléphone]"])])


def check_program(records):
    """The pipe to a program: lines in order, a missing line refused."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "vigie"
        path.write_text(STUB.format(python=sys.executable), encoding="utf-8")
        os.chmod(path, 0o755)
        texts = [record["text"] for record in records]
        expect("idle program", measure.redacted(str(path), texts), texts)
        expect("program", measure.redacted(str(path), ["vu Zyx", ""]), ["vu [nom]", ""])
        expect("throughput", measure.throughput_mb_per_s(str(path), texts, 1000) > 0.0, True)
    try:
        measure.measured(records, ["short"])
    except ValueError:
        return
    raise AssertionError("a missing line was not refused")


def check_seeds(records):
    again = corpus.generate(corpus.DEFAULT_SEED)
    expect("same seed", again == records, True)
    other = corpus.generate(corpus.DEFAULT_SEED + 1)
    corpus.check(other)
    same = {record["text"] for record in records} & {record["text"] for record in other}
    expect("other seed writes other texts", len(same) < len(records) / 50, True)


def check_report(records):
    """The report prints for the best and the worst without stumbling."""
    for outputs in ([perfect(record) for record in records], [record["text"] for record in records]):
        tally = measure.measured(records, outputs)
        with contextlib.redirect_stdout(io.StringIO()):
            measure.print_report(tally, measure.Verdict(tally), quiet=False)


def run():
    records = corpus.generate()
    corpus.check(records)
    for check in (check_perfect, check_idle, check_deleting, check_planted, check_program, check_seeds, check_report):
        check(records)
        print(f"ok {check.__name__}")
    check_cases()
    print(f"ok check_cases ({len(CASES)})")
    return 0


if __name__ == "__main__":
    sys.exit(run())
