"""Finds which characters of a text are still there in its redacted form, and what stands in place of the others.

The output of a redactor is its input with some stretches replaced by a placeholder, a word or a few in square brackets. Read the
output as kept text, placeholder, kept text, and so on: the kept parts occur in the input in that order, the first at its start,
the last at its end, and the gaps between them are what was replaced.

      input    Vu  M. Paul  DUPONT  rue Paul
      output   Vu  M. [nom]         rue Paul
      kept     ^^^^^^^            ^^^^^^^^^^

When the kept parts fit in more than one way, the outputs are the same to whoever reads them, so the reading kindest to the
redactor is taken: fewest letters kept inside identifiers, fewest removed outside. Nearly always each part fits in one place only,
and the walk is linear. When the parts do not fit at all (a redactor that changes blanks, or deletes without a placeholder), words
are compared one by one with difflib, and the text is counted as aligned by words.
"""
import dataclasses
import difflib
import re
import unicodedata

PLACEHOLDER = re.compile(r"\[[^\W\d_][^\[\]\d\n]{0,40}\]")
TOKEN = re.compile(r"[^\W_]+|\[[^\W\d_][^\[\]\d\n]{0,40}\]|[^\w\s]|_")


LETTER_WEIGHT = 1000  # more than the signs of any line between two placeholders


@dataclasses.dataclass
class Alignment:
    """kept: for each character of the input, 1 when it is still there. gaps: (start, end, labels of the placeholders)."""
    kept: bytearray
    gaps: list
    by_words: bool


def align(text, output, spans):
    """The alignment of an output with its input. spans: as in the corpus, used only to choose between readings that both fit."""
    if text == output:
        return Alignment(bytearray(b"\x01" * len(text)), [], False)
    parts, labels = split_output(text, output, spans)
    starts = fit(text, parts, costs(text, spans)) if labels else None
    if starts is None:
        return align_words(text, output, set(labels_of(labels)))
    kept = bytearray(len(text))
    gaps, end = [], 0
    for index, (part, start) in enumerate(zip(parts, starts)):
        if index:
            gaps.append((end, start, labels[index - 1]))
        kept[start:start + len(part)] = b"\x01" * len(part)
        end = start + len(part)
    return Alignment(kept, gaps, False)


def labels_of(labels):
    return [label for group in labels for label in group]


def split_output(text, output, spans):
    """Kept parts, and between them the placeholders. A bracketed word that stands in the input around or in an identifier to
    remove is no placeholder but the identifier itself, still there."""
    leaked = {match.group(0) for match in PLACEHOLDER.finditer(text)
              if any(must == "remove" and start < match.end() and match.start() < end for start, end, _, must in spans)}
    parts, labels, last = [""], [], 0
    for match in PLACEHOLDER.finditer(output):
        if match.group(0) in leaked:
            continue
        parts[-1] += output[last:match.start()]
        last = match.end()
        if parts[-1] == "" and labels:
            labels[-1].append(match.group(0))
        else:
            labels.append([match.group(0)])
            parts.append("")
    parts[-1] += output[last:]
    return parts, labels


def costs(text, spans):
    """Running sums over the characters: those of identifiers (bad to keep) and those outside (bad to remove). Signs and blanks
    weigh little: they only decide between readings that are equal in letters."""
    role = [None] * len(text)
    for start, end, _, must in spans:
        role[start:end] = [must] * (end - start)
    for match in PLACEHOLDER.finditer(text):
        for index in range(*match.span()):
            role[index] = role[index] or "either"
    inside, outside = [0], [0]
    for letter, must in zip(text, role):
        weight = LETTER_WEIGHT if letter.isalnum() else 1
        inside.append(inside[-1] + weight * (must == "remove"))
        outside.append(outside[-1] + weight * (must != "remove" and (must != "either" or weight == 1)))
    return inside, outside


def fit(text, parts, sums):
    """Start of each part in the text, or None when they do not fit in order."""
    inside, outside = sums
    if not text.startswith(parts[0]) or not text.endswith(parts[-1]) or sum(map(len, parts)) > len(text):
        return None
    layers = [{0: (inside[len(parts[0])], None)}]
    for index, part in enumerate(parts[1:], 1):
        before = [(start + len(parts[index - 1]), cost, start) for start, (cost, _) in sorted(layers[-1].items())]
        starts = [len(text) - len(part)] if index == len(parts) - 1 else occurrences(text, part, before[0][0])
        layer = {}
        for start in starts:
            best = None
            for end, cost, origin in before:
                if end > start:
                    break
                total = cost + outside[start] - outside[end] + inside[start + len(part)] - inside[start]
                if best is None or total < best[0]:
                    best = (total, origin)
            if best is not None:
                layer[start] = best
        if not layer:
            return None
        layers.append(layer)
    starts = []
    start = len(text) - len(parts[-1])
    for layer in reversed(layers):
        starts.append(start)
        start = layer[start][1]
    return starts[::-1]


def occurrences(text, part, start):
    found = []
    at = text.find(part, start)
    while at != -1:
        found.append(at)
        at = text.find(part, at + 1)
    return found


def same_form(word):
    """A word without invisible characters and compatibility forms, to compare across small changes of a redactor."""
    return "".join(c for c in unicodedata.normalize("NFKC", word) if unicodedata.category(c) not in ("Cf", "Mn"))


def align_words(text, output, placeholders):
    cleaned = "".join(" " if c.isspace() else c for c in text)
    ours = [match.span() for match in TOKEN.finditer(cleaned)]
    theirs = [match.group(0) for match in TOKEN.finditer(output)]
    mine = [same_form(text[start:end]) for start, end in ours]
    marked = ["\x00" + word if word in placeholders else same_form(word) for word in theirs]
    kept = bytearray(len(text))
    gaps = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, mine, marked, autojunk=False).get_opcodes():
        if kind == "equal":
            for start, end in ours[a:b]:
                kept[start:end] = b"\x01" * (end - start)
            continue
        left = [word for word in marked[c:d] if not word.startswith("\x00")]
        for start, end in ours[a:b]:
            for word in left:  # a word of the input of which a piece is still there
                piece = difflib.SequenceMatcher(None, text[start:end], word, autojunk=False).find_longest_match()
                if piece.size >= min(3, end - start):
                    kept[start + piece.a:start + piece.a + piece.size] = b"\x01" * piece.size
        if b > a:
            gaps.append((ours[a][0], ours[b - 1][1], [word[1:] for word in marked[c:d] if word.startswith("\x00")]))
    return Alignment(kept, gaps, True)
