"""Warnings: what leads a young person astray, or soon will, without being a fault."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from service_catalog.checking.cautions import cautions
from service_catalog.checking.check import check_file
from service_catalog.checking.doors import BY_LAW
from service_catalog.checking.facts import usual_form
from service_catalog.errors import Caution
from service_catalog.load import FOLDER
from service_catalog.schema import Phone
from tests.service_catalog.checking.test_check import line_of, run

TODAY = date(2026, 11, 22)
Write = Callable[..., Path]


def warned(path: Path, today: date = TODAY) -> list[Caution]:
    checked = check_file(path, today)
    assert checked.faults == []
    return cautions(path, checked, today)


def service(text: str, name: str, **changes: str) -> str:
    """Return the only service of the small catalog once more, as `name`, with lines changed."""
    made = text[text.index("  - id: helsestasjon\n") :].replace("id: helsestasjon", f"id: {name}")
    for field, value in changes.items():
        old = next(line for line in made.splitlines() if line.strip().startswith(f"{field}:"))
        made = made.replace(old, f"{old.split(field)[0]}{field}: {value}", 1)
    return made


SHUT_EARLY = "nothing is open on weekdays between 16 and 21"
ALERT = """confidence: verified
    alerts:
      - text: {nb: Stengt., nn: Stengt.}
        valid_from: 2026-11-01
        valid_to: 2026-11-"""
HOLIDAY = """organizations:
  - id: kommunen"""
WITH_HOLIDAY = """school_holidays:
  - name: Høstferien
    valid_from: 2026-10-05
    valid_to: {}
