"""Each hole is seen, told for the right ages, and not told where there is none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from service_catalog.coverage.gaps import Gap, gaps
from service_catalog.coverage.table import LEVELS, coverage_of
from service_catalog.coverage.words import ages_in_words, all_words
from service_catalog.load import Catalogs
from tests.service_catalog.conftest import DAY, Make

REFERRED = {"who_may_come": ["referral"], "referral_by": ["fastlege"]}
LATE = {"schedule": {"opening_hours": "Mo-Fr 08:00-20:00; PH off"}}
# Nothing is missing: the tests below take one thing away.
WHOLE: dict[str, object] = {
    "type": "lavterskel_ung",
    "levels": list(LEVELS),
    "attending_types": ["meet", "phone"],
    "anonymous": True,
    "schedule": {"opening_hours": "24/7"},
}


def rules(found: list[Gap]) -> list[str]:
    return [gap.rule for gap in found]


def the(found: list[Gap], rule: str) -> Gap:
    (gap,) = [gap for gap in found if gap.rule == rule]
    return gap


def test_where_nothing_is_missing_nothing_is_told(table: Make) -> None:
    assert gaps(table(WHOLE)) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"levels": ["green", "yellow", "orange", "red"]}, "Ingen egen dør på nivå mørkerødt"),
        ({"minimum_age": 13}, "Ingen egen dør på nivå oransje for 12 år."),
        ({"maximum_age": 17}, "Mangler tilbud mellom helsestasjon og DPS for 18–20 år."),
        ({"type": "helsestasjon"}, "Mangler tilbud mellom helsestasjon og BUP for 12–17 år."),
        ({"parents": "involved"}, "Ingen tilbud uten at foreldre får vite det for 12–20 år."),
        ({"parents": "unknown"}, "Ingen tilbud sier om foreldre får vite det for 12–20 år."),
        ({"who_may_come": ["booking"]}, "Ingen dør er åpen uten avtale for 12–20 år."),
        ({"anonymous": False}, "slipper å si hvem en er, for 12–20 år."),
        ({"attending_types": ["meet"]}, "Ingen dør kan nås på telefon, chat eller video"),
        (LATE, "Ingen dør er åpen om natta for 12–20 år."),
        (LATE, "Ingen dør er åpen i helga for 12–20 år."),
        (
            {"schedule": {"opening_hours": "Mo-Fr 08:00-15:30; PH off"}},
            "Ingen dør er åpen etter kl. 16 for 12–20 år.",
        ),
        ({"schedule": None}, "Ingen vet når noen dør er åpen for 12–20 år."),
        ({"schedule": None}, "1 av 1 dører oppgir ikke åpningstider."),
        ({"assured_date": "2025-05-01"}, "På nivå rødt er alle fakta eldre enn ett år."),
        ({"assured_date": "2025-05-01"}, "1 av 1 fakta er eldre enn ett år."),
        ({"confidence": "partly", "schedule": None}, "1 av 1 fakta er bare delvis sikre."),
        ({"confidence": "partly", "schedule": None}, "er alle dører for 12–20 år gamle eller"),
        (REFERRED, "Ingen egen dør på nivå oransje uten henvisning for 12–20 år."),
        ({"specialised": True}, "På nivå oransje finnes det bare hjelp for noen tema"),
        ({"who_may_come": ["booking"]}, "Ingen oppgir ventetid."),
    ],
)
def test_a_hole_is_told(table: Make, changes: dict[str, object], told: str) -> None:
    sentences = [gap.say("nb") for gap in gaps(table({**WHOLE, **changes}))]
    assert any(told in one for one in sentences), sentences


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"assured_date": "2025-11-22"}, "stale"),  # a year to the day is not older than a year
        ({"minimum_age": 12, "maximum_age": 20}, "no_door"),
        ({"who_may_come": ["booking", "unknown"]}, "no_drop_in"),
        ({"schedule": None}, "closed_evening"),
        ({"parents": "your_choice"}, "parents_told"),
    ],
    ids=str,
)
def test_a_hole_is_not_told_where_there_is_none(
    table: Make, changes: dict[str, object], rule: str
) -> None:
    assert rule not in rules(gaps(table({**WHOLE, **changes})))


def test_unknown_hours_of_one_door_keep_the_rest_from_being_told_shut(table: Make) -> None:
    found = gaps(table({**WHOLE, **LATE}, {**WHOLE, "schedule": None}))
    assert "closed_night" not in rules(found)
    assert the(found, "unknown_night").gravity == 3


def test_who_has_no_door_at_all_is_told_so_once(table: Make) -> None:
    found = gaps(table())
    assert set(rules(found)) == {"no_door", "no_middle", "no_middle_adult"}


def test_the_gravest_stands_first(table: Make) -> None:
    changes = {"levels": ["green"], "parents": "unknown", "assured_date": "2024"}
    found = gaps(table({**WHOLE, **changes}))
    assert [gap.gravity for gap in found] == sorted(gap.gravity for gap in found)
    assert [gap.level for gap in found[:3]] == ["dark_red", "red", "orange"]
    assert found[-1].gravity == 3


def test_some_bydeler_have_a_door(table: Make) -> None:
    found = gaps(table({**WHOLE, "districts": ["Nord"]}, districts=["Nord", "Sør"]))
    assert rules(found) == ["only_districts"] * len(LEVELS)
    assert {gap.level for gap in found} == set(LEVELS)
    south = {**WHOLE, "districts": ["Sør"]}
    both = table({**WHOLE, "districts": ["Nord"]}, south, districts=["Nord", "Sør"])
    assert gaps(both) == []


def test_waiting_times_are_asked_of_those_one_waits_for(table: Make) -> None:
    booked = {**WHOLE, "who_may_come": ["booking"]}
    wait = {"nb": "En uke.", "nn": "Ei veke."}
    found = gaps(table(WHOLE, booked, {**booked, "waiting_time": wait}))
    assert the(found, "some_waiting_times").counts == {"n": 1, "all": 2}


def test_what_every_municipality_has_is_missed_in_the_catalog() -> None:
    catalogs = Catalogs.load()
    stange = coverage_of(catalogs, "3413", DAY)
    assert stange is not None
    missing = the(gaps(stange), "not_listed")
    assert {"fastlege", "legevakt", "koordinerende_enhet"} <= set(missing.types)
    whole = coverage_of(catalogs, "9999", DAY)
    assert whole is not None and "not_listed" not in rules(gaps(whole))


def test_every_municipality_is_told_of_in_both_written_forms() -> None:
    catalogs = Catalogs.load()
    for key in catalogs.all:
        made = coverage_of(catalogs, key, DAY)
        for gap in gaps(made) if made else []:
            assert gap.say("nb") and gap.say("nn")
            assert "{" not in gap.say("nb") + gap.say("nn")


@pytest.mark.parametrize(
    ("ages", "words"),
    [([12], "12 år"), (range(12, 21), "12–20 år"), ([12, 14, 15, 20], "12, 14–15 og 20 år")],
)
def test_ages_are_read_as_runs(ages: list[int], words: str) -> None:
    assert ages_in_words(ages, "nb") == words


def test_every_word_stands_in_both_forms_with_the_same_holes() -> None:
    for key, forms in all_words().items():
        assert set(forms) == {"nb", "nn"}, key
        nb, nn = (set(re.findall(r"\{(\w+)\}", forms[form])) for form in ("nb", "nn"))
        assert nb == nn, key


def test_every_rule_is_described_and_no_other() -> None:
    docs = (Path(__file__).parents[3] / "docs/coverage.md").read_text("utf-8")
    rules_there = docs.split("## The rules")[1].split("\n## ")[0]
    described = set(re.findall(r"`(\w+)`", rules_there))
    assert described == {key[4:] for key in all_words() if key.startswith("gap.")}
