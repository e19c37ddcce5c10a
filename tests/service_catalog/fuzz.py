"""Damages catalogs at random and sees to it that only faults and warnings ever come out.

    python -m tests.service_catalog.fuzz --examples 5000 --seed 7     (make fuzz)

The tests use the same damage. What breaks something is kept in the folder that is named.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import re
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from service_catalog.checking.cautions import cautions
from service_catalog.checking.check import LONGEST_MESSAGE, check_file
from service_catalog.load import FOLDER, map_offers
from service_catalog.yaml_file import parse

TODAY = date(2026, 11, 22)
EKSEMPELVIK = FOLDER / "9999-eksempelvik.yml"
LINE = re.compile(r"[^:]+: [^:]+: .+", re.DOTALL)

# One of everything: every field that a catalog may have.
FULL = """\
scope: municipal
municipality: "9999"
name: Eksempelvik
fictional: true
districts: [Fjordbyen]
landing_text: {nb: "Hei til deg.", nn: "Hei til deg."}
find_more: {nb: "Se på nettsiden.", nn: "Sjå på nettsida."}
school_holidays:
  - {name: {nb: Ferie, nn: Ferie}, valid_from: 2027-02-22, valid_to: 2027-02-26}
organizations:
  - {id: kommunen, name: {nb: Kommunen}, url: "https://www.eksempelvik.example"}
locations:
  - id: huset
    name: {nb: Huset}
    address: Fjordgata 3
    district: Fjordbyen
    accessibility: {nb: "Det er heis.", nn: "Det er heis."}
    transportation: {nb: "Ta bussen.", nn: "Ta bussen."}
services:
  - id: mottak
    organization_id: kommunen
    name: {nb: "Én dør inn", nn: "Éi dør inn"}
    type: mottak
    description: {nb: "Noen hører på deg.", nn: "Nokon høyrer på deg."}
    levels: [green, dark_red]
    themes: [stress]
    specialised: true
    keywords: [prøve]
    generic: false
    minimum_age: 12
    maximum_age: 25
    ages: null
    eligibility_description: {nb: "For deg.", nn: "For deg."}
    who_may_come: [drop_in, referral]
    referral_by: [fastlege]
    application_process: {nb: "Bank på.", nn: "Bank på."}
    attending_types: [meet, phone, chat, video]
    video_minimum_age: 16
    cost: paid
    fees_description: {nb: "Det koster litt.", nn: "Det kostar litt."}
    anonymous: false
    anonymity: {nb: "De har taushetsplikt.", nn: "Dei har teieplikt."}
    parents: your_choice
    languages: [nb, nn]
    interpretation_services: true
    location_ids: [huset]
    confidential: false
    districts: [Fjordbyen]
    service_area: ["3413"]
    schedule:
      opening_hours: "Mo-Fr 08:00-18:00; PH,SH off"
      description: {nb: "Ring på.", nn: "Ring på."}
    usual_times: {nb: "På dagen.", nn: "På dagen."}
    usually: null
    phones:
      - {number: "00 10 00 01", description: {nb: Vakta}}
    url: https://www.eksempelvik.example
    chat:
      url: https://www.eksempelvik.example/chat
      times: {nb: "På kvelden.", nn: "På kvelden."}
      usually: Mo-Fr 16:00-20:00
    booking_endpoint: "http://127.0.0.1:${BOOKING_PORT}/fhir"
    booking_schedule: Schedule/helsestasjonen
    booking_service_type: "urn:system|samtale"
    waiting_time: {nb: "To uker.", nn: "To veker."}
    alerts:
      - text: {nb: "Stengt.", nn: "Stengt."}
        valid_from: 2026-12-01
        valid_to: 2026-12-02
        closed: true
    assured_date: "2026-11-01"
    source: Oppdiktet
    confidence: verified
    fictional: true
pathways:
  - id: videre
    name: {nb: "Veien videre", nn: "Vegen vidare"}
    levels: [red]
    minimum_age: 12
    maximum_age: 17
    steps:
      - {kind: listens, who: [mottak], text: {nb: "Noen hører på deg.", nn: "Nokon høyrer på deg."}}
    bring: {nb: "Du trenger ikke noe.", nn: "Du treng ikkje noko."}
    waiting_time: {nb: "To uker.", nn: "To veker."}
    while_waiting: {nb: "Du kan komme igjen.", nn: "Du kan kome att."}
    if_refused: {nb: "Spør hvorfor.", nn: "Spør kvifor."}
    assured_date: "2026"
    source: Oppdiktet
    confidence: verified
notes:
  - id: gruppe
    kind: onward
    keywords: [gruppe]
    name: {nb: Gruppe}
    text: {nb: "De har grupper.", nn: "Dei har grupper."}
    assured_date: "2026"
    source: Oppdiktet
