"""Damage done to texts: by the writer's hand, by the scanner, by a wrong decoding, or on purpose.

Every function takes a list of pieces (text, class, must) and returns such a list, so that the annotations follow the text.
"""
import re

from identifiers import plain

ZERO_WIDTH = ["\u200b", "\u200c", "\u200d", "\ufeff", "\u00ad", "\u2060"]
ODD_SPACES = ["\u00a0", "\u2009", "\u202f", "  ", "\u2003", " \u00a0"]
LOOK_ALIKES = {"a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "x": "х", "y": "у", "i": "і", "A": "А", "B": "В", "E": "Е", "H": "Н",
               "K": "К", "M": "М", "O": "О", "P": "Р", "C": "С", "T": "Т", "X": "Х", "N": "Ν", "Z": "Ζ", "I": "Ι"}
BRACKETS = [("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"), ("« ", " »"), ("\"", "\""), ("*", "*"), ("((", "))"), ("_", "_"), ("'", "'")]
EMOJIS = ["😡", "🙏", "📞", "🚗", "❤️", "👮", "🔥", "⚠️", "👉"]
NAMES = {"name", "first_name", "family_name", "initials", "spelled_name", "nickname"}
STRUCTURED = {"phone", "plate", "email", "nir", "iban", "card", "handle", "birth", "house", "door", "access", "badge", "document",
              "imei", "ip"}
LONG_NUMBERS = {"phone", "nir", "iban", "card", "imei", "plate", "document"}
SCANNED = {"0": "O", "O": "0", "1": "l", "l": "1", "rn": "m", "m": "rn", "é": "e", "5": "S", "I": "l", "B": "8"}


def changed(pieces, change):
    return [(change(text, cls, must), cls, must) for text, cls, must in pieces]


def upper(pieces, rng):
    return changed(pieces, lambda text, cls, must: text.upper())


def lower(pieces, rng):
    return changed(pieces, lambda text, cls, must: text.replace("İ", "i").lower())


def no_accent(pieces, rng):
    return changed(pieces, lambda text, cls, must: plain(text))


def no_punctuation(pieces, rng):
    """Commas, points and hyphens off, but where an identifier or a time would lose its form for good."""
    def strip(text, cls, must):
        if cls in STRUCTURED:
            return re.sub(r"(?<=\d)[./-](?=\d)", " ", text) if cls == "phone" else text
        if cls in ("time", "date", "amount", "measure"):
            return text
        if cls in NAMES:
            return re.sub(r" {2,}", " ", re.sub(r"[.,\-]", " ", text)).strip() or text
        return re.sub(r" {2,}", " ", re.sub(r"[.,;:!?«»\"()]+", " ", text))
    return changed(pieces, strip)


def scan_once(text, rng, pairs):
    """One recognition error somewhere in the text, or none when nothing in it is mistaken for something else."""
    places = [(match.start(), source) for source in pairs for match in re.finditer(re.escape(source), text)]
    if not places:
        return text
    start, source = rng.choice(places)
    return text[:start] + SCANNED[source] + text[start + len(source):]


def broken(text, rng):
    """A blank inside a word of five letters or more."""
    words = [match for match in re.finditer(r"[^\W\d_]{5,}", text)]
    if not words:
        return text
    word = rng.choice(words)
    cut = rng.randrange(word.start() + 2, word.end() - 1)
    return text[:cut] + " " + text[cut:]


