"""Every reason that is read aloud, in every combination and in both written forms."""

from __future__ import annotations

import itertools
from datetime import datetime
from typing import Any

import pytest

from bot.texts.plain import sentences
from bot.turn import Language
from service_catalog.cards import MAX_WHY
from service_catalog.find import Query, find
from service_catalog.hours import OSLO
from service_catalog.load import Catalogs
from service_catalog.schema import Catalog

TEXT = {"nb": "Her hører noen på deg.", "nn": "Her høyrer nokon på deg."}
WAIT = {"nb": "Du venter om lag en uke.", "nn": "Du ventar om lag ei veke."}
FEE = {"nb": "Det koster 50 kroner.", "nn": "Det kostar 50 kroner."}
TUESDAY = datetime(2026, 11, 24, 15, 0, tzinfo=OSLO)
HOURS = {
    "open now": ("Mo-Fr 08:00-20:00; PH off", "Åpent til 20 i dag", "Ope til 20 i dag"),
    "opens today": ("Mo-Fr 17:00-20:00; PH off", "Åpner klokka 17 i dag", "Opnar klokka 17 i dag"),
    "opens next": ("We 10:00-12:00", "Åpner klokka 10 i morgen", "Opnar klokka 10 i morgon"),
    "always": ("24/7", "Åpent døgnet rundt", "Ope døgnet rundt"),
    "unknown": (None, "Jeg vet ikke når det er åpent.", "Eg veit ikkje når det er ope."),
}
WAYS = {
    "drop_in": ("du trenger ikke time", "du treng ikkje time"),
    "contact": ("du tar kontakt selv, uten henvisning", "du tek kontakt sjølv, utan tilvising"),
    "booking": ("du bestiller time først", "du bestiller time først"),
    "unknown": ("spør hvordan du får komme dit", "spør korleis du får kome dit"),
}
# What is filled in → what is said of it.
MORE: list[tuple[dict[str, Any], str, str]] = [
    ({"cost": "free"}, "Det koster ingenting.", "Det kostar ingenting."),
    ({"cost": "paid"}, "Det koster penger.", "Det kostar pengar."),
    ({"cost": "paid", "fees_description": FEE}, "50 kroner", "50 kroner"),
    ({"anonymous": True}, "Du trenger ikke si hvem du er.", "Du treng ikkje seie kven du er."),
    ({"waiting_time": WAIT}, "om lag en uke", "om lag ei veke"),
    ({"interpretation_services": True}, "Du kan få tolk.", "Du kan få tolk."),
    ({"languages": ["nb", "nsl"]}, "tegnspråk", "teiknspråk"),
    ({"attending_types": ["meet", "video"]}, "på video.", "på video."),
]


def why(language: Language = "nb", query: dict[str, Any] | None = None, **filled: Any) -> str:
    """Return the reason given for a service with these fields."""
    service = {
        "id": "sted",
        "name": "Stedet",
        "type": "lavterskel_ung",
        "description": TEXT,
        "levels": ["yellow"],
        "ages": "all",
        "who_may_come": ["drop_in"],
        "attending_types": ["meet"],
        "cost": "unknown",
        "anonymity": TEXT,
        "parents": "your_choice",
        "assured_date": "2026-11-01",
        "source": "prøven",
        "confidence": "verified",
        **filled,
    }
    catalog = {"municipality": "3413", "name": "Stange", "find_more": TEXT, "services": [service]}
    made = Catalogs([Catalog.parse_obj(catalog)])
    asked: dict[str, Any] = {"place": "3413", "age": 15, "language": language, **(query or {})}
    (match,) = find(Query("yellow", TUESDAY, **asked), made).matches
    return match.card.why


@pytest.mark.parametrize(("hours", "way"), itertools.product(HOURS, WAYS))
def test_hours_and_ways_in(hours: str, way: str) -> None:
    written, *openings = HOURS[hours]
    schedule = {"opening_hours": written} if written else None
    for language, opening, access in zip(("nb", "nn"), openings, WAYS[way], strict=True):
        told = why(language, who_may_come=[way], schedule=schedule)  # type: ignore[arg-type]
        assert opening in told and access in told.replace(access.capitalize(), access)
        if written:
            assert told.startswith(f"{opening}, og {access}.")


@pytest.mark.parametrize(("filled", "nb", "nn"), MORE)
def test_what_is_told_besides(filled: dict[str, Any], nb: str, nn: str) -> None:
    assert nb in why("nb", **filled) and nn in why("nn", **filled)
    assert nb not in why("nb") and nn not in why("nn")


def test_every_combination_is_short_enough_to_be_read_aloud() -> None:
    chosen = [filled for filled, _, _ in MORE if filled != {"cost": "free"}]
    for picks in itertools.product((False, True), repeat=len(chosen)):
        filled: dict[str, Any] = {}
        for pick, more in zip(picks, chosen, strict=True):
            filled.update(more if pick else {})
        for language in ("nb", "nn"):
            told = why(language, **filled)  # type: ignore[arg-type]
            assert len(told) <= MAX_WHY and told[-1] in ".!?"
            for sentence in sentences(told):
                assert len(sentence.split()) <= 20, sentence
                assert sentence[0].isupper(), sentence


def test_video_from_an_age() -> None:
    video: dict[str, Any] = {"attending_types": ["meet", "video"], "video_minimum_age": 16}
    assert "video" not in why(query={"age": 15}, **video)
    assert "Dere kan snakke sammen på video." in why(query={"age": 16}, **video)
    assert "video" not in why(query={"age": None}, **video).lower()
    wish = {"age": None, "prefers": frozenset({"video"})}
    assert "Video er for deg som er 16 eller eldre." in why(query=wish, **video)


def test_what_they_wish_for_is_told_first() -> None:
    filled: dict[str, Any] = {"anonymous": True, "waiting_time": WAIT}
    wished = why(query={"prefers": frozenset({"anonymous"})}, **filled)
    assert wished.index("hvem du er") < wished.index("en uke")
    assert why(**filled).index("en uke") < why(**filled).index("hvem du er")


def test_chats_and_pages_have_no_door_to_ask_about() -> None:
    for ways in (["chat"], ["online"]):
        assert "når det er åpent" not in why(attending_types=ways)
    assert "når det er åpent" in why(attending_types=["meet", "phone"])
    usual = {"nb": "Som regel åpent om kvelden.", "nn": "Som regel ope om kvelden."}
    assert "når det er åpent" not in why(usual_times=usual)


def test_the_doors_of_every_municipality_tell_where_to_ask() -> None:
    query = Query("orange", TUESDAY, place="1804", age=15, themes=("trist",))
    cards = [match.card for match in find(query).matches]
    assert cards and not any("vet ikke når det er åpent" in card.why for card in cards)
