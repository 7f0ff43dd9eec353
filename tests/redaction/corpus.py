#!/usr/bin/env python3
"""Writes annotated logbook texts on which `vigie redact` is measured: made-up persons, made-up numbers, real streets.

  corpus.py [--seed N] [--summary]      one JSON object a line, or a table of counts

Each line holds: id; style (register/damage); group (origin of the names in it, `ordinary_word` when they are ordinary words too,
null without names); template; text; spans [start, end, class, must], in characters of the text, where must is

  remove    the identifier has to go
  keep      a street, a time, a count, a word that is a name elsewhere: it has to stay
  either    a label or title beside an identifier (« M. », « tél », « CNI n° »), a birthplace, a postcode: may go or stay

Whatever lies in no span is ordinary text and has to stay.

Every text with a name of an origin group is written once for each group: same sentence, same shape of the name, same damage, so
that the groups differ by nothing but their names and the luck of the other slots. That makes the gap between groups mean something.
The same seed writes the same texts; another seed writes other texts.
"""
import argparse
import collections
import json
import random
import re
import sys

import damage
import identifiers
import names
import places
import templates_adversarial
import templates_with_names
import templates_with_nothing
import templates_with_numbers

DEFAULT_SEED = 13001
ROUNDS = {"names": 1, "ordinary": 5, "numbers": 12, "nothing": 4, "adversarial_names": 1, "adversarial_numbers": 7,
          "adversarial_nothing": 4}
MARK = re.compile(r"\{([a-z_]+?)([2-4]?)(?:\|([^}]*))?\}|<([^>]*)>")
TITLED = re.compile(r"<?\b(M\.|Mme|[Mm]onsieur|[Mm]adame|[LlDd][eu] nommé|[Ll]a nommée)>? \{(?:name|last|civ|first)([2-4]?)\}")
# Words that announce the identifier right after them: they may go with it or stay.
ANNOUNCED = re.compile(r"(?:\b(?:M|Mr|Mme|Mlle|Me|Dr|MM|[Mm]onsieur|[Mm]adame|mr|mme|agt|agent|[Tt][ée]l|TEL|NOM|PRENOM|[Pp]rénom|Nom|"
                       r"[Cc]arte|DDN|[Nn]ée?(?:\.e)? le|IBAN|RIB|IMEI|IP|CB|CNI|mail|[Ii]nsta|snap|[Pp]laque|immatriculée?|[Cc]ode|"
                       r"[Dd]igicode|[Ss]écu|numéro|VL|n)[.°]?)\s*[:=]?\s*$")
TITLES_OF_WOMEN = ["Mme ", "Mme ", "Madame ", "madame ", "Mme. ", "Mlle "]
TITLES_OF_MEN = ["M. ", "M. ", "Monsieur ", "monsieur ", "Mr ", "M "]
SLOT_CLASS = {"w": "word", "cat": "category", "count": "count"}

# How often each damage happens by hand, in hundredths.
DAMAGES = {
    "report": {"plain": 46, "upper": 8, "lower": 5, "no_accent": 8, "no_punctuation": 5, "scanned": 12,
               "wrongly_decoded": 7, "mistyped": 9},
    "telegraphic": {"plain": 36, "upper": 18, "lower": 10, "no_accent": 10, "no_punctuation": 8, "scanned": 8,
                    "wrongly_decoded": 4, "mistyped": 6},
    "radio": {"plain": 44, "upper": 10, "lower": 14, "no_accent": 8, "no_punctuation": 12, "wrongly_decoded": 3, "mistyped": 9},
    "resident": {"plain": 42, "upper": 8, "lower": 12, "no_accent": 8, "no_punctuation": 10, "wrongly_decoded": 8, "mistyped": 12},
    "sms": {"plain": 38, "upper": 4, "lower": 30, "no_accent": 14, "no_punctuation": 6, "mistyped": 8},
    "after_street": {"plain": 50, "upper": 15, "lower": 10, "no_accent": 10, "scanned": 5, "mistyped": 10},
    "ordinary": {"plain": 60, "upper": 10, "lower": 6, "no_accent": 8, "no_punctuation": 6, "scanned": 4, "mistyped": 6},
}


