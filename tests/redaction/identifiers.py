"""Structured identifiers, each in the shapes in which people write them. All are drawn at random; checksums are right where the
real thing has one, because a reader may rely on them."""
import unicodedata

from names import GROUPS, listed
from places import MONTHS

UNITS = listed("""zéro, un, deux, trois, quatre, cinq, six, sept, huit, neuf, dix, onze, douze, treize, quatorze, quinze, seize,
    dix-sept, dix-huit, dix-neuf""")
TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 8: "quatre-vingt"}
RADIO = listed("""Alpha, Bravo, Charlie, Delta, Echo, Foxtrot, Golf, Hotel, India, Juliett, Kilo, Lima, Mike, November, Oscar, Papa,
    Québec, Roméo, Sierra, Tango, Uniform, Victor, Whisky, X-ray, Yankee, Zoulou""")
FRENCH_ALPHABET = listed("""Anatole, Berthe, Célestin, Désiré, Eugène, François, Gaston, Henri, Irma, Joseph, Kléber, Louis, Marcel,
    Nicolas, Oscar, Pierre, Quintal, Raoul, Suzanne, Thérèse, Ursule, Victor, William, Xavier, Yvonne, Zoé""")
PLATE_LETTERS = "ABCDEFGHJKLMNPQRSTVWXYZ"
PSEUDONYMS = listed("""lilou, kiki, blackpanda, sudiste, minot, calanque, solea, mistral, phoceen, bestlife, reine, petitloup, marlou,
    tchikita, vagabond, lunaire, babyshark, gabian, cagole, rascasse, oursin, navette, panisse, ninja, shadow, fada, pastaga,
    soleil, bonnemere, ballon""")
MAIL_HOSTS = listed("""gmail.com, orange.fr, wanadoo.fr, free.fr, sfr.fr, hotmail.fr, hotmail.com, outlook.fr, laposte.net, yahoo.fr,
    icloud.com, live.fr, protonmail.com, numericable.fr""")


def plain(text):
    """The text in ASCII: accents off, special letters spelled."""
    text = text.replace("ł", "l").replace("Ł", "L").replace("Đ", "D").replace("đ", "d").replace("ı", "i").replace("ß", "ss")
    text = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def number_in_words(value):
    """0 to 99 in words, as in France."""
    if value < 20:
        return UNITS[value]
    tens, unit = divmod(value, 10)
    if tens in (7, 9):
        base = TENS[tens - 1]
        joint = " et " if (tens == 7 and unit == 1) else "-"
        return base + joint + UNITS[10 + unit]
    if unit == 0:
        return TENS[tens] + ("s" if tens == 8 else "")
    if unit == 1 and tens != 8:
        return TENS[tens] + " et un"
    return TENS[tens] + "-" + UNITS[unit]


def digits(rng, count):
    return "".join(str(rng.randrange(10)) for _ in range(count))


def grouped(text, sizes, separator):
    parts, start = [], 0
    for size in sizes:
        parts.append(text[start:start + size])
        start += size
    return separator.join(part for part in parts if part)


def national_number(rng):
    first = rng.choice("6666777741139 5".replace(" ", ""))
    return "0" + first + digits(rng, 8)


def phone(rng):
    number = national_number(rng)
    shape = rng.randrange(16)
    if shape < 8:
        separator = [" ", " ", " ", ".", "-", "", "/", "  "][shape]
        return grouped(number, [2] * 5, separator)
    if shape == 8:
        return "+33 " + number[1] + " " + grouped(number[2:], [2] * 4, " ")
    if shape == 9:
        return "+33" + number[1:]
    if shape == 10:
        return "0033 " + number[1] + " " + grouped(number[2:], [2] * 4, rng.choice([" ", ".", "-"]))
    if shape == 11:
        return "0033" + number[1:]
    if shape == 12:
        return "+33 (0)" + number[1] + " " + grouped(number[2:], [2] * 4, " ")
    if shape == 13:
        return grouped(number, [4, 3, 3], " ")
    if shape == 14:
        return grouped(number, [4, 2, 2, 2], rng.choice([" ", "."]))
    return rng.choice([grouped(number, [3, 3, 4], " "), grouped(number, [2] * 5, " . "), grouped(number, [2] * 5, " - ")])


