"""How one can be met, said when it matters: languages, an interpreter, video from an age."""

from __future__ import annotations

from typing import Any, Optional

import pytest

from service_catalog.access_words import language_phrases, video_phrase
from service_catalog.load import Catalogs
from service_catalog.schema import Service


def service(**fields: Any) -> Service:
    offer = Catalogs.load().offer("9999-eksempelhjelpa")
    assert offer is not None
    plain = {"languages": [], "interpretation_services": False, "video_minimum_age": 16}
    return offer.service.copy(update={**plain, **fields})


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"languages": ["nb", "nn", "en"]}, []),
        ({"languages": ["nb", "se"]}, ["Her kan du bruke samisk."]),
        ({"languages": ["sma", "nsl"]}, ["Her kan du bruke samisk eller teiknspråk."]),
        ({"interpretation_services": True}, ["Du kan få tolk."]),
    ],
)
def test_languages_are_said_when_there_are_others(fields: dict[str, Any], said: list[str]) -> None:
    assert language_phrases(service(**fields), "nn") == said


@pytest.mark.parametrize(
    ("age", "prefers", "told"),
    [(15, {"video"}, True), (None, {"video"}, True), (16, {"video"}, False), (15, {"chat"}, False)],
)
def test_video_from_an_age_is_told_to_who_wishes_it(
    age: Optional[int], prefers: set[str], told: bool
) -> None:
    said = video_phrase(service(), age, prefers, "nb")
    assert (said is not None and "16" in said) is told


def test_video_is_no_way_to_meet_for_who_is_too_young() -> None:
    assert "video" not in service().meets_by(15)
    assert "video" in service().meets_by(16) & service().meets_by(None)