class Person:
    """A made-up person: names by chance from the group, gender and doubled names by the chance that twins share."""

    def __init__(self, table, shared, own, woman=None):
        self.woman = shared.random() < 0.5 if woman is None else woman
        firsts = table["women" if self.woman else "men"]
        self.first, self.second_first = own.choice(firsts), own.choice(firsts)
        self.family, self.second_family = own.choice(table["families"]), own.choice(table["families"])
        while (self.first, self.family) in names.NEVER_PAIRED:
            self.family = own.choice(table["families"])
        self.compound_first = shared.random() < 0.06
        self.compound_family = shared.random() < 0.06

    def first_name(self):
        return self.first + "-" + self.second_first if self.compound_first else self.first

    def family_name(self):
        return self.family + "-" + self.second_family if self.compound_family else self.family

    def letters(self):
        return [letter for letter in identifiers.plain(self.family).upper() if letter.isalpha()]


class Writer:
    """Fills one template for one group. `shared` chance is the same for all twins of a text, `own` chance is each text's."""

    def __init__(self, key, group, table):
        self.key, self.group, self.table = key, group, table
        self.own = random.Random(f"{key}/{group}")
        self.persons, self.women = {}, {}

    def shared(self, slot):
        return random.Random(f"{self.key}/{slot}")

    def person(self, index):
        if index not in self.persons:
            self.persons[index] = Person(self.table, self.shared(f"person{index}"), self.own, self.women.get(index))
        return self.persons[index]

    def pieces(self, sentence):
        for title, index in TITLED.findall(sentence):
            self.women[index or "1"] = title.lower() in ("mme", "la nommée", "madame")
        out, last = [], 0
        for number, match in enumerate(MARK.finditer(sentence)):
            out.append((sentence[last:match.start()], None, None))
            last = match.end()
            slot, index, literal, label = match.groups()
            if label is not None:
                out.append((label, "label", "either"))
            elif literal is not None:
                out.append((literal, SLOT_CLASS[slot], "keep"))
            else:
                out.extend(self.fill(slot, index or "1", number))
        out.append((sentence[last:], None, None))
        return with_labels(out)

    def fill(self, slot, index, number):
        own, shared = self.own, self.shared(f"{slot}{index}/{number}")
        for fill in (self.fill_name, self.fill_identifier, self.fill_kept):
            pieces = fill(slot, index, own, shared)
            if pieces is not None:
                return pieces
        raise ValueError(f"no such slot: {slot}")

    # names -----------------------------------------------------------------------------------------------------------

    def fill_name(self, slot, index, own, shared):
        if slot == "nick":
            return [(own.choice(names.NICKNAMES), "nickname", "remove")]
        if slot == "e":
            return [("e" if self.person("1").woman else "", None, None)]
        if slot == "il":
            return [("elle" if self.person("1").woman else "il", None, None)]
        if slot not in ("name", "civ", "first", "last", "init", "spell", "name_last_spelled", "spell_alphabet"):
            return None
        person = self.person(index)
        first, family = person.first_name(), person.family_name()
        if slot == "name":
            return [(full_name(person, first, family, shared), "name", "remove")]
        if slot == "civ":
            titles = TITLES_OF_WOMEN if person.woman else TITLES_OF_MEN
            shape = shared.choice([family.upper()] * 4 + [family] * 4 + [first + " " + family] * 2 + [first + " " + family.upper()])
            cls = "family_name" if first not in shape else "name"
            return [(shared.choice(titles), "label", "either"), (shape, cls, "remove")]
        if slot == "first":
            return [(first, "first_name", "remove")]
        if slot == "last":
            return [(shared.choice([family, family.upper()]), "family_name", "remove")]
        if slot == "init":
            one, two = identifiers.plain(first)[0].upper(), identifiers.plain(family)[0].upper()
            return [(shared.choice([f"{one}. {two}.", f"{one}.{two}.", f"{one}.{two}", f"{one} . {two}."]), "initials", "remove")]
        letters = person.letters()
        if slot == "spell_alphabet":
            said = [f"{letter} comme {identifiers.FRENCH_ALPHABET[ord(letter) - 65]}" for letter in letters[:7]]
            return [(", ".join(said), "spelled_name", "remove")]
        return [(shared.choice(["-", " ", ".", ", ", " - "]).join(letters), "spelled_name", "remove")]

    # identifiers -----------------------------------------------------------------------------------------------------

    def fill_identifier(self, slot, index, own, shared):
        classes = {"phone": "phone", "phone_foreign": "phone", "phone_words": "phone", "phone_mixed": "phone", "email": "email",
                   "email_spoken": "email", "nir": "nir", "iban": "iban", "card": "card", "imei": "imei", "handle": "handle",
                   "profile": "handle", "pseudo": "handle", "birth": "birth", "house": "house", "access": "access",
                   "badge": "badge", "rio": "badge", "ip": "ip", "plate_old": "plate", "plate_foreign": "plate",
                   "plate_words": "plate"}
        if slot == "plate":
            kind = own.choice(["plate"] * 8 + ["plate_old", "plate_foreign"])
            return [(getattr(identifiers, kind)(own), "plate", "remove")]
        if slot in classes:
            return [(getattr(identifiers, slot)(own), classes[slot], "remove")]
        if slot == "phone_glued":
            return [(identifiers.national_number(own), "phone", "remove")]
        if slot == "plate_glued":
            return [(re.sub(r"[^A-Za-z0-9]", "", identifiers.plate(own)), "plate", "remove")]
        if slot in ("doc", "paper", "door"):
            label, value = identifiers.door(own) if slot == "door" else identifiers.paper(own)
            return [(label, "label", "either"), (value, "door" if slot == "door" else "document", "remove")]
        if slot == "paper_value":
            return [(identifiers.paper(own)[1], "document", "remove")]
        if slot == "birth_short":
            return [(own.choice(["DDN ", "né le ", "née le ", "n. le ", "né(e) le "]), "label", "either"),
                    (identifiers.birth(own), "birth", "remove")]
        if slot == "birthplace":
            return [(own.choice(places.CITIES_OF_BIRTH), "label", "either")]
        if slot == "addr":
            out = [(identifiers.house(own), "house", "remove"), (own.choice([" ", " ", " ", ", "]), None, None),
                   (own.choice(places.STREETS), "street", "keep")]
            if own.random() < 0.25:
                out += [(own.choice([" ", ", "]), None, None), (f"130{own.randrange(1, 17):02d}", "postcode", "either"),
                        (" ", None, None), ("Marseille", "place", "keep")]
            return out
        return None

    # what stays ------------------------------------------------------------------------------------------------------

    def fill_kept(self, slot, index, own, shared):
        lists = {"street": (places.STREETS, "street"), "area": (places.AREAS, "place"), "venue": (places.VENUES, "venue"),
                 "school": (places.SCHOOLS, "venue"), "service": (places.SERVICES, "service"), "cat": (places.CATEGORIES, "category"),
                 "dog": (places.DOGS, "dog"), "colour": (places.COLOURS, "vehicle")}
        if slot in lists:
            values, cls = lists[slot]
            return [(own.choice(values), cls, "keep")]
        if slot == "place":
            return [(own.choice(places.PLACES)[1], "place", "keep")]
        if slot == "at":
            preposition, place = own.choice(places.PLACES)
            return [(preposition + ("" if preposition.endswith("'") else " "), None, None), (place, "place", "keep")]
        if slot == "vehicle":
            colour = " " + own.choice(places.COLOURS) if own.random() < 0.6 else ""
            return [(own.choice(places.VEHICLES) + colour, "vehicle", "keep")]
        simple = {"time": (clock_time, "time"), "date": (date_of_fact, "date"), "count": (count, "count"), "amount": (amount, "amount"),
                  "duration": (duration, "measure"), "speed": (speed, "measure"), "distance": (distance, "measure"),
                  "district": (district, "district")}
        if slot in simple:
            write, cls = simple[slot]
            return [(write(own), cls, "keep")]
        return None