def phone_foreign(rng):
    return rng.choice([
        lambda: "+39 3" + digits(rng, 2) + " " + digits(rng, 3) + " " + digits(rng, 4),
        lambda: "+213 5" + digits(rng, 2) + " " + digits(rng, 2) + " " + digits(rng, 2) + " " + digits(rng, 2),
        lambda: "00216 2" + digits(rng, 1) + " " + digits(rng, 3) + " " + digits(rng, 3),
        lambda: "+212 6" + digits(rng, 8),
        lambda: "+269 3" + digits(rng, 2) + " " + digits(rng, 2) + " " + digits(rng, 2),
        lambda: "+44 7" + digits(rng, 3) + " " + digits(rng, 6),
        lambda: "+34 6" + digits(rng, 2) + " " + digits(rng, 3) + " " + digits(rng, 3),
        lambda: "0049 15" + digits(rng, 1) + " " + digits(rng, 8),
        lambda: "+40 7" + digits(rng, 2) + " " + digits(rng, 3) + " " + digits(rng, 3),
        lambda: "+221 77 " + digits(rng, 3) + " " + digits(rng, 2) + " " + digits(rng, 2),
        lambda: "+32 4" + digits(rng, 2) + "/" + digits(rng, 2) + "." + digits(rng, 2) + "." + digits(rng, 2),
        lambda: "+1 (" + str(rng.randrange(2, 10)) + digits(rng, 2) + ") " + digits(rng, 3) + "-" + digits(rng, 4),
    ])()


def phone_words(rng):
    number = national_number(rng)
    pairs = [number[i:i + 2] for i in range(0, 10, 2)]
    words = [("zéro " if pair[0] == "0" else "") + number_in_words(int(pair)) for pair in pairs]
    return rng.choice([" ", " ", ", ", " - "]).join(words)


def phone_mixed(rng):
    """Half in words, half in figures."""
    number = national_number(rng)
    pairs = [number[i:i + 2] for i in range(0, 10, 2)]
    words = [("zéro " if pair[0] == "0" else "") + number_in_words(int(pair)) for pair in pairs]
    spoken = set(rng.sample(range(5), rng.choice([1, 2, 3])))
    return " ".join(words[i] if i in spoken else pairs[i] for i in range(5))


def plate(rng):
    def letters(count):
        return "".join(rng.choice(PLATE_LETTERS) for _ in range(count))
    left, middle, right = letters(2), f"{rng.randrange(1, 1000):03d}", letters(2)
    text = rng.choice(["-", "-", "-", " ", "", ""]).join([left, middle, right])
    if rng.random() < 0.08:
        text = left + " - " + middle + " - " + right
    return text.lower() if rng.random() < 0.2 else text


def plate_old(rng):
    number = str(rng.randrange(10, 9999))
    letters = "".join(rng.choice(PLATE_LETTERS) for _ in range(rng.choice([2, 2, 3])))
    separator = rng.choice([" ", " ", "", "-"])
    text = separator.join([number, letters, rng.choice(["13", "13", "13", "83", "84", "06", "69", "75", "2A", "2B"])])
    return text.lower() if rng.random() < 0.15 else text


def plate_foreign(rng):
    def letters(count):
        return "".join(rng.choice(PLATE_LETTERS) for _ in range(count))
    return rng.choice([
        lambda: "M-" + letters(2) + " " + digits(rng, 4),
        lambda: digits(rng, 4) + " " + letters(3),
        lambda: "1-" + letters(3) + "-" + digits(rng, 3),
        lambda: letters(2) + digits(rng, 2) + " " + letters(3),
        lambda: "KR " + digits(rng, 1) + letters(2) + digits(rng, 2),
        lambda: "GE " + digits(rng, 6),
        lambda: digits(rng, 2) + "-" + letters(2) + "-" + digits(rng, 2),
        lambda: "B " + digits(rng, 3) + " " + letters(3),
        lambda: letters(2) + " " + digits(rng, 3) + " " + letters(2),
        lambda: "WW-" + digits(rng, 3) + "-" + letters(2),
    ])()


def plate_words(rng):
    """A plate as it is said on the radio."""
    letters = [rng.randrange(26) for _ in range(4)]
    number = f"{rng.randrange(1, 1000):03d}"
    said = rng.choice([number, " ".join(UNITS[int(d)] for d in number), " ".join(number)])
    return " ".join([RADIO[letters[0]], RADIO[letters[1]], said, RADIO[letters[2]], RADIO[letters[3]]])


def mail_parts(rng):
    group = GROUPS[rng.choice(sorted(GROUPS))]
    first = plain(rng.choice(group["women"] + group["men"])).lower().replace(" ", "").replace("'", "")
    family = plain(rng.choice(group["families"])).lower().replace(" ", "").replace("'", "")
    local = rng.choice([first + "." + family, first[0] + "." + family, first + family, family + digits(rng, 2),
                        first + "_" + digits(rng, 2),
                        rng.choice(PSEUDONYMS) + digits(rng, 2), first + "-" + family, first + "." + family + digits(rng, 2)])
    return local, rng.choice(MAIL_HOSTS)


