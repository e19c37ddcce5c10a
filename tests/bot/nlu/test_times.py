"""Numbers and the times of the school year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu import schoolyear
from bot.nlu.numerals import amount, ordinal
from bot.nlu.schoolyear import since, start_of

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        ("tre", 3),
        ("et par", 2),
        ("et halvt", 0.5),
        ("to og et halvt", 2.5),
        ("halvannet", 1.5),
        ("2 - 3", 2.5),
        ("to tre", 2.5),
        ("to til tre", 2.5),
        ("noen", 3),
        ("1 , 5", 1.5),
        ("a couple of", 2),
        ("seventeen", 17),
        ("0", 0),
    ],
)
def test_amount(text: str, number: float) -> None:
    assert amount(text) == number


@pytest.mark.parametrize(
    ("text", "number"), [("åttende", 8), ("8 .", 8), ("10.", 10), ("første", 1), ("14", None)]
)
def test_ordinal(text: str, number: int | None) -> None:
    assert ordinal(text) == number


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("jul", date(2025, 12, 25)),
        ("påsken", date(2026, 4, 5)),
        ("august", date(2026, 8, 31)),
        ("november", date(2026, 11, 22)),
        ("desember", date(2025, 12, 31)),
        ("høstferien", date(2026, 10, 5)),
        ("skolestart", date(2026, 9, 1)),
        ("våren", date(2026, 4, 15)),
        ("christmas", date(2025, 12, 25)),
    ],
)
def test_since(name: str, day: date) -> None:
    assert since(name, TODAY) == day


def test_seasons_start_before_they_are_over() -> None:
    assert start_of("vinteren", date(2027, 1, 10)) == date(2026, 12, 1)
    assert start_of("høst", TODAY) == date(2026, 9, 1)


@given(
    st.sampled_from(schoolyear._NAMED),
    st.dates(date(2020, 1, 1), date(2040, 12, 31)),
)
def test_what_was_last_lies_within_a_year(name: str, today: date) -> None:
    assert timedelta() <= today - since(name, today) <= timedelta(days=396)