"""

# What may stand where something else belongs.
WRONG: tuple[Any, ...] = (
    None, True, False, "", " ", "~", "0", "-1", "1.5", "1e400", "nan", "inf", "9" * 5000,
    "2026-02-30", "0000-00-00", "99999-01-01", "24/7", "Mo-Fr 99:99-00:00", "SH", "PH,SH off",
    "Mo-Su 00:00-24:00 " * 40, "week 1-53/0", "easter", "Feb 30", "javascript:alert(1)",
    "https://[", "https://a b", "https://xn--", "https://eks:99999999/", "${HOME}", "${BOOKING_X",
    "x" * 100_000, "\u202e", "\u0000", "\ud800", "\u001b[31m", "a\nb: c", "🙂" * 400, "١٢",
    "../../etc/passwd", [], [[]], [None], [[[]]], ["a"] * 500, {}, {"": ""}, {"nb": []},
    {"nb": {"nb": "a"}}, [{}], [{"id": "a"}], {"a": {"b": {"c": []}}},
)  # fmt: skip
JUNK = (
    b"\x00", b"\xff", b"\t", b": ", b"- ", b"[", b"{", b"]", b"}", b'"', b"'", b"&a ", b"*a",
    b"!!x ", b"<<: ", b"? ", b"| ", b">\n", b"---\n", b"...\n", b"%YAML 9.9\n", b"#", b"\r",
    b"\xe2\x80\xa8",
    b"9" * 40, b"2026-02-30", b"null", b"true", b"\xef\xbb\xbf", b"\\", b"@", b"`", b"\n\n",
)  # fmt: skip


class Broken(AssertionError):
    """Something other than a fault or a warning came out."""


def judge(path: Path, content: bytes) -> str:
    """Check `content` as a catalog; return "faulty", "warned" or "sound". Raises Broken."""
    path.write_bytes(content)
    try:
        checked = check_file(path, TODAY)
        found = cautions(path, checked, TODAY)
        if checked.catalog is not None:
            list(map_offers(checked.catalog))
    except Exception as error:
        raise Broken(f"{type(error).__name__}: {error}") from error
    if (checked.catalog is None) != bool(checked.faults):
        raise Broken("faulty, and yet a catalog; or neither")
    for one in (*checked.faults, *found):
        line = str(one).removeprefix(f"{path}:{one.line}: ")
        whole = line.isprintable() and LINE.fullmatch(f"x: {line}")
        if one.line < 1 or not whole or len(one.message) > LONGEST_MESSAGE:
            raise Broken(f"not one readable line: {str(one)[:300]!r}")
    return "faulty" if checked.faults else "warned" if found else "sound"


def every_place(data: Any, where: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield where every value of a document stands, the document itself first."""
    yield where
    if isinstance(data, (dict, list)):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from every_place(value, (*where, key))


def with_value(data: Any, where: tuple[Any, ...], value: Any) -> bytes:
    """Return the document with `value` at `where`, as YAML (JSON is YAML)."""
    if not where:
        return json.dumps(value).encode()
    changed = copy.deepcopy(data)
    holder = changed
    for key in where[:-1]:
        holder = holder[key]
    holder[where[-1]] = value
    return json.dumps(changed).encode()


def with_key(data: Any, where: tuple[Any, ...], key: str) -> bytes:
    """Return the document with the mapping at `where` holding one more field, called `key`."""
    changed = copy.deepcopy(data)
    holder = changed
    for step in where:
        holder = holder[step]
    holder[key] = "x"
    return json.dumps(changed).encode()


def full() -> Any:
    """Return FULL as plain data."""
    return parse(FULL.encode()).data


def damage(chance: random.Random, content: bytes) -> bytes:
    """Return `content` with one to four places spoilt."""
    for _ in range(chance.randint(1, 4)):
        content = chance.choice((_insert, _cut, _double, _flip, _move_line, _indent))(
            chance, content
        )
    return content


def _insert(chance: random.Random, content: bytes) -> bytes:
    at = chance.randint(0, len(content))
    return content[:at] + chance.choice(JUNK) + content[at:]


def _cut(chance: random.Random, content: bytes) -> bytes:
    at = chance.randint(0, len(content))
    return content[:at] + content[at + chance.choice((1, 2, 9, 200, 5000)) :]


def _double(chance: random.Random, content: bytes) -> bytes:
    at = chance.randint(0, len(content))
    piece = content[at : at + chance.choice((3, 60, 2000))]
    return content[:at] + piece * chance.choice((2, 3, 20)) + content[at:]


def _flip(chance: random.Random, content: bytes) -> bytes:
    if not content:
        return b"\xff"
    at = chance.randrange(len(content))
    return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]


def _move_line(chance: random.Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    line = lines.pop(chance.randrange(len(lines)))
    lines.insert(chance.randint(0, len(lines)), line)
    return b"\n".join(lines)


def _indent(chance: random.Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    at = chance.randrange(len(lines))
    lines[at] = b" " * chance.choice((1, 2, 4)) + lines[at].lstrip(b" ")
    return b"\n".join(lines)


def wrong_value(chance: random.Random, data: Any, places: list[tuple[Any, ...]]) -> bytes:
    """Return FULL with one to three values of the wrong kind."""
    content = with_value(data, chance.choice(places), chance.choice(WRONG))
    for _ in range(chance.randint(0, 2)):
        changed = json.loads(content)
        content = with_value(changed, chance.choice([*every_place(changed)]), chance.choice(WRONG))
    return content


def main() -> int:
    """Damage and check as long as was asked for; return 1 when something broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.service_catalog.fuzz")
    parser.add_argument("--examples", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    chance = random.Random(chosen.seed)
    sources = [EKSEMPELVIK.read_bytes(), FULL.encode()]
    data = full()
    places = list(every_place(data))
    came_out: Counter[str] = Counter()
    for number in range(chosen.examples):
        values = number % 2 == 0
        content = (
            wrong_value(chance, data, places) if values else damage(chance, chance.choice(sources))
        )
        kind = "wrong values" if values else "damaged bytes"
        try:
            came_out[f"{kind}: {judge(folder / 'fuzz.yml', content)}"] += 1
        except Broken:
            came_out[f"{kind}: BROKEN"] += 1
            (folder / f"broken-{number}.yml").write_bytes(content)
            traceback.print_exc(limit=-3)
    print(f"seed {chosen.seed}, {chosen.examples} catalogs")
    for told, times in sorted(came_out.items()):
        print(f"  {told:24} {times}")
    broken = sum(times for told, times in came_out.items() if "BROKEN" in told)
    print(f"what broke lies in {folder}" if broken else "only faults and warnings came out")
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
