"""What may be told of unmet needs: no small number, neither by itself nor by what stands beside."""

from __future__ import annotations

import itertools
from collections import defaultdict
from datetime import date, datetime

import pytest

from bot.clock import NORWAY
from bot.unmet import (
    AGE_BANDS,
    FEWEST,
    KEPT_WEEKS,
    dropped_at,
    need,
    row,
    rows,
    told_weeks,
    week_of,
)

NOON = datetime(2026, 11, 22, 12, tzinfo=NORWAY)  # a Sunday


def numbers(*given: int) -> dict[str, int]:
    return dict(zip(AGE_BANDS, given, strict=True))


def test_a_conversation_counts_by_week_place_level_and_age_band() -> None:
    one = need("orange", "3413", 14, NOON)
    assert one.key == "ung:unmet:3413:2026-W47" and one.field == "orange:13-15"


@pytest.mark.parametrize("age", [None, 11, 21, 99])
def test_an_age_that_is_not_asked_for_has_no_band_of_its_own(age: int | None) -> None:
    assert need("red", "3413", age, NOON).band == "unknown"


@pytest.mark.parametrize(
    ("day", "week"),
    [("2026-11-22", "2026-W47"), ("2027-01-03", "2026-W53"), ("2027-01-04", "2027-W01")],
)
def test_weeks_are_those_of_iso(day: str, week: str) -> None:
    assert week_of(date.fromisoformat(day)) == week


def test_a_week_is_deleted_26_weeks_after_its_end() -> None:
    assert dropped_at("2026-W47") == datetime(2027, 5, 24, tzinfo=NORWAY)
    assert (dropped_at("2026-W47") - NOON).days // 7 == KEPT_WEEKS


def test_the_week_that_runs_is_not_told() -> None:
    told = told_weeks(NOON.date())
    assert told[0] == "2026-W46" and len(told) == len(set(told)) == KEPT_WEEKS


def test_numbers_below_five_are_not_told_and_none_looks_the_same() -> None:
    told = row("2026-W46", "red", numbers(5, 4, 0, 12, 1)).bands
    assert list(told.values()) == [5, None, None, 12, None]


@pytest.mark.parametrize(
    ("given", "total"),
    [
        ((5, 6, 7, 8, 9), 35),  # nothing is hidden
        ((5, 6, 7, 8, 0), None),  # the sum would tell the one hidden number
        ((9, 9, 9, 4, 4), None),  # of two hidden ones, eight tells both
        ((9, 9, 2, 2, 1), 23),  # three hidden ones: five, and each may be anything
        ((9, 9, 4, 4, 1), None),  # nine: none of three could be nought
        ((9, 2, 1, 1, 0), None),  # four in all could point at somebody
        ((0, 0, 0, 0, 0), None),
        ((3, 3, 3, 3, 3), 15),
        ((4, 4, 4, 4, 4), None),
    ],
)
def test_a_sum_is_told_only_where_it_gives_nothing_away(
    given: tuple[int, ...], total: int | None
) -> None:
    assert row("2026-W46", "red", numbers(*given)).total == total


@pytest.mark.parametrize("hidden", range(1, len(AGE_BANDS) + 1))
def test_whoever_knows_the_rule_cannot_narrow_a_hidden_number_down(hidden: int) -> None:
    visible = (7,) * (len(AGE_BANDS) - hidden)
    possible: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for secret in itertools.product(range(FEWEST), repeat=hidden):
        told = row("2026-W46", "red", numbers(*secret, *visible))
        possible[told.total, tuple(told.bands.values())].append(secret)
    for told_as, secrets in possible.items():
        for place in range(hidden):
            assert {secret[place] for secret in secrets} == set(range(FEWEST)), told_as


def test_a_week_without_a_number_has_the_same_rows_as_one_with_few() -> None:
    few = list(rows("2026-W46", {"red:12": 4, "green:unknown": 1}))
    assert few == list(rows("2026-W46", {})) and not any(one.tells for one in few)