def with_labels(pieces):
    """Joins neighbouring ordinary pieces and marks the words that announce an identifier as labels."""
    out = []
    for text, cls, must in pieces:
        if not text:
            continue
        if out and must is None and out[-1][2] is None:
            out[-1] = (out[-1][0] + text, None, None)
            continue
        found = ANNOUNCED.search(out[-1][0]) if must == "remove" and out and out[-1][2] is None else None
        if found:
            before = out.pop()[0]
            cut = found.start()
            out += [piece for piece in ((before[:cut], None, None), (before[cut:], "label", "either")) if piece[0]]
        out.append((text, cls, must))
    return out


def full_name(person, first, family, shared):
    """A first and a family name in one of the orders and cases that are written."""
    initial = identifiers.plain(first)[0].upper()
    capitals, second_first, second_family = family.upper(), person.second_first, person.second_family
    shapes = [(22, f"{first} {capitals}"), (18, f"{capitals} {first}"), (22, f"{first} {family}"), (7, f"{family} {first}"),
              (6, f"{initial}. {capitals}"), (3, f"{capitals} {initial}."), (4, f"{first} {second_first} {capitals}"),
              (4, f"{capitals} {first} {second_first}"), (4, f"{capitals}, {first}"), (4, f"{first.upper()} {capitals}"),
              (3, f"{first} {family}-{second_family}"), (3, f"{first} {capitals} {second_family.upper()}")]
    return shared.choices([shape for _, shape in shapes], [weight for weight, _ in shapes])[0]


