"""The way onwards: the municipality's own before the default, told in plain bubbles."""

from __future__ import annotations

import itertools
import re
from datetime import date, datetime
from typing import get_args

import pytest

from bot.clock import NORWAY
from bot.texts.plain import lix, words
from bot.turn import Language
from service_catalog.explained import explain_word, words_of
from service_catalog.load import NATIONAL, Catalogs
from service_catalog.pathway import PathwayPart, is_old, pathway, way
from service_catalog.pathway_schema import Pathway
from service_catalog.pathway_words import Asker, bubbles_of, tell
from service_catalog.schema import Catalog
from service_catalog.terms import NEVER_A_DOOR
from service_catalog.text import YouthText, plain_fault
from tests.bot.texts.test_texts import FEWEST_WORDS_FOR_LIX, HIGHEST_LIX
from tests.bot.texts.words import BOKMAL, CLINICAL, NEVER_SAID, NYNORSK

NOW = datetime(2026, 11, 22, 12, tzinfo=NORWAY)
REAL = ("0301", "1106", "1122", "3203", "3413", "3911", "5059", "5501")
PARTS: tuple[PathwayPart, ...] = get_args(PathwayPart)
LANGUAGES: tuple[Language, ...] = ("nb", "nn")
GRAVE = ("orange", "red", "dark_red")


@pytest.fixture(scope="module")
def shipped() -> Catalogs:
    return Catalogs.load()


def told(part: PathwayPart, catalogs: Catalogs, **who: object) -> str:
    return "\n".join(tell(part, Asker(NOW, **who), catalogs))  # type: ignore[arg-type]


def texts_of(catalog: Catalog) -> list[tuple[str, YouthText]]:
    """Every text of the pathways and notes of a catalog, with its place."""
    found = []
    for one in catalog.pathways:
        found += [(f"{one.id}.{step.kind}", step.text) for step in one.steps]
        named = ("bring", "waiting_time", "while_waiting", "if_refused")
        found += [(f"{one.id}.{n}", getattr(one, n)) for n in named if getattr(one, n)]
    return found + [(note.id, note.text) for note in catalog.notes]


def unnamed(text: str, catalog: Catalog) -> str:
    """Leave out what services are called: a long name makes no text hard."""
    for service in catalog.services:
        text = text.replace(service.name.nb, "X")
    return text


def test_every_text_is_plain_in_both_written_forms(shipped: Catalogs) -> None:
    faults = []
    for key, catalog in shipped.all.items():
        for where, text in texts_of(catalog):
            for form, foreign in (("nb", NYNORSK), ("nn", BOKMAL)):
                said = unnamed(getattr(text, form), catalog)
                found = [word for word in (*CLINICAL, *NEVER_SAID) if word in said.lower()]
                found += sorted({word.lower() for word in words(said)} & foreign)
                long = len(words(said)) >= FEWEST_WORDS_FOR_LIX
                found += ["LIX"] if long and lix(said) > HIGHEST_LIX else []
                found += [plain_fault(said) or ""]
                faults += [(key, where, form, one) for one in found if one]
    assert faults == []


def test_every_telling_is_short_and_plain(shipped: Catalogs) -> None:
    everything = itertools.product(
        PARTS, (None, *REAL, "9999", "4601"), (None, 13, 17, 19), LANGUAGES, (False, True)
    )
    for part, place, age, language, danger in everything:
        asker = Asker(NOW, place=place, age=age, language=language, home_danger=danger)
        bubbles = tell(part, asker, shipped)
        assert 1 <= len(bubbles) <= 5, (part, place, age)
        for bubble in bubbles:
            assert plain_fault(bubble) is None, (bubble, plain_fault(bubble))


@pytest.mark.parametrize(
    ("number", "words_told"),
    [
        ("0301", ("Ung Arena", "inntak ute")),
        ("1106", ("samhandlingsforløp", "på helsestasjonen")),
        ("1122", ("PPT finner ut sammen", "BUP på Bryne")),
        ("3203", ("Mottaksenheten er én dør", "skriver de til BUP for deg")),
        ("3413", ("Stangehjelpa hører på deg",)),
        ("3911", ("Familiens hus",)),
        ("5059", ("Familiesenteret følger deg opp",)),
        ("5501", ("Lavterskelteamet hører på deg", "setter de opp time på BUP", "Dine muligheter")),
    ],
)
def test_where_another_way_holds_it_is_told_instead(
    shipped: Catalogs, number: str, words_told: tuple[str, ...]
) -> None:
    text = told("steps", shipped, place=number, age=15)
    assert all(one in text for one in words_told), text
    assert "2021" in text and "Først snakker du med én nær deg" not in text
    default = told("steps", shipped, age=15)
    assert default.startswith("Slik går det videre de fleste steder")
    assert not any(one in default for one in words_told)


def test_what_is_old_leaves_a_door_that_is_sure(shipped: Catalogs) -> None:
    assert "fastlege kan du begynne hos uansett" in told("steps", shipped, place="3413", age=15)
    adult = told("steps", shipped, place="3413", age=19)
    assert "Fastlegen kan du begynne hos uansett" in adult and "BUP" not in adult


