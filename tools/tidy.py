#!/usr/bin/env python3
"""Checks what a machine can check of the house's conventions, in under a second. Part of the test suite.

  tidy.py [TOP]      exits 1 and says what and where, when something is wrong

Exceptions are listed in tools/tidy_exceptions.txt, each with its reason; an exception that is no longer needed is an error
too, so the list can only get shorter.
"""
import pathlib
import re
import sys

LINES_MAX = 400
VAGUE = re.compile(r"(^|_)(utils?|common|misc|helpers?|manager|stuff|impl|handler2)(_|\.|$)")
VAGUE_TYPE = re.compile(r"\b(?:class|struct|enum class)\s+\w*(?:Utils?|Common|Misc|Helper|Manager|Stuff|Impl)\b")
# A field of an event that could name, number or depict a person: the house has no place for one.
PERSON = re.compile(r"\b\w*(?:name|surname|nom|prenom|phone|telephone|plate|plaque|birth|naissance|face|gait|track_id|"
                    r"badge|handle|email|iban|nir|passport|victim|suspect|offender|author|person|identity)\w*\s*(?:=[^;]*)?;", re.I)
MARKERS = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
HEAVY_IN_HEADERS = re.compile(r"#include <(?:regex|iostream|filesystem|fmt/format\.h|fmt/chrono\.h|nlohmann/|simdjson\.h|sqlite3\.h|"
                              r"duckdb\.h|boost/(?!json/fwd\.hpp)|toml\+\+/)")


class Report:
    def __init__(self, top):
        self.wrong = []
        self.used = set()
        self.exceptions = {}
        path = top / "tools/tidy_exceptions.txt"
        for number, line in enumerate(path.read_text().splitlines() if path.exists() else [], 1):
            if not line.strip() or line.startswith("#"):
                continue
            parts = line.split(None, 2)
            if len(parts) < 3:
                self.wrong.append(f"tools/tidy_exceptions.txt:{number}: expected 'rule path reason'")
                continue
            self.exceptions[(parts[0], parts[1])] = number

    def add(self, rule, path, line, message):
        if (rule, str(path)) in self.exceptions:
            self.used.add((rule, str(path)))
            return
        self.wrong.append(f"{path}:{line}: [{rule}] {message}")

    def finish(self):
        for key, number in self.exceptions.items():
            if key not in self.used:
                self.wrong.append(f"tools/tidy_exceptions.txt:{number}: no longer needed: {key[0]} {key[1]}")
        for line in self.wrong:
            print(line)
        return 1 if self.wrong else 0


def read_rooms(path, report):
    rooms = {}
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        room, _, allowed = line.partition(":")
        allowed = allowed.split()
        for name in allowed:
            if name not in rooms:  # only rooms written above: no cycle can be written
                report.add("rooms", "src/ROOMS", number, f"{room} names {name}, which does not stand above it")
        rooms[room.strip()] = set(allowed)
    return rooms


def room_of(relative, rooms):
    parts = relative.parts
    for depth in (2, 1):
        name = "/".join(parts[:depth])
        if name in rooms and len(parts) > depth:
            return name
    return None


def check_includes(top, rooms, report):
    for path in sorted((top / "src").rglob("*")):
        if path.suffix not in (".h", ".cpp"):
            continue
        relative = path.relative_to(top / "src")
        shown = path.relative_to(top)
        room = room_of(relative, rooms)
        if room is None:
            report.add("rooms", shown, 1, "lies in no room of src/ROOMS")
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            match = re.match(r'\s*#include "([^"]+)"', line)
            if match:
                target = room_of(pathlib.PurePath(match.group(1)), rooms)
                if target is None:
                    if match.group(1) not in ("assets.h",):
                        report.add("include", shown, number, f'"{match.group(1)}" is not a path from src/')
                elif target != room and target not in rooms[room]:
                    report.add("include", shown, number, f"{room} may not include {target} (src/ROOMS)")
            if path.suffix == ".h" and HEAVY_IN_HEADERS.search(line):
                report.add("heavy", shown, number, "expensive header in a header; let the .cpp pay")


def check_names_and_sizes(top, report):
    for folder in ("src", "tests", "bench", "tools", "web/src"):
        for path in sorted((top / folder).rglob("*")):
            if path.suffix not in (".h", ".cpp", ".ts", ".svelte", ".mjs", ".py") or "node_modules" in path.parts:
                continue
            shown = path.relative_to(top)
            text = path.read_text()
            lines = text.splitlines()
            if VAGUE.search(path.stem + "."):
                report.add("name", shown, 1, "a file's name says what it does")
            if len(lines) > LINES_MAX and path.suffix != ".py" and "schema.d.ts" not in path.name:
                report.add("long", shown, len(lines), f"{len(lines)} lines; a file holds one idea in at most {LINES_MAX}")
            for number, line in enumerate(lines, 1):
                if VAGUE_TYPE.search(line) and path.suffix in (".h", ".cpp"):
                    report.add("name", shown, number, "a type's name says what it is")
                if MARKERS.search(line) and path.name != "tidy.py":
                    report.add("marker", shown, number, "a left-over marker; make it an issue and a sentence")


def check_event_fields(top, report):
    for path in sorted((top / "src/city/event").rglob("*.h")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            code = line.split("//")[0]
            if PERSON.search(code) and not re.search(r"std::string name;", code):
                report.add("person", path.relative_to(top), number, "a field of an event that could name, number or depict a person")


def check_mirrors(top, rooms, report):
    """A source is tested by the test of its stem, by the test of a stem that begins it, or by one that includes its header."""
    tests = list((top / "tests").rglob("*_test.cpp")) + list((top / "tests").rglob("*_fuzz.cpp"))
    stems = {re.sub("_(test|fuzz)$", "", path.stem) for path in tests}
    included = {name for path in tests for name in re.findall(r'#include "([^"]+)\.h"', path.read_text())}
    for path in sorted((top / "src").rglob("*.cpp")):
        relative = path.relative_to(top / "src")
        if room_of(relative, rooms) == "programs":
            continue  # driven as programs by tests/stories and tests/faults
        words = path.stem.split("_")
        named = any("_".join(words[:count]) in stems for count in range(1, len(words) + 1))
        if not named and relative.with_suffix("").as_posix() not in included:
            report.add("mirror", path.relative_to(top), 1, f"no test names it: tests/**/{path.stem}_test.cpp, or one that includes its header")


def main():
    top = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    report = Report(top)
    rooms = read_rooms(top / "src/ROOMS", report)
    check_includes(top, rooms, report)
    check_names_and_sizes(top, report)
    check_event_fields(top, report)
    check_mirrors(top, rooms, report)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
