"""A catalog to begin with: what is known is kept, what is missing is told, nothing is served."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from service_catalog.checking.cautions import cautions
from service_catalog.checking.check import check_file
from service_catalog.checking.doors import BY_LAW
from service_catalog.errors import CatalogError
from service_catalog.load import FOLDER, Catalogs
from service_catalog.onboarding.new import municipality_of
from service_catalog.onboarding.starter_doors import DOORS, FILL
from service_catalog.onboarding.starting import SHIPPED, file_name, starting_catalog
from tests.service_catalog.checking.test_check import run

TODAY = date(2026, 11, 22)
ANSWERS = {
    "opening_hours": '"Mo-Fr 08:00-18:00; PH off"',
    "number": "22 00 00 00",
    "assured_date": "2026-11-20",
    "source": "Ledende helsesykepleier",
}


def fresh(place: str, folder: Path) -> Path:
    where = municipality_of(place)
    path = folder / file_name(where)
    path.write_text(starting_catalog(where, path), "utf-8")
    return path


def filled(path: Path) -> Path:
    """Fill in as an adviser would: after the colon, the rest of the line left as it is."""
    text = re.sub(
        rf"^( +(?:- )?(\w+):) # {FILL}:",
        lambda found: f"{found[1]} {ANSWERS[found[2]]} # {FILL}:",
        path.read_text("utf-8"),
        flags=re.MULTILINE,
    )
    path.write_text(text, "utf-8")
    return path


def test_the_general_text_of_every_door_is_there() -> None:
    national = check_file(SHIPPED / "national.yml", TODAY).catalog
    assert national is not None and set(BY_LAW) <= set(DOORS)
    assert set(DOORS) <= {one.type for one in national.services if one.generic}


@pytest.mark.parametrize("place", ["3413", "0301", "4601", "1820", "3911", "5501"])
def test_check_tells_exactly_what_is_to_be_filled_in(tmp_path: Path, place: str) -> None:
    path = fresh(place, tmp_path)
    lines = path.read_text("utf-8").splitlines()
    marked = [number for number, line in enumerate(lines, 1) if f"# {FILL}:" in line]
    faults = check_file(path, TODAY).faults
    assert marked and [fault.line for fault in faults] == marked
    assert all("is empty; fill it in" in fault.message for fault in faults)


def test_it_is_not_served_as_long_as_anything_is_missing(tmp_path: Path) -> None:
    fresh("3414", tmp_path)
    with pytest.raises(CatalogError, match="no sound catalog"):
        Catalogs.load(tmp_path)


@pytest.mark.parametrize("place", ["3413", "0301", "4601", "1820", "3911"])
def test_filled_in_it_is_sound(tmp_path: Path, place: str) -> None:
    path = filled(fresh(place, tmp_path))
    checked = check_file(path, TODAY)
    assert [*map(str, checked.faults)] == [] and checked.catalog is not None
    assert not any(
        "every municipality has" in one.message for one in cautions(path, checked, TODAY)
    )


@pytest.mark.parametrize("path", sorted(FOLDER.glob("[0-8]*.yml")), ids=lambda path: path.name)
def test_what_was_known_is_kept(tmp_path: Path, path: Path) -> None:
    before = check_file(path, TODAY).catalog
    assert before is not None and before.municipality is not None
    made = fresh(before.municipality, tmp_path)
    assert made.name == path.name
    after = check_file(filled(made), TODAY).catalog
    assert after is not None and after.notes == before.notes
    assert after.services[: len(before.services)] == before.services
    assert (after.districts, after.find_more) == (before.districts, before.find_more)


def test_nothing_local_is_invented(tmp_path: Path) -> None:
    """Only numbers of the whole country stand there; hours only where they are day and night."""
    text = fresh("4601", tmp_path).read_text("utf-8")
    used = [line for line in text.splitlines() if not line.startswith("#")]
    numbers = re.findall(r'number: "([\d ]+)"', "\n".join(used))
    assert set(numbers) <= {"116 117", "116 111"}
    hours = re.findall(r'opening_hours: (".*")', "\n".join(used))
    assert set(hours) <= {'"24/7"'}
    assert "  - Årstad" in used and "Møteplassen" in text


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("stangehaugen", r"did you mean Stange 3413\?"),
        ("Herøy", "Herøy 1515, Herøy 1818"),
        ("0302", "Oslo 0301"),
        ("Bærrum", "Bærum"),
        ("qqqq", "municipalities.csv"),
        ("", "municipalities.csv"),
    ],
)
def test_a_place_that_is_none(written: str, words: str) -> None:
    with pytest.raises(CatalogError, match=words):
        municipality_of(written)


@pytest.mark.parametrize(
    ("written", "number"),
    [("3413", "3413"), ("Stange", "3413"), ("TROMSØ", "5501"), ("Nord-Odal", "3414")],
)
def test_by_number_and_by_name(written: str, number: str) -> None:
    assert municipality_of(written).number == number


def test_the_command(tmp_path: Path) -> None:
    done = run("new", "Stange", "--out", str(tmp_path / "ny"))
    path = tmp_path / "ny" / "3413-stange.yml"
    assert done.returncode == 0 and str(path) in done.stdout
    assert "$schema=./katalog.schema.json" in path.read_text("utf-8").splitlines()[0]
    assert (path.parent / "katalog.schema.json").exists()
    path.write_text("mitt arbeid", "utf-8")
    again = run("new", "3413", "--out", str(path.parent))
    assert again.returncode == 1 and "is there already" in again.stderr
    assert path.read_text("utf-8") == "mitt arbeid"
    blocked = run("new", "3413", "--out", str(path))
    assert blocked.returncode == 1 and "Traceback" not in blocked.stderr
    assert run("new", "stangehaugen").returncode == 1