organizations:
  - id: kommunen"""
# What stands there, what is written instead, the field that is named, words of the message.
BECOMES_WORSE = [
    ("[green, yellow]", "[green]", "services", "no service of your own is offered at yellow"),
    ("maximum_age: 20", "maximum_age: 18", "services", "of 19, 20 years"),
    ("parents: your_choice", "parents: involved", "services", "at green, yellow every service"),
    ("parents: your_choice", "parents: unknown", "services", "involves the parents, or does not"),
    ("[drop_in]", "[referral]\n    referral_by: [fastlege]", "services", "at green, yellow, or"),
    ("2026-05-01", "2025-11-21", "services[helsestasjon].assured_date", "since 2025-11-21"),
    ("2026-05-01", '"2025"', "services[helsestasjon].assured_date", "marked as old"),
    ("2026-05-01", "2025-12-22", "services[helsestasjon].assured_date", "old after 2026-12-22"),
    ('nn: "Her høyrer nokon på deg."', 'nn: "Her hører noen på deg."',
     "services[helsestasjon].description.nn", "the nynorsk is missing"),
    (HOLIDAY, WITH_HOLIDAY.format("2026-10-09"), "school_holidays[1].valid_to", "ended on"),
    (HOLIDAY, WITH_HOLIDAY.format("2026-12-01"), "school_holidays[1].valid_to", "end on"),
    ("confidence: verified", f"{ALERT}21", "services[helsestasjon].alerts[1].valid_to",
     "passed on 2026-11-21"),
    ('"Her hører noen på deg."', '"Her får du hjelp mot angst."',
     "services[helsestasjon].description.nb", "'angst'"),
    ('"De har taushetsplikt."', '"Vi garanterer at ingen får vite det."',
     "services[helsestasjon].anonymity.nb", "'garanter'"),
    ('"Her hører noen på deg."', f'"{"ord " * 18}."', "services[helsestasjon].description.nb",
     "sentence of 18 words"),
    ('"Her hører noen på deg."', f'"{"tjenestekoordinering " * 12}."',
     "services[helsestasjon].description.nb", "hard to read"),
    ('"Her hører noen på deg."', "\u201cHer hører noen på deg.\u201d",
     "services[helsestasjon].description.nb", "quotes from a word processor"),
    ("22 00 00 00", "220 000 00", "services[helsestasjon].phones[1].number", "'22 00 00 00'"),
    ("url: https://www.eksempel.no", "url:", "services[helsestasjon].url", "is empty"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "field", "words"), BECOMES_WORSE)
def test_a_warning_is_named(
    write: Write, small: str, before: str, after: str, field: str, words: str
) -> None:
    assert before in small
    found = [one for one in warned(write(small.replace(before, after, 1))) if words in one.message]
    assert [one.field for one in found] == [field]
    assert not any(words in one.message for one in warned(write(small)))


def test_made_up_in_a_real_catalog(write: Write, small: str) -> None:
    whole = small.replace("name: Stange\n", "name: Stange\nfictional: true\n", 1)
    one = f"{small}    fictional: true\n"
    for text, field in ((whole, "fictional"), (one, "services[helsestasjon].fictional")):
        found = warned(write(text.replace("22 00 00 00", "00 00 00 00")))
        assert [one.field for one in found if "made" in one.message] == [field]


def test_two_spellings_of_one_host(write: Write, small: str) -> None:
    changed = small.replace(
        "    name: Stange kommune", "    name: Stange kommune\n    url: https://eksempel.no"
    )
    (one,) = (one for one in warned(write(changed)) if "www" in one.message)
    assert one.field == "organizations[kommunen].url"
    assert one.line == line_of(changed, "url: https://eksempel.no")


def test_open_in_the_evening_is_seen_also_when_only_one_is(write: Write, small: str) -> None:
    assert any(SHUT_EARLY in one.message for one in warned(write(small)))
    for hours, shut in (
        ("Tu 14:00-19:00", False),
        ("Tu 14:00-16:30", True),
        ("Sa 12:00-20:00", True),
    ):
        later = small + service(small, "ungdom", opening_hours=f'"{hours}; PH off"')
        assert any(SHUT_EARLY in one.message for one in warned(write(later))) is shut, hours


def test_those_on_call_do_not_count_as_open_in_the_evening(write: Write, small: str) -> None:
    night = service(small, "legevakt", type="legevakt", opening_hours='"24/7"')
    assert any(SHUT_EARLY in one.message for one in warned(write(small + night)))


def test_a_number_that_many_share(write: Write, small: str) -> None:
    three = small + service(small, "en") + service(small, "to")
    assert not any("switchboard" in one.message for one in warned(write(three)))
    four = three + service(small, "tre")
    (one,) = (one for one in warned(write(four)) if "switchboard" in one.message)
    assert "4 services" in one.message and one.field == "services[helsestasjon].phones"


def test_what_every_municipality_has_is_a_hint(write: Write, small: str) -> None:
    (hint,) = (one for one in warned(write(small)) if "every municipality has" in one.message)
    assert "barnevern" in hint.message and " helsestasjon," not in hint.message
    assert "new 3413" in hint.message
    whole = small + "".join(
        service(small, kind.replace("_", "-"), type=kind) for kind in BY_LAW[:1]
    )
    (hint,) = (one for one in warned(write(whole)) if "every municipality has" in one.message)
    assert BY_LAW[0] not in hint.message


def test_short_texts_may_be_the_same_in_both_forms(write: Write, small: str) -> None:
    same = small.replace('"Her hører noen på deg."', '"Ring dit."').replace(
        '"Her høyrer nokon på deg."', '"Ring dit."'
    )
    assert not any("nynorsk" in one.message for one in warned(write(same)))


def test_nobody_can_be_reached_from_home(write: Write, small: str) -> None:
    without = small.replace("    phones:\n      - number: 22 00 00 00\n", "")
    assert any("telephone number or a chat" in one.message for one in warned(write(without)))
    assert not any("telephone number or a chat" in one.message for one in warned(write(small)))


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("22 40 00 40", None),
        ("800 33 321", None),
        ("116 117", None),
        ("02800", None),
        ("113", None),
        ("22400040", "22 40 00 40"),
        ("80033321", "800 33 321"),
        ("116117", "116 117"),
        ("028 00", "02800"),
    ],
)
def test_how_numbers_are_written(written: str, usual: str | None) -> None:
    assert usual_form(Phone(number=written)) == usual


def test_eksempelvik_gives_none() -> None:
    assert [*map(str, warned(FOLDER / "9999-eksempelvik.yml"))] == []


def test_the_lines_of_the_country_give_none_but_the_age_of_what_is_only_explained() -> None:
    found = warned(FOLDER / "national.yml")
    assert {re.sub(r"\[.*\]", "", one.field) for one in found} == {"notes.assured_date"}
    assert all("2021" in one.message for one in found)


def test_the_real_ones_are_warned_of_their_age() -> None:
    for path in FOLDER.glob("[0-8]*.yml"):
        assert any("since 2021" in one.message for one in warned(path)), path.name


def test_a_faulty_catalog_gets_no_warnings(write: Write, small: str) -> None:
    path = write(small.replace("cost: free", "cost: x"))
    assert cautions(path, check_file(path, TODAY), TODAY) == []


def test_faults_come_first_and_strict_is_for_warnings(write: Write, small: str) -> None:
    write(small, "a.yml")
    bad = write(small.replace("cost: free", "cost: x"), "b.yml")
    done = run("check", str(bad.parent))
    lines = done.stdout.splitlines()
    assert done.returncode == 1 and lines[0].startswith(f"{bad}:") and "warning" not in lines[0]
    assert len(lines) > 1 and all(": warning: " in line for line in lines[1:])
    bad.unlink()
    assert run("check", str(bad.parent)).returncode == 0
    assert run("check", "--strict", str(bad.parent)).returncode == 2


def test_json_for_machines(write: Write, small: str) -> None:
    write(small, "a.yml")
    bad = write(small.replace("cost: free", "cost: x"), "b.yml")
    done = run("check", "--format", "json", str(bad.parent))
    told = json.loads(done.stdout)
    assert done.returncode == 1 and told["files"] == 2
    (fault,) = told["faults"]
    assert fault["file"] == str(bad) and fault["field"] == "services[helsestasjon].cost"
    assert fault["line"] > 1 and "use one of" in fault["message"]
    assert told["warnings"] and set(told["warnings"][0]) == {"file", "line", "field", "message"}