def scanned(pieces, rng):
    """As read by a machine from paper: at most one error in each identifier, more in the ordinary words."""
    def damage(text, cls, must):
        if must == "remove":
            if cls in LONG_NUMBERS and rng.random() < 0.3:
                return scan_once(text, rng, ["0", "1"])
            if cls in NAMES and rng.random() < 0.5:
                return broken(text, rng) if rng.random() < 0.3 else scan_once(text, rng, ["l", "rn", "m", "é", "I", "O"])
            return text
        if must == "keep":
            return scan_once(text, rng, ["l", "rn", "m", "é", "0"]) if rng.random() < 0.25 else text
        for _ in range(len(text) // 25 + (rng.random() < 0.5)):
            text = broken(text, rng) if rng.random() < 0.3 else scan_once(text, rng, ["l", "rn", "m", "é", "1", "0"])
        return text
    return changed(pieces, damage)


def wrongly_decoded(pieces, rng):
    """UTF-8 read as Windows-1252, letter by letter; a letter without an image there is left alone."""
    def decode(text, cls, must):
        out = []
        for letter in text:
            try:
                out.append(letter.encode("utf-8").decode("cp1252") if ord(letter) > 127 else letter)
            except UnicodeDecodeError:
                out.append(letter)
        return "".join(out)
    return changed(pieces, decode)


def mistyped(pieces, rng):
    """Letters swapped, dropped or doubled: in one ordinary word in six, in one name or kept word in eight."""
    def slip(match):
        word = match.group(0)
        at = rng.randrange(1, len(word) - 2)
        kind = rng.randrange(3)
        if kind == 0:
            return word[:at] + word[at + 1] + word[at] + word[at + 2:]
        return word[:at] + (word[at] * 2 if kind == 1 else "") + word[at + 1:]

    def damage(text, cls, must):
        if cls in STRUCTURED:
            return text
        chance = 1 / 6 if cls is None else 1 / 8
        return re.sub(r"[^\W\d_]{5,}", lambda match: slip(match) if rng.random() < chance else match.group(0), text)
    return changed(pieces, damage)


def of_identifiers(change):
    """A damage that touches what is to be removed only."""
    def run(pieces, rng):
        out = []
        for text, cls, must in pieces:
            if must == "remove":
                out.extend(change(text, cls, rng))
            else:
                out.append((text, cls, must))
        return out
    return run


def with_zero_width(text, cls, rng):
    letters = list(text)
    for _ in range(max(1, len(text) // 4)):
        if len(letters) > 1:
            letters.insert(rng.randrange(1, len(letters)), rng.choice(ZERO_WIDTH))
    return [("".join(letters), cls, "remove")]


def with_odd_spaces(text, cls, rng):
    space = rng.choice(ODD_SPACES)
    out = text.replace(" ", space)
    if out == text:
        out = re.sub(r"(?<=\d)(\d\d)(?!\d)", space + r"\1", text, count=1)
    return [(out, cls, "remove")]


def with_look_alikes(text, cls, rng):
    places = [index for index, letter in enumerate(text) if letter in LOOK_ALIKES]
    letters = list(text)
    for index in rng.sample(places, min(len(places), rng.choice([1, 2, 3]))):
        letters[index] = LOOK_ALIKES[letters[index]]
    return [("".join(letters), cls, "remove")]


def with_doubled(text, cls, rng):
    if cls not in NAMES:
        return [(text, cls, "remove")]
    places = [index for index, letter in enumerate(text) if letter.isalpha()]
    for index in sorted(rng.sample(places, min(len(places), rng.choice([1, 2, 3]))), reverse=True):
        text = text[:index] + text[index] * rng.choice([1, 1, 2]) + text[index:]
    return [(text, cls, "remove")]


def in_brackets(text, cls, rng):
    opening, closing = rng.choice(BRACKETS)
    return [(opening, None, None), (text, cls, "remove"), (closing, None, None)]


def in_emojis(text, cls, rng):
    return [(rng.choice(EMOJIS), None, None), (text, cls, "remove"), (rng.choice(EMOJIS), None, None)]


BY_HAND = {"plain": lambda pieces, rng: pieces, "upper": upper, "lower": lower, "no_accent": no_accent, "no_punctuation": no_punctuation,
           "scanned": scanned, "wrongly_decoded": wrongly_decoded, "mistyped": mistyped}
ON_PURPOSE = {"zero_width": of_identifiers(with_zero_width), "odd_space": of_identifiers(with_odd_spaces),
              "look_alike": of_identifiers(with_look_alikes), "doubled": of_identifiers(with_doubled),
              "brackets": of_identifiers(in_brackets), "emoji": of_identifiers(in_emojis), "as_is": lambda pieces, rng: pieces}
