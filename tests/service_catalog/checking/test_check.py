"""Checking catalogs: the right file, line and field, and words that help."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service_catalog.checking.check import check_file, check_paths
from service_catalog.errors import Fault, Unreadable
from service_catalog.yaml_file import MAX_BYTES, parse

TODAY = date(2026, 11, 22)
Write = Callable[..., Path]
ROOT = Path(__file__).parents[3]


def faults(path: Path) -> list[Fault]:
    return check_file(path, TODAY).faults


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_a_sound_catalog_has_no_faults(write: Write, small: str) -> None:
    checked = check_file(write(small), TODAY)
    assert checked.faults == []
    assert checked.catalog is not None and checked.catalog.services[0].minimum_age == 12


ALERT = "confidence: verified\n    alerts:\n      - text: {nb: Stengt., nn: Stengt.}\n"
# what stands there, what is written instead, the field that is named, words of the message
CHANGES = [
    ('"3413"', '"9998"', "municipality", "no municipality number"),
    ('"3413"', '"34130"', "municipality", "four digits"),
    ("name: Stange\n", "name: Hamar\n", "name", "that is Stange"),
    ("name: Stange\n", "", "name", "is missing"),
    ("name: Stange\n", "nmae: Stange\n", "nmae", "did you mean 'name'"),
    ("    district: Nord\n", "    district: Sør\n", "locations[huset].district", "not among"),
    ("  - id: helsestasjon\n", "  - id: Helse Stasjon\n", "services[1].id", "small letters"),
    ("organization_id: kommunen", "organization_id: fylket", ".organization_id", "not among"),
    ("type: helsestasjon", "type: helsestasjn", ".type", "did you mean 'helsestasjon'"),
    ("type: helsestasjon", "type: bup", ".who_may_come", "must be [referral]"),
    ("type: helsestasjon", "type: telefon_tjeneste\n    x: 1", ".x", "no field"),
    ("type: helsestasjon", "type: chat_tjeneste", ".chat", "is missing"),
    ("[green, yellow]", "[green, gul]", ".levels[2]", "use one of: green, yellow"),
    ("[green, yellow]", "[]", ".levels", "at least one"),
    ("[green, yellow]", "green", ".levels", "must be a list; write [green]"),
    ("themes: [stress]", "themes: [stres]", ".themes[1]", "did you mean 'stress'"),
    ("minimum_age: 12", "minimum_age: tolv", ".minimum_age", "no whole number"),
    ("minimum_age: 12", "minimum_age: true", ".minimum_age", "no whole number"),
    ("minimum_age: 12", "minimum_age: -3", ".minimum_age", "out of range"),
    ("minimum_age: 12", "minimum_age: 25", ".maximum_age", "lower than minimum_age"),
    ("    minimum_age: 12\n    maximum_age: 20\n", "", ".minimum_age", "ages: all"),
    ("minimum_age: 12", "ages: all", ".ages", "does not go with"),
    ("[drop_in]", "[referral]", ".referral_by", "say who refers"),
    ("[drop_in]", "[drop_in]\n    referral_by: [fastlege]", ".referral_by", "needs referral"),
    ("cost: free", "cost: gratis", ".cost", "use one of: free, paid"),
    ("cost: free", "cost: paid", ".fees_description", "what it costs"),
    ("    parents: your_choice\n", "", ".parents", "is missing"),
    ("[huset]", "[hytta]", ".location_ids[1]", "not among"),
    ("Mo-Fr 08:00-15:30", "Mo-Fr 08:00-25:30", ".schedule.opening_hours", "08:00-25:30"),
    ("Mo-Fr 08:00-15:30", "Mo-Fr 15:30-08:00", ".schedule.opening_hours", "closes before it opens"),
    ("; PH off", "; SH off", ".schedule.opening_hours", "school_holidays"),
    (
        '"Mo-Fr 08:00-15:30; PH off"',
        '"2019 Jan 01-2019 Dec 31 Mo-Fr 08:00-15:30"',
        ".schedule.opening_hours",
        "not open once",
    ),
    ("22 00 00 00", "22 000 00", ".phones[1].number", "6 or 8"),
    ("22 00 00 00", "ring oss", ".phones[1].number", "digits in groups"),
    ("22 00 00 00", "00 10 20 30", ".phones[1].number", "fictional number"),
    ("22 00 00 00", "22 00 00 00\n    fictional: true", ".phones[1].number", "begins with 00"),
    ("https://www.eksempel.no", "http://www.eksempel.no", ".url", "https://"),
    ("https://www.eksempel.no", "javascript:alert(1)", ".url", "https://"),
    ("https://www.eksempel.no", "https://10.0.0.1", ".url", "no web address"),
    ("https://www.eksempel.no", "https://u:p@eksempel.no", ".url", "user name"),
    ("2026-05-01", "1. mai 2026", ".assured_date", "2026-05-01"),
    ("2026-05-01", "2027-05-01", ".assured_date", "has not come yet"),
    ("    source: Helsestasjonen selv\n", "", ".source", "is missing"),
    ("confidence: verified", "confidence: partly", ".schedule", "never shown while"),
    ("confidence: verified", "confidence: verified\n    generic: true", ".generic", "national.yml"),
    (
        "confidence: verified",
        "confidence: verified\n    specialised: true\n    themes: []",
        "file",
        "twice",
    ),
    (
        "confidence: verified",
        "confidence: verified\n    booking_endpoint: http://eksempel.no/fhir",
        ".booking_endpoint",
        "https://",
    ),
    (
        "confidence: verified",
        "confidence: verified\n    booking_endpoint: https://${REDIS_URL}/fhir",
        ".booking_endpoint",
        "REDIS_URL",
    ),
    (
        "confidence: verified",
        "confidence: verified\n    booking_endpoint: https://x.no/${BOOKING_3413_CLIENT_SECRET}",
        ".booking_endpoint",
        "no login",
    ),
    (
        "confidence: verified",
        "confidence: verified\n    booking_schedule: Schedule/helsestasjonen",
        ".booking_schedule",
        "booking_endpoint",
    ),
    (
        "confidence: verified",
        "confidence: verified\n    booking_schedule: helsestasjonen",
        ".booking_schedule",
        "Schedule/",
    ),
    (
        "confidence: verified",
        "confidence: verified\n    booking_service_type: en samtale",
        ".booking_service_type",
        "service type",
    ),
    (
        "confidence: verified",
        "confidence: verified\n    service_area: ['0000']",
        ".service_area[1]",
        "no municipality",
    ),
    (
        "confidence: verified",
        "confidence: verified\n    usually: Mo-Fr 10:00-12:00",
        ".usually",
        "usual_times",
    ),
    (
        "confidence: verified",
        "confidence: verified\n    languages: [norsk]",
        ".languages[1]",
        "language code",
    ),
    (
        "confidence: verified",
        f"{ALERT}        valid_from: 2026-12-01\n        valid_to: 2026-11-01",
        ".alerts[1].valid_to",
        "swap them",
    ),
    (
        "confidence: verified",
        f"{ALERT}        valid_from: 2026\n        valid_to: 2026-11-01",
        ".alerts[1].valid_from",
        "2026-05-01",
    ),
    ('nn: "Her høyrer nokon på deg."', "", ".description.nn", "is missing"),
    ('"Her hører noen på deg."', '"' + "ord " * 21 + '."', ".description.nb", "21 words"),
    (
        '"Her hører noen på deg."',
        '"' + "Ord er lange. " * 30 + '"',
        ".description.nb",
        "one bubble",
    ),
    ('"De har taushetsplikt."', '"Det er 100 % anonymt."', ".anonymity.nb", "nobody can keep"),
    ('"De har taushetsplikt."', "", ".anonymity.nb", "empty"),
]


@pytest.mark.parametrize(("before", "after", "field", "words"), CHANGES)
def test_a_fault_is_named(
    write: Write, small: str, before: str, after: str, field: str, words: str
) -> None:
    assert small.count(before) >= 1
    if field.startswith("."):
        field = f"services[helsestasjon]{field}"
    found = faults(write(small.replace(before, after, 1)))
    assert found, "the fault was not seen"
    assert any(one.field == field and words in one.message for one in found), [*map(str, found)]


def test_the_line_is_that_of_the_value(write: Write, small: str) -> None:
    for before, after in (
        ("[green, yellow]", "[green, gul]"),
        ("minimum_age: 12", "minimum_age: 25"),
        ("number: 22 00 00 00", "number: 22 000 00"),
        ("Mo-Fr 08:00-15:30", "Mo-Fr 08:00-25:30"),
    ):
        changed = small.replace(before, after)
        (fault,) = faults(write(changed))
        where = after if "age" not in before else "maximum_age"
        assert fault.line == line_of(changed, where), fault


def test_a_missing_field_is_shown_where_its_part_begins(write: Write, small: str) -> None:
    changed = small.replace("    cost: free\n", "")
    (fault,) = faults(write(changed))
    assert fault.line == line_of(changed, "  - id: helsestasjon")


def test_every_fault_is_told_at_once(write: Write, small: str) -> None:
    changed = small.replace("cost: free", "cost: dyrt").replace(
        "parents: your_choice", "parents: ja"
    )
    assert [fault.field.rsplit(".", 1)[1] for fault in faults(write(changed))] == [
        "cost",
        "parents",
    ]


def test_ids_stand_once(write: Write, small: str) -> None:
    service = small[small.index("  - id: helsestasjon") :]
    (fault,) = faults(write(small + service))
    assert "twice" in fault.message and fault.line > small.count("\n")


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", 1, "holds no fields"),
        (b"- a\n- b\n", 1, "holds no fields"),
        (b"bare tekst", 1, "holds no fields"),
        (b"a: 1\na: 2\n", 2, "twice"),
        (b"a: [1, 2\nb: 3\n", 2, "not valid YAML"),
        (b"a:\n\t- b\n", 2, "not valid YAML"),
        (b"name: \xe6\xf8\xe5\n", 1, "UTF-8"),
        (b"a: 1\nb: \x00\n", 2, "forbids"),
        (b"a: &x [1]\nb: *x\n", 1, "anchor"),
        (b"<<: {a: 1}\n", 1, "merge"),
        (b"a: !!python/object/apply:os.system [ls]\n", 1, "tag"),
        (b"a: !ruby 1\n", 1, "tag"),
        (b"a: 1\n---\nb: 2\n", 2, "second document"),
        (b"[" * 50_000, 1, "deep"),
        (b"a: " + b"{b: " * 50_000, 1, "deep"),
        (b"? [a]\n: b\n", 1, "plain word"),
        (b"a: [" + b"1," * 200_000 + b"]", 1, "values"),
        (b"x" * (MAX_BYTES + 1), 1, "larger than"),
    ],
    ids=str,
)
def test_hostile_and_broken_files(write: Write, content: bytes, line: int, words: str) -> None:
    (fault,) = faults(write(content))
    assert (fault.line, fault.field) == (line, "file")
    assert words in fault.message


def test_billion_laughs(write: Write) -> None:
    rows = ['a0: &a0 ["ha"]'] + [
        f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 10)
    ]
    (fault,) = faults(write("\n".join(rows)))
    assert "anchor" in fault.message


def test_a_huge_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "huge.yml"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    (fault,) = faults(path)
    assert "larger than" in fault.message


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_devices_and_missing_files_are_no_catalogs(tmp_path: Path) -> None:
    for path in (Path("/dev/zero"), tmp_path / "nothing.yml"):
        (fault,) = faults(path)
        assert "no such file" in fault.message


def test_links_out_of_the_folder_are_left(tmp_path: Path, small: str) -> None:
    outside, folder = tmp_path / "outside.yml", tmp_path / "folder"
    outside.write_text(small, "utf-8")
    folder.mkdir()
    (folder / "link.yml").symlink_to(outside)
    assert check_paths([folder], TODAY)[0] == 0


def test_the_same_municipality_twice(tmp_path: Path, small: str) -> None:
    for name in ("a.yml", "b.yml"):
        (tmp_path / name).write_text(small, "utf-8")
    files, found = check_paths([tmp_path], TODAY)
    assert files == 2
    assert [fault.path.name for fault in found] == ["b.yml"] and "a.yml" in found[0].message


def test_an_empty_folder(tmp_path: Path) -> None:
    files, (fault,) = check_paths([tmp_path], TODAY)
    assert files == 0 and "no catalog" in fault.message


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8")))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    try:
        parse(content)
    except Unreadable as fault:
        assert fault.line >= 1 and str(fault)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 5000), st.text(max_size=12))
def test_no_damage_to_a_catalog_breaks_the_check(
    write: Write, small: str, place: int, junk: str
) -> None:
    place %= len(small)
    for damaged in (small[:place] + junk + small[place:], small[:place] + small[place + 9 :]):
        checked = check_file(write(damaged.encode("utf-8", "surrogatepass")), TODAY)
        assert (checked.catalog is None) == bool(checked.faults)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "service_catalog", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        timeout=120,
    )


def test_the_command(write: Write, small: str) -> None:
    good = run("check", str(write(small)))
    assert good.returncode == 0 and "1 catalog checked, no faults" in good.stderr
    assert all(": warning: " in line for line in good.stdout.splitlines())
    bad_path = write(
        small.replace("[green, yellow]", "[green, gul]").replace("cost: free", "cost: x")
    )
    bad = run("check", str(bad_path))
    assert bad.returncode == 1
    lines = bad.stdout.splitlines()
    assert len(lines) == 2
    for line in lines:
        assert re.fullmatch(rf"{re.escape(str(bad_path))}:\d+: [^:]+: .+", line)


def test_the_command_checks_what_we_ship() -> None:
    done = run("check", "service_catalog/catalogs")
    assert done.returncode == 0 and "no faults" in done.stderr
    assert all(": warning: " in line for line in done.stdout.splitlines())


@pytest.mark.parametrize("old", ["  - id: huset", "    district: Nord", "    source:"])
def test_a_tab_is_called_a_tab(old: str, write: Write, small: str) -> None:
    found = faults(write(small.replace(old, f"\t{old.strip()}", 1)))
    assert [fault.message for fault in found] == [
        "is not valid YAML: it is indented with a tab; use spaces"
    ]
    assert found[0].line in (line_of(small, old), line_of(small, old) + 1)