def clock_time(rng):
    hour, minute = rng.randrange(24), rng.choice([0, 5, 10, 15, 20, 30, 40, 45, 50, 55, rng.randrange(60)])
    night = rng.choice([1, 2, 3, 4, 5])
    shape = rng.randrange(18)
    if shape < 6:
        return f"{hour}h{minute:02d}" if shape < 4 else f"{hour:02d}h{minute:02d}"
    return [f"{hour} H {minute:02d}", f"{hour}:{minute:02d}", f"{hour:02d}:{minute:02d}", f"{hour}h", f"{hour}H{minute:02d}",
            f"{hour} heures {minute:02d}", f"{hour} h {minute:02d}", f"{night}h du mat", f"{night}h{minute:02d} du matin", "minuit",
            f"{identifiers.number_in_words(max(hour, 2))} heures {rng.choice(['trente', 'quinze', 'vingt', 'quarante-cinq', 'dix'])}",
            rng.choice(["midi", "midi et quart", "minuit et demi", "six heures du soir", "huit heures et demie"])][shape - 6]


def date_of_fact(rng):
    day, month, year = rng.randrange(1, 29), rng.randrange(1, 13), rng.choice([2023, 2024, 2025])
    month_name = places.MONTHS[month - 1]
    return rng.choice([f"{day:02d}/{month:02d}/{year}", f"{day} {month_name} {year}", f"{day:02d}.{month:02d}.{year % 100}",
                       f"{rng.choice(places.WEEKDAYS)} {day} {month_name}", f"{day:02d}/{month:02d}", f"{day} {month_name}",
                       f"{day:02d}/{month:02d}/{year % 100}", f"{rng.choice(places.WEEKDAYS)} dernier"])


def count(rng):
    if rng.random() < 0.2:
        return rng.choice(places.ROUND_COUNTS)
    number = rng.choice(sorted(places.NUMBER_WORDS))
    said = rng.choice([places.NUMBER_WORDS[number], str(number), str(number), f"{number:02d}" if rng.random() < 0.3 else str(number)])
    return said + " " + rng.choice(places.COUNTED)


def amount(rng):
    value = rng.choice([11, 35, 68, 90, 135, 150, 200, 375, 450, 1500, rng.randrange(20, 900)])
    spaced = f"{value // 1000} {value % 1000:03d}" if value >= 1000 else str(value)
    return rng.choice([f"{spaced} euros", f"{spaced} €", f"{value}€", f"{value},{rng.randrange(10)}0 €", f"{spaced} EUR",
                       "deux cents euros", "mille euros"])


def duration(rng):
    return rng.choice([f"{rng.randrange(2, 59)} minutes", f"{rng.randrange(2, 12)} jours", f"{rng.randrange(2, 9)} mois",
                       f"{rng.randrange(2, 9)} heures", "trois semaines", "deux ans", "une heure",
                       f"{rng.randrange(5, 50)} min", "quinze jours", "un bon quart d'heure"])


def speed(rng):
    return rng.choice([f"{rng.randrange(52, 140)} km/h", f"{rng.randrange(52, 140)} km heure", f"{rng.randrange(52, 140)}km/h",
                       "cent à l'heure"])


def distance(rng):
    return rng.choice([f"{rng.randrange(2, 90)} m", f"{rng.randrange(2, 90)} mètres", f"{rng.randrange(1, 5)},{rng.randrange(1, 9)}0 m",
                       f"{rng.randrange(2, 60)} cm"])


def district(rng):
    number = rng.randrange(2, 17)
    return rng.choice([f"{number}e", f"{number}e", f"{number}ème", f"{number}°"])


def annotated(pieces):
    """The text of the pieces and its spans; blanks at the two ends are dropped."""
    pieces = [piece for piece in pieces if piece[0]]
    while pieces and pieces[0][2] is None and not pieces[0][0].strip():
        pieces = pieces[1:]
    text, spans = "", []
    for part, cls, must in pieces:
        if not text and cls is None:
            part = part.lstrip()
        start = len(text)
        text += part
        if must:
            inner = part.strip()
            if inner:
                start += part.index(inner)
                spans.append([start, start + len(inner), cls, must])
    return text.rstrip() if not spans or spans[-1][1] <= len(text.rstrip()) else text, spans


def sentences(block):
    return [line for line in block.strip().splitlines() if line.strip()]