def email(rng):
    local, host = mail_parts(rng)
    text = local + "@" + host
    return rng.choice([text, text, text, text, text, text.upper(), local + " @ " + host])


def email_spoken(rng):
    local, host = mail_parts(rng)
    at = rng.choice([" arobase ", " arobase ", " arrobase ", " at ", " (at) ", "[at]", " a commercial "])
    dot = rng.choice([" point ", " point ", ".", " (point) "])
    local = local.replace("-", " tiret ").replace("_", " tiret bas ")
    return local.replace(".", dot) + at + host.replace(".", dot)


def nir(rng):
    department = rng.choice(["13", "13", "75", "83", "2A", "2B", "99", "69", "06", "34"])
    born = rng.choice("12") + digits(rng, 2) + f"{rng.randrange(1, 13):02d}"
    body = born + department + digits(rng, 6)
    value = int(body.replace("2A", "19").replace("2B", "18"))
    key = f"{97 - value % 97:02d}"
    sizes = [1, 2, 2, 2, 3, 3, 2]
    return rng.choice([grouped(body + key, sizes, " "), grouped(body + key, sizes, " "), body + key, grouped(body, sizes, " "),
                       grouped(body + key, sizes, "."), grouped(body + key, sizes, "-"), body + " " + key])


def iban_checked(country, account):
    moved = account + country + "00"
    number = int("".join(str(int(c, 36)) for c in moved))
    return country + f"{98 - number % 97:02d}" + account


def iban(rng):
    kind = rng.choice(["FR", "FR", "FR", "FR", "DE", "BE", "ES", "IT", "PT", "GB"])
    account = {"FR": digits(rng, 10) + digits(rng, 11) + digits(rng, 2), "DE": digits(rng, 18), "BE": digits(rng, 12),
               "ES": digits(rng, 20), "IT": rng.choice("XKZ") + digits(rng, 22), "PT": digits(rng, 21),
               "GB": "NWBK" + digits(rng, 14)}[kind]
    text = iban_checked(kind, account)
    fours = " ".join(text[i:i + 4] for i in range(0, len(text), 4))
    return rng.choice([fours, fours, text, text.lower(), fours.replace(" ", "-")])


def luhn_completed(body):
    total = 0
    for index, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if index % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return body + str(-total % 10)


def card(rng):
    number = luhn_completed(rng.choice(["4", "51", "52", "53", "54", "49"]).ljust(2, "7") + digits(rng, 13))
    return rng.choice([grouped(number, [4] * 4, " "), grouped(number, [4] * 4, " "), number, grouped(number, [4] * 4, "-"),
                       grouped(number, [4] * 4, ".")])


def imei(rng):
    number = luhn_completed("35" + digits(rng, 12))
    return rng.choice([number, number, grouped(number, [2, 6, 6, 1], "-"), grouped(number, [2, 6, 6, 1], " "),
                       grouped(number, [8, 6, 1], " ")])


def handle(rng):
    root = rng.choice(PSEUDONYMS)
    tail = rng.choice(["_" + digits(rng, 2), digits(rng, 2), ".du13", "13" + digits(rng, 3), "_officiel",
                       "." + rng.choice(PSEUDONYMS), "__x"])
    return "@" + root + tail


def profile(rng):
    name = rng.choice(PSEUDONYMS) + rng.choice([".", "_", ""]) + rng.choice(PSEUDONYMS) + digits(rng, 2)
    return rng.choice(["https://www.facebook.com/", "facebook.com/", "https://instagram.com/", "www.instagram.com/", "tiktok.com/@",
                       "https://www.tiktok.com/@", "https://x.com/", "snapchat.com/add/", "linkedin.com/in/", "t.me/"]) + name


def pseudo(rng):
    """A handle without its sign, after a word that announces it (insta, snap)."""
    return handle(rng)[1:]


def year_in_words(year):
    century, rest = divmod(year, 100)
    head = "mille neuf cent" if century == 19 else "deux mille"
    return head + (" " + number_in_words(rest) if rest else "")


def birth(rng):
    day, month, year = rng.randrange(1, 29), rng.randrange(1, 13), rng.randrange(1942, 2009)
    shape = rng.randrange(12)
    if shape < 3:
        return f"{day:02d}/{month:02d}/{year}"
    if shape < 9:
        return [f"{day:02d}.{month:02d}.{year}", f"{day:02d}-{month:02d}-{year}", f"{day:02d}/{month:02d}/{year % 100:02d}",
                f"{day} {MONTHS[month - 1]} {year}", f"{day:02d}{month:02d}{year}", f"{day:02d} {month:02d} {year}"][shape - 3]
    if shape == 9:
        said = "premier" if day == 1 else number_in_words(day)
        return f"{said} {MONTHS[month - 1]} {year_in_words(year)}"
    if shape == 10:
        return f"{'1er' if day == 1 else day} {MONTHS[month - 1]} {year % 100:02d}"
    return f"{year}-{month:02d}-{day:02d}"


