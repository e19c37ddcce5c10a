"""How well each service fits: who comes first, and who only where home may not be safe."""

from __future__ import annotations

from datetime import datetime

import pytest

from service_catalog.find import Query, find
from service_catalog.hours import OSLO
from service_catalog.load import Catalogs
from service_catalog.terms import FIRST_DOORS, PROTECTION

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=OSLO)
PLACES = ("9999", "0301", "3413", "1804", None)


@pytest.fixture(scope="module")
def shipped() -> Catalogs:
    return Catalogs.load()


def types(shipped: Catalogs, theme: str, place: str | None, home_danger: bool = False) -> list[str]:
    asked = Query("orange", NOW, place, themes=(theme,), age=15, home_danger=home_danger)
    return [match.card.type for match in find(asked, shipped).matches]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("theme", ["foreldre_rus", "vold", "overgrep"])
def test_who_protects_children_comes_after_who_listens(
    shipped: Catalogs, place: str | None, theme: str
) -> None:
    """The barnevern frightens many; where home is safe somebody who listens comes first."""
    shown = types(shipped, theme, place)
    assert set(FIRST_DOORS) & set(shown)
    assert not PROTECTION & set(shown[:2]), shown


@pytest.mark.parametrize("place", PLACES)
def test_who_protects_children_is_not_named_where_home_is_not_the_matter(
    shipped: Catalogs, place: str | None
) -> None:
    assert not PROTECTION & set(types(shipped, "okonomi_bolig", place))


def test_where_home_may_not_be_safe_they_are_named(shipped: Catalogs) -> None:
    assert PROTECTION & set(types(shipped, "foreldre_rus", "9999", home_danger=True)[:2])