def test_the_eight_say_only_what_the_report_says(shipped: Catalogs) -> None:
    for number in REAL:
        assert shipped.all[number].pathways, number
        for one in shipped.all[number].pathways:
            assert (one.assured_date, one.confidence) == ("2021", "partly")
            assert "2021" in one.source and is_old(one, date(2026, 11, 22))
            assert one.waiting_time is None and one.if_refused is None


def test_the_default_is_for_every_age_and_level(shipped: Catalogs) -> None:
    for age, level in itertools.product(range(12, 21), GRAVE):
        one = pathway(None, age, level, shipped)  # type: ignore[arg-type]
        assert one is not None and age in one.ages and level in one.levels
        assert one.if_refused and one.while_waiting and one.bring and one.waiting_time
        kinds = [step.kind for step in one.steps]
        assert kinds[0] == "listens" and {"refers", "beside", "coordinates"} <= set(kinds)


def test_age_decides_where_it_leads(shipped: Catalogs) -> None:
    young, adult = (told("refers", shipped, age=age) for age in (17, 18))
    assert "BUP" in young and "DPS" not in young
    assert "DPS" in adult and "TSB" in adult and "BUP" not in adult
    unknown = told("refers", shipped)
    assert "BUP" in unknown and "Er du 18 eller mer" in unknown


@pytest.mark.parametrize("place", [None, *REAL, "9999"])
def test_no_first_door_is_a_specialist(shipped: Catalogs, place: str | None) -> None:
    for age in (13, 17, 18, 25):
        one = pathway(place, age, "red", shipped)
        assert one is not None and not set(one.steps[0].who) & NEVER_A_DOOR


@pytest.mark.parametrize("place", [None, *REAL, "9999"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_danger_at_home_never_leads_to_the_parents(
    shipped: Catalogs, place: str | None, language: Language
) -> None:
    for part in PARTS:
        text = told(part, shipped, place=place, age=14, language=language, home_danger=True)
        assert not re.search(r"\b(mamma|pappa|foreldr\w*|famili\w*)\b", text.lower()), text


def test_a_first_door_that_may_tell_the_parents_gives_way(shipped: Catalogs) -> None:
    assert way("3413", 15, "red", shipped).own is not None
    assert way("3413", 15, "red", shipped, home_danger=True).own is None
    assert way("3203", 15, "red", shipped, home_danger=True).own is not None


def test_under_sixteen_is_told_who_gets_to_know(shipped: Catalogs) -> None:
    assert "foreldre som regel få vite" in told("steps", shipped, age=15)
    assert "foreldre" not in told("steps", shipped, age=16)


def test_eksempelvik_has_everything_of_its_own(shipped: Catalogs) -> None:
    catalog = shipped.all["9999"]
    for age in (12, 17, 18, 25):
        one = pathway("9999", age, "dark_red", shipped)
        assert one is not None and one.source == "Oppdiktet for visning og test"
        assert one.waiting_time and one.if_refused
    young: Pathway = catalog.pathways[0]
    assert young.bring and young.while_waiting
    assert "Slik går det videre i Eksempelvik" in told("if_refused", shipped, place="9999", age=15)


def test_for_somebody_else_it_is_said_whose_way_it_is(shipped: Catalogs) -> None:
    assert told("steps", shipped, age=15, about="other").startswith("Slik er det for den")


def test_without_any_catalog_nothing_is_told() -> None:
    assert tell("steps", Asker(NOW), Catalogs()) == []
    assert pathway("3203", 15, "red", Catalogs()) is None


def test_bubbles_hold_as_much_as_fits_in_order() -> None:
    assert bubbles_of(["a" * 200, "b" * 99, "c"]) == ["a" * 200 + " " + "b" * 99, "c"]
    assert bubbles_of([]) == []


WAYS_OF_WORKING = (
    "bti", "stafettlogg", "stafettholder", "log", "5r", "ambit", "pakkeforløp", "velferdslab",
    "stillasbyggerne", "nærværsteam", "inntak ute", "fact ung", "capa", "dialogbasert inntak",
    "samhandlingsforløp", "handlingsveileder",
)  # fmt: skip


@pytest.mark.parametrize("word", WAYS_OF_WORKING)
def test_ways_of_working_are_explained_and_are_no_doors(shipped: Catalogs, word: str) -> None:
    found = explain_word(word, None, shipped)
    assert found is not None and getattr(found.entry, "kind", "") == "way_of_working"
    for key in shipped.all:
        names = {offer.service.name.nb.casefold() for offer in shipped.offers(key)}
        assert word not in names - {"fact ung"}  # Eksempelvik's team is reached by referral


@pytest.mark.parametrize(
    ("word", "place", "key"),
    [
        ("stangehjelpa", None, "3413"),
        ("ung arena", "0301", "0301"),
        ("familiens hus", None, "3911"),
        ("familiens hus", "1106", "1106"),
        ("stafettlogg", "5501", "5501"),
        ("stafettlogg", "3413", NATIONAL),
        ("fact ung", "0301", "0301"),
        ("stillasbyggerne", None, NATIONAL),
    ],
)
def test_a_word_means_what_it_means_where_they_live(
    shipped: Catalogs, word: str, place: str | None, key: str
) -> None:
    found = explain_word(word, place, shipped)
    assert found is not None and found.catalog.key == key


def test_a_word_nobody_has_written_down_is_not_explained(shipped: Catalogs) -> None:
    assert explain_word("hokuspokus", "0301", shipped) is None
    assert "hokuspokus" not in words_of(shipped)