def house(rng):
    number = str(rng.randrange(1, 320))
    return rng.choice([number] * 8 + [number + " bis", number + "bis", number + "B", number + " ter", number + "-" + str(int(number) + 2),
                                      number + " A", number + "/" + str(int(number) + 2)])


def door(rng):
    """The code of a flat, a building, a staircase, a door: label and value."""
    def flat():
        return (rng.choice(["apt ", "appartement ", "appt ", "apt n°", "appartement n° ", "logement "]),
                rng.choice([str(rng.randrange(1, 420)), rng.choice("ABCD") + str(rng.randrange(1, 40))]))

    def building():
        return (rng.choice(["bât ", "bâtiment ", "bat. ", "bâtiment "]),
                rng.choice("ABCDEFGHK") + rng.choice(["", "", str(rng.randrange(1, 9))]))

    def staircase():
        return (rng.choice(["escalier ", "esc ", "esc. ", "cage ", "cage d'escalier "]),
                rng.choice(["1", "2", "3", "4", "5", "B", "C", "D", "12"]))

    def on_the_door():
        return (rng.choice(["porte ", "porte n° ", "pte "]),
                rng.choice([str(rng.randrange(1, 420)), rng.choice("ABCD") + str(rng.randrange(1, 9))]))

    def entrance():
        return rng.choice(["entrée ", "hall "]), rng.choice(["2", "3", "4", "B", "C", "D", "14"])
    return rng.choice([flat, building, staircase, on_the_door, entrance])()


def access(rng):
    return rng.choice([digits(rng, 2) + rng.choice("AB") + digits(rng, 2), rng.choice("AB") + digits(rng, 4),
                       digits(rng, 4) + rng.choice("AB"), digits(rng, 4), digits(rng, 5)])


def badge(rng):
    return rng.choice([str(rng.randrange(1001, 9999)), str(rng.randrange(10001, 99999)), str(rng.randrange(101, 999)),
                       rng.choice("ABCPM") + str(rng.randrange(100, 9999))])


def rio(rng):
    return rng.choice([digits(rng, 7), digits(rng, 7), digits(rng, 3) + " " + digits(rng, 4)]).replace("0", "1", 1)


def paper(rng):
    """Identity papers and licences: label and number."""
    def pair_of_letters():
        return rng.choice(PLATE_LETTERS) + rng.choice(PLATE_LETTERS)

    def card_of_old():
        label = rng.choice(["CNI n° ", "CNI ", "carte d'identité n° ", "carte nationale d'identité "])
        return label, digits(rng, 4) + "13" + digits(rng, 6)

    def card_of_today():
        label = rng.choice(["CNI n° ", "carte d'identité "])
        start = rng.choice("TXFR") + rng.choice("123456789")
        return label, start + "".join(rng.choice("CFGHJKLMNPRTVWXYZ0123456789") for _ in range(6)) + digits(rng, 1)

    def passport():
        return rng.choice(["passeport n° ", "passeport ", "passeport français "]), digits(rng, 2) + pair_of_letters() + digits(rng, 5)

    def residence_permit():
        return rng.choice(["titre de séjour n° ", "titre de séjour "]), rng.choice(["99", "13"]) + digits(rng, 8)

    def licence_of_old():
        label = rng.choice(["permis de conduire n° ", "permis n° ", "PC n° "])
        return label, digits(rng, 2) + f"{rng.randrange(1, 13):02d}" + "13" + digits(rng, 6)

    def licence_of_today():
        return rng.choice(["permis n° ", "permis de conduire "]), digits(rng, 2) + pair_of_letters() + digits(rng, 5)

    def other():
        return rng.choice(["permis de chasser n° ", "récépissé n° ", "attestation d'assurance n° "]), "13" + digits(rng, 7)
    return rng.choice([card_of_old, card_of_today, passport, residence_permit, licence_of_old, licence_of_today, other])()


def ip(rng):
    if rng.random() < 0.75:
        return ".".join(str(rng.randrange(1, 255)) for _ in range(4))
    return "2a01:" + ":".join(f"{rng.randrange(4096, 65536):x}" for _ in range(rng.choice([3, 7]))) + rng.choice(["", "::1"])
