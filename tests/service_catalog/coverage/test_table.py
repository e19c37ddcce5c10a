"""The table level × age × time: who has a door, and what is not known is not shut."""

from __future__ import annotations

from pathlib import Path

import pytest

from service_catalog.coverage.open_days import open_days
from service_catalog.coverage.table import (
    AGES,
    BANDS,
    SLOTS,
    band_of,
    coverage_of,
    no_door,
)
from service_catalog.hours import Hours
from service_catalog.load import Catalogs
from tests.service_catalog.conftest import DAY, Make, catalog_of


def test_a_cell_says_when_its_doors_are_open(table: Make) -> None:
    cell = table({}).cell("green", "13-15")
    assert cell.states == {
        "day": "open",
        "evening": "closed",
        "night": "closed",
        "weekend": "closed",
    }
    assert cell.days["day"] == 5 and cell.sure == 1 and cell.lacking == ()


def test_a_level_that_nobody_serves_has_no_door(table: Make) -> None:
    cell = table({}).cell("red", "16-17")
    assert set(cell.states.values()) == {"none"} and cell.doors == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"schedule": None},
        {"schedule": None, "confidence": "partly"},
        {"assured_date": "2025-05-01"},
        {"minimum_age": None, "maximum_age": None, "ages": "unknown"},
        {"who_may_come": ["unknown"]},
        {"schedule": {"opening_hours": 'Mo-Fr 08:00-15:30 "etter avtale"'}},
    ],
    ids=str,
)
def test_what_is_not_known_is_never_closed(table: Make, changes: dict[str, object]) -> None:
    cell = table(changes).cell("green", "13-15")
    assert len(cell.doors) == 1
    assert "closed" not in cell.states.values() and "none" not in cell.states.values()
    assert cell.states["evening"] == "unknown"


def test_a_door_that_may_be_open_leaves_the_cell_unknown(table: Make) -> None:
    cell = table({}, {"schedule": None}).cell("green", "12")
    assert cell.states["day"] == "open" and cell.states["evening"] == "unknown"


def test_old_and_partly_sure_facts_are_counted_apart(table: Make) -> None:
    shut = {"schedule": None}
    made = table({}, {"assured_date": "2024"}, {"confidence": "partly", **shut})
    cell = made.cell("green", "12")
    assert (cell.sure, cell.unsure) == (1, 2)


def test_from_red_on_old_facts_are_no_door(table: Make) -> None:
    made = table({"levels": ["orange", "red"], "assured_date": "2024"})
    assert len(made.cell("orange", "12").doors) == 1
    assert made.cell("red", "12").doors == ()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"type": "bup", "who_may_come": ["referral"], "referral_by": ["fastlege"]}, "specialist"),
        ({"who_may_come": ["referral"], "referral_by": ["fastlege"]}, "referral"),
        ({"type": "nodnummer"}, "emergency"),
        ({"specialised": True}, "theme"),
        ({"attending_types": ["online"]}, "web"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_door_for_everybody(
    table: Make, changes: dict[str, object], reason: str
) -> None:
    made = table(changes)
    assert made.doors == () and [one.reason for one in made.besides] == [reason]
    assert made.cell("green", "13-15").states["day"] == "none"


def test_referral_beside_another_way_in_is_a_door(table: Make) -> None:
    made = table({"who_may_come": ["referral", "booking"], "referral_by": ["fastlege"]})
    assert no_door(made.catalog.services[0]) is None


def test_a_band_is_uneven_where_a_service_ends_inside_it(table: Make) -> None:
    cell = table({"maximum_age": 19}).cell("green", "18-20")
    assert cell.uneven and cell.lacking == (20,) and cell.states["day"] == "open"


def test_the_age_with_least_decides(table: Make) -> None:
    late = {"schedule": {"opening_hours": "Mo-Th 16:00-20:00; PH off"}, "minimum_age": 14}
    made = table({}, late)
    assert made.cell("green", "13-15").states["evening"] == "closed"  # nothing for 13
    assert made.cell("green", "16-17").states["evening"] == "open"
    assert made.cell("green", "16-17").days["evening"] == 4


def test_the_bydel_with_least_decides(table: Make) -> None:
    north = {"districts": ["Nord"], "schedule": {"opening_hours": "Mo-Fr 08:00-20:00; PH off"}}
    made = table({}, north, districts=["Nord", "Sør"])
    assert made.cell("green", "12").states["evening"] == "closed"


def test_bands_hold_every_age_once() -> None:
    assert [age for band in BANDS.values() for age in band] == list(AGES)
    assert [band_of(age) for age in (11, 12, 15, 16, 20, 21, None)] == [
        None,
        "12",
        "13-15",
        "16-17",
        "18-20",
        None,
        None,
    ]


def test_neighbours_and_the_country_are_told_apart(small: str) -> None:
    own = catalog_of(small, [])
    national = next(one for one in Catalogs.load().all.values() if one.scope == "national")
    area: dict[str, object] = {"service_area": ["3413"]}
    hamar = catalog_of(small, [area], municipality="3403", name="Hamar")
    made = coverage_of(Catalogs([own, hamar, national]), "3413", DAY)
    assert made is not None
    assert [door.source for door in made.local("green", 13)] == ["neighbour"]
    assert {door.service.type for door in made.from_source("everywhere")} >= {"fastlege"}
    assert all(not door.service.generic for door in made.from_source("national"))


def test_a_door_that_every_municipality_has_gives_way_to_its_own(small: str) -> None:
    national = next(one for one in Catalogs.load().all.values() if one.scope == "national")
    made = coverage_of(Catalogs([catalog_of(small, [{}]), national]), "3413", DAY)
    assert made is not None
    assert "helsestasjon" not in {door.service.type for door in made.from_source("everywhere")}


def test_who_has_no_catalog_has_no_table() -> None:
    catalogs = Catalogs.load()
    assert coverage_of(catalogs, "4601", DAY) is None
    assert coverage_of(catalogs, "national", DAY) is None


@pytest.mark.parametrize(
    ("hours", "days"),
    [
        ("24/7", {"day": 5, "evening": 5, "night": 7, "weekend": 2}),
        ("Mo-Fr 08:00-16:30; PH off", {"day": 5}),  # half an hour is the edge of the next slot
        ("Mo-Fr 08:00-17:00; PH off", {"day": 5, "evening": 5}),
        ("Fr-Sa 18:00-02:00", {"evening": 1, "night": 2, "weekend": 1}),
        ("Mo 02:00-05:00; PH off", {"night": 1}),  # the night that begins on Sunday
        ("Jun-Jul Mo-Fr 08:00-16:00; PH off", {}),  # not an ordinary week
        ("Mo-Fr 08:00-15:00; Jul off; PH off", {"day": 5}),
    ],
)
def test_days_of_an_ordinary_week(hours: str, days: dict[str, int]) -> None:
    found = open_days(Hours(hours), DAY)
    assert {slot: len(found[slot]) for slot in SLOTS if found[slot]} == days


def test_every_catalog_in_service_has_a_table() -> None:
    catalogs = Catalogs.load(Path("service_catalog/catalogs"))
    for key in catalogs.all:
        made = coverage_of(catalogs, key, DAY)
        if key != "national":
            assert made is not None and len(list(made.cells())) == 20