def written(seed, family, number, sentence, register, round_number, group, table):
    """One text: the template filled, then damaged by hand or on purpose."""
    key = f"{seed}/{family}/{register}/{number}/{round_number}"
    chance = random.Random(f"{key}/damage")
    if family.startswith("adversarial"):
        harm, sentence = sentence.split(": ", 1)
        change = damage.ON_PURPOSE[harm]
    else:
        harm = chance.choices(list(DAMAGES[register]), list(DAMAGES[register].values()))[0]
        change = damage.BY_HAND[harm]
    pieces = change(Writer(key, group, table).pieces(sentence), chance)
    text, spans = annotated(pieces)
    text = text.replace("\n", " ")
    return {"style": f"{register}/{harm}", "group": group, "template": f"{family}/{register}/{number}", "text": text, "spans": spans}


def generate(seed=DEFAULT_SEED):
    """All texts of a seed, in a fixed order."""
    plans = [("names", register, sentence, number, group, table)
             for register, block in templates_with_names.REGISTERS.items() for number, sentence in enumerate(sentences(block), 1)
             for group, table in names.GROUPS.items()]
    plans += [("ordinary", "ordinary", sentence, number, "ordinary_word", names.ORDINARY)
              for number, sentence in enumerate(sentences(templates_with_names.ORDINARY), 1)]
    for family, module in (("numbers", templates_with_numbers), ("nothing", templates_with_nothing)):
        plans += [(family, register, sentence, number, None, None) for register, block in module.REGISTERS.items()
                  for number, sentence in enumerate(sentences(block), 1)]
    plans += [("adversarial_names", "adversarial", sentence, number, group, table)
              for number, sentence in enumerate(sentences(templates_adversarial.WITH_NAMES), 1)
              for group, table in names.GROUPS.items()]
    for family, block in (("adversarial_numbers", templates_adversarial.WITH_NUMBERS),
                          ("adversarial_nothing", templates_adversarial.WITH_NOTHING)):
        plans += [(family, "adversarial", sentence, number, None, None) for number, sentence in enumerate(sentences(block), 1)]
    texts, seen = [], set()
    for family, register, sentence, number, group, table in plans:
        for round_number in range(ROUNDS[family]):
            record = written(seed, family, number, sentence, register, round_number, group, table)
            if group is None and record["text"] in seen:
                continue
            seen.add(record["text"])
            texts.append({"id": f"t{len(texts) + 1:05d}", **record})
    return texts


def template_count():
    blocks = [*templates_with_names.REGISTERS.values(), templates_with_names.ORDINARY, *templates_with_numbers.REGISTERS.values(),
              *templates_with_nothing.REGISTERS.values(), templates_adversarial.WITH_NAMES, templates_adversarial.WITH_NUMBERS,
              templates_adversarial.WITH_NOTHING]
    return len({sentence for block in blocks for sentence in sentences(block)})


def check(texts):
    """What the corpus promises; raises AssertionError when it does not hold."""
    for group, table in names.GROUPS.items():
        assert len(set(table["women"] + table["men"])) >= 60, group
        assert len(set(table["families"])) >= 60, group
    assert template_count() >= 400, template_count()
    assert len(texts) >= 2400, len(texts)
    assert sum(text["style"].startswith("adversarial") for text in texts) >= 300
    assert sum(not any(span[3] == "remove" for span in text["spans"]) for text in texts) >= 300
    for text in texts:
        assert text["text"] and "\n" not in text["text"] and "{" + "w|" not in text["text"], text
        end = 0
        for start, stop, cls, must in text["spans"]:
            assert end <= start < stop <= len(text["text"]), text
            assert must in ("remove", "keep", "either"), text
            end = stop


def summary(texts):
    print(f"texts {len(texts)}, different {len({text['text'] for text in texts})}, templates {template_count()}, "
          f"characters {sum(len(text['text']) for text in texts)}")
    nothing = sum(not any(span[3] == "remove" for span in text["spans"]) for text in texts)
    print(f"adversarial {sum(text['style'].startswith('adversarial') for text in texts)}, nothing to remove {nothing}")
    tables = {"style": collections.Counter(text["style"] for text in texts),
              "group": collections.Counter(text["group"] or "-" for text in texts)}
    for must in ("remove", "keep", "either"):
        tables[must] = collections.Counter(span[2] for text in texts for span in text["spans"] if span[3] == must)
    for title, table in tables.items():
        print(f"{title}: " + ", ".join(f"{key} {value}" for key, value in sorted(table.items())))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--summary", action="store_true", help="print counts in place of the texts")
    arguments = parser.parse_args()
    texts = generate(arguments.seed)
    check(texts)
    if arguments.summary:
        summary(texts)
    else:
        for text in texts:
            sys.stdout.write(json.dumps(text, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
