"""Finding help: for every age, level and hour, what is offered and what is never offered."""

from __future__ import annotations

import itertools
import time
from datetime import datetime, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.turn import Level
from service_catalog.find import Found, Match, Query, bookable, find
from service_catalog.hours import OSLO
from service_catalog.load import Catalogs
from service_catalog.terms import FIRST_DOORS, NEVER_A_DOOR, THEMES

LEVELS: tuple[Level, ...] = ("green", "yellow", "orange", "red", "dark_red")
AFTERNOON = datetime(2026, 11, 24, 15, 0, tzinfo=OSLO)  # a Tuesday
NIGHT = datetime(2026, 11, 25, 3, 0, tzinfo=OSLO)
PLACES = ("9999", "0301", "3413", "5501", "3203", "1122", "1804", None)


@pytest.fixture(scope="module")
def shipped() -> Catalogs:
    return Catalogs.load()


def ask(shipped: Catalogs, level: Level = "orange", **known: object) -> Found:
    known.setdefault("now", AFTERNOON)
    return find(Query(level=level, **known), shipped)  # type: ignore[arg-type]


def types(found: Found) -> list[str]:
    return [match.card.type for match in found.matches]


def ids(found: Found) -> list[str]:
    return [match.card.id for match in found.matches]


def service(shipped: Catalogs, match: Match):  # type: ignore[no-untyped-def]
    offer = shipped.offer(match.card.id)
    assert offer is not None
    return offer.service


EVERYWHERE = list(itertools.product(PLACES, LEVELS, [None, *range(12, 21)], (AFTERNOON, NIGHT)))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("level", LEVELS)
def test_always_two_to_four_and_nobody_outside_the_age(
    shipped: Catalogs, place: str | None, level: Level
) -> None:
    for age, now, theme in itertools.product(
        (None, *range(12, 21)), (AFTERNOON, NIGHT), ("trist", "familie", "mat_kropp", "vold")
    ):
        found = ask(shipped, level, place=place, age=age, now=now, themes=(theme,))
        assert 2 <= len(found.matches) <= 4, (age, now, theme)
        assert len(set(ids(found))) == len(found.matches)
        for match in found.matches:
            one = service(shipped, match)
            assert one.fits_age(age)
            assert one.type not in NEVER_A_DOOR and one.type != "nodnummer"
            assert 0 < len(match.card.why) <= 400
            assert match.description and match.anonymity


@pytest.mark.parametrize("level", ["red", "dark_red"])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("age", [12, 15, 17, 18, 20])
def test_grave_begins_with_somebody_near_who_listens(
    shipped: Catalogs, level: Level, place: str | None, age: int
) -> None:
    for now in (AFTERNOON, NIGHT):
        found = ask(shipped, level, place=place, age=age, now=now, themes=("trist",))
        first = found.matches[0]
        assert first.first_door and first.step != "national"
        assert first.card.type in FIRST_DOORS
        if level == "dark_red":
            assert "koordinerende_enhet" in types(found)


@pytest.mark.parametrize("place", ["0301", "3413", "5501", "3203", "3911", "5059", "1106"])
@pytest.mark.parametrize("level", ["red", "dark_red"])
def test_old_facts_are_no_doors_when_it_is_grave(
    shipped: Catalogs, place: str, level: Level
) -> None:
    found = ask(shipped, level, place=place, age=16)
    assert not any(match.stale for match in found.matches)
    assert found.gap


def test_old_facts_are_told_as_something_to_ask_about(shipped: Catalogs) -> None:
    told = " ".join(ask(shipped, "red", place="3203", age=16).honest)
    assert "Mottaksenheten" in told and "2021" in told and "Asker" in told


@pytest.mark.parametrize("level", ["yellow", "orange"])
@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("0301", "0301-ung-arena"),
        ("3413", "3413-stangehjelpa"),
        ("5501", "5501-lavterskelteamet"),
        ("3203", "3203-mottaksenheten"),
    ],
)
def test_old_facts_are_marked_and_never_the_only_offer(
    shipped: Catalogs, level: Level, place: str, wanted: str
) -> None:
    found = ask(shipped, level, place=place, age=15, themes=("trist",))
    assert wanted in ids(found)
    assert any(not match.stale for match in found.matches)
    for match in found.matches:
        if match.stale:
            assert "2021" in match.card.why and "Sjekk" in match.card.why
            assert match.card.hours is None and match.card.open_now is None
            assert match.card.checked == "2021"
    assert any("2021" in sentence for sentence in found.honest)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("wish", [{"home_danger": True}, {"prefers": frozenset({"no_parents"})}])
def test_never_through_parents(
    shipped: Catalogs, place: str | None, level: Level, wish: dict[str, object]
) -> None:
    for age, theme in itertools.product((12, 15, 17, 19), ("familie", "vold", "konsentrasjon")):
        found = ask(shipped, level, place=place, age=age, themes=(theme,), **wish)
        for match in found.matches:
            assert service(shipped, match).parents in ("not_involved", "your_choice")


def test_a_family_is_offered_the_family_centre_when_home_is_safe(shipped: Catalogs) -> None:
    found = ask(
        shipped, "orange", place="9999", age=15, themes=("familie",), types=("familiesenter",)
    )
    assert ids(found) == ["9999-familiesenteret"]
    assert (
        ask(shipped, "orange", place="9999", types=("familiesenter",), home_danger=True).matches
        == []
    )


def test_at_night_there_is_always_somebody_who_answers(shipped: Catalogs) -> None:
    for place, level, age, _ in EVERYWHERE:
        if level == "green":
            continue
        found = ask(shipped, level, place=place, age=age, now=NIGHT, themes=("trist",))
        open_now = [match for match in found.matches if match.card.open_now]
        assert open_now and any(match.card.phone for match in open_now), (place, level, age)


def test_chats_that_are_most_likely_shut_are_not_offered(shipped: Catalogs) -> None:
    for age in range(12, 21):
        found = ask(
            shipped, "orange", age=age, now=NIGHT, prefers={"chat"}, themes=("rus", "trist")
        )
        assert not {"national-rusinfo", "national-snakkompsyken", "national-kors-paa-halsen"} & set(
            ids(found)
        )
    evening = datetime(2026, 11, 24, 18, 30, tzinfo=OSLO)
    found = ask(shipped, "yellow", age=16, now=evening, prefers={"chat"}, themes=("identitet",))
    assert "national-snakkompsyken" in ids(found)
    night = ask(shipped, "yellow", age=16, now=NIGHT, prefers={"chat"}, themes=("identitet",))
    assert "national-snakkompsyken" not in ids(night)


def test_a_shut_chat_in_the_municipality_is_not_offered(shipped: Catalogs) -> None:
    asked = {"place": "9999", "age": 15, "themes": ("ensom",), "prefers": {"chat"}}
    assert "9999-chatten" in ids(ask(shipped, "yellow", **asked))
    assert "9999-chatten" not in ids(ask(shipped, "yellow", now=NIGHT, **asked))


@pytest.mark.parametrize("wish", ["meet", "phone", "drop_in"])
def test_wishes_are_met(shipped: Catalogs, wish: str) -> None:
    for level, age in itertools.product(LEVELS, (13, 16, 19)):
        found = ask(shipped, level, place="9999", age=age, prefers=frozenset({wish}))
        offered = [service(shipped, match) for match in found.matches]
        assert any(wish in one.attending_types or wish in one.who_may_come for one in offered), (
            level,
            age,
        )


@pytest.mark.parametrize(
    ("theme", "age", "wanted"),
    [
        ("mat_kropp", 15, "national-ros"),
        ("rus", 17, "9999-rusteam-ung"),
        ("mobbing", 14, "national-snakkommobbing"),
        ("foreldre_rus", 13, "national-barsnakk"),
        ("okonomi_bolig", 18, "9999-nav"),
    ],
)
def test_specialists_for_what_they_tell(
    shipped: Catalogs, theme: str, age: int, wanted: str
) -> None:
    found = ask(shipped, "yellow", place="9999", age=age, themes=(theme,))
    assert wanted in ids(found)


def test_specialists_only_for_what_they_tell(shipped: Catalogs) -> None:
    for level, theme in itertools.product(LEVELS, ("stress", "kjaerlighet", "sovn")):
        for match in ask(shipped, level, place="9999", age=16, themes=(theme,)).matches:
            assert not service(shipped, match).specialised


def test_words_find_what_no_theme_names(shipped: Catalogs) -> None:
    afternoon = datetime(2026, 11, 24, 14, 0, tzinfo=OSLO)
    told = "pappa sitter i fengsel og ingen vet det"
    found = ask(shipped, "yellow", age=14, text=told, themes=("familie",), now=afternoon)
    assert "national-i-fengsel" in ids(found)
    assert "national-i-fengsel" not in ids(ask(shipped, "yellow", age=14, themes=("familie",)))
    forced = ask(
        shipped, "red", age=16, text="de vil gifte meg bort", now=AFTERNOON.replace(hour=11)
    )
    assert "national-rode-kors-telefonen" in ids(forced)


def test_adults_lines_are_for_adults(shipped: Catalogs) -> None:
    for age, expected in ((15, False), (17, False), (None, False), (18, True), (20, True)):
        found = ask(shipped, "orange", place="1804", age=age, themes=("vold",))
        assert ("national-vold-og-overgrepslinjen" in ids(found)) is expected, age


def test_a_child_in_danger_at_home_gets_those_who_can_act(shipped: Catalogs) -> None:
    day = ask(shipped, "red", place="9999", age=14, themes=("vold",), home_danger=True)
    assert "9999-barnevernet" in ids(day)
    night = ask(shipped, "red", place="9999", age=14, themes=("vold",), home_danger=True, now=NIGHT)
    assert {"9999-barnevernvakta", "9999-barnevernet"} & set(ids(night))
    assert any(match.card.open_now for match in night.matches)


def test_unknown_age_is_met_with_the_age_in_words(shipped: Catalogs) -> None:
    found = ask(shipped, "green", place="9999", bydel="Åskanten", types=("fritid",))
    whys = {match.card.id: match.card.why for match in found.matches}
    assert "For deg som er 16 eller eldre." in whys["9999-fritid-18"]
    assert "For deg mellom" not in whys["9999-ungdomsklubben"]
    known = ask(shipped, "green", place="9999", bydel="Åskanten", types=("fritid",), age=17)
    assert all("For deg som er 16" not in match.card.why for match in known.matches)


def test_the_bydel(shipped: Catalogs) -> None:
    near = ask(shipped, "green", place="9999", bydel="Åskanten", age=17, types=("fritid",))
    assert near.matches[0].step == "district"
    other = ask(shipped, "green", place="9999", bydel="Fjordbyen", age=17, types=("fritid",))
    assert "9999-fritid-18" not in ids(other)
    oslo = ask(shipped, "orange", place="0301", bydel="Gamle Oslo", age=14)
    assert "0301-psykologer-gamle-oslo" in ids(oslo)
    frogner = ask(shipped, "orange", place="0301", bydel="Frogner", age=14)
    assert "0301-psykologer-gamle-oslo" not in ids(frogner)


def test_somebody_known_works_there(shipped: Catalogs) -> None:
    first = ids(ask(shipped, "orange", place="9999", age=15))[0]
    again = ask(shipped, "orange", place="9999", age=15, exclude={first})
    assert first not in ids(again) and len(again.matches) >= 2


def test_a_place_without_a_catalog(shipped: Catalogs) -> None:
    found = ask(shipped, "orange", place="1804", age=15)
    assert found.honest[0] == "Jeg har ikke lista over tilbud i Bodø ennå."
    assert "helsestasjon" in found.honest[1]
    assert not found.gap
    assert {"everywhere", "national"} == {match.step for match in found.matches}
    nynorsk = ask(shipped, "orange", place="1804", age=15, language="nn")
    assert nynorsk.honest[0] == "Eg har ikkje lista over tilbod i Bodø enno."


@pytest.mark.parametrize("place", [None, "0000", "tull"])
def test_no_place(shipped: Catalogs, place: str | None) -> None:
    found = ask(shipped, "orange", place=place, age=15)
    assert "hvor du bor" in found.honest[0] and found.matches and not found.gap


def test_a_municipality_with_an_empty_level(shipped: Catalogs) -> None:
    found = ask(shipped, "orange", place="1122", age=15)
    assert found.gap and "Gjesdal" in found.honest[0]
    assert not ask(shipped, "orange", place="9999", age=15).gap


def test_why_is_read_aloud(shipped: Catalogs) -> None:
    by_id = {m.card.id: m.card for m in ask(shipped, "orange", place="9999", age=15).matches}
    card = by_id["9999-helsestasjon-for-ungdom"]
    assert card.why.startswith("Åpent til 20 i dag, og du trenger ikke time.")
    assert card.hours == "mandag–torsdag 14–20" and card.open_now is True
    assert card.phone == "00 10 00 03" and card.fictional and card.checked == "2026-10-15"
    nynorsk = ask(shipped, "orange", place="9999", age=15, language="nn")
    assert any(match.card.why.startswith("Ope til 20 i dag") for match in nynorsk.matches)


def test_a_secret_address_stays_secret(shipped: Catalogs) -> None:
    found = ask(shipped, "red", place="9999", age=19, themes=("vold",), home_danger=True)
    (match,) = [match for match in found.matches if match.card.type == "krisesenter"]
    assert match.address is None and "hemmelig" in match.card.why


def test_explained_when_asked_for_by_type(shipped: Catalogs) -> None:
    assert types(ask(shipped, "red", place="9999", age=15, types=("bup",))) == ["bup"]
    assert types(ask(shipped, "green", types=("nodnummer",)))


def test_stale_after_a_year(tmp_path: Path, small: str) -> None:
    text = small.replace("levels: [green, yellow]", "levels: [orange, red]")
    (tmp_path / "3413.yml").write_text(text, "utf-8")
    catalogs = Catalogs.load(tmp_path)
    fresh = datetime(2027, 4, 30, 12, tzinfo=OSLO)
    old = datetime(2027, 5, 3, 12, tzinfo=OSLO)
    for now, stale in ((fresh, False), (old, True)):
        found = find(Query("orange", now, place="3413", age=15), catalogs)
        assert [match.stale for match in found.matches] == [stale]
    assert find(Query("red", fresh, place="3413", age=15), catalogs).matches
    assert not find(Query("red", old, place="3413", age=15), catalogs).matches


def test_closed_this_week(tmp_path: Path, small: str) -> None:
    text = small + (
        "    alerts:\n      - text: {nb: Stengt denne uka., nn: Stengt denne veka.}\n"
        "        valid_from: 2026-11-23\n        valid_to: 2026-11-27\n        closed: true\n"
    )
    (tmp_path / "3413.yml").write_text(text, "utf-8")
    catalogs = Catalogs.load(tmp_path)
    assert not find(Query("yellow", AFTERNOON, place="3413", age=15), catalogs).matches
    later = AFTERNOON.replace(day=30)
    assert find(Query("yellow", later, place="3413", age=15), catalogs).matches


def test_a_neighbour_serves_here_too(tmp_path: Path, small: str) -> None:
    text = small.replace("levels: [green, yellow]", "levels: [yellow]")
    (tmp_path / "3413.yml").write_text(text + "    service_area: ['3403']\n", "utf-8")
    found = find(Query("yellow", AFTERNOON, place="3403", age=15), Catalogs.load(tmp_path))
    assert [match.step for match in found.matches] == ["intermunicipal"]


def test_own_door_instead_of_the_general_one(shipped: Catalogs) -> None:
    found = ask(shipped, "red", place="9999", age=15)
    assert not any(match.step == "everywhere" for match in found.matches)


def test_bookable(shipped: Catalogs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BOOKING_PORT", raising=False)
    assert bookable("9999", 15, [], AFTERNOON, shipped) is None
    monkeypatch.setenv("BOOKING_PORT", "8203")
    offer = bookable("9999", 15, [], AFTERNOON, shipped)
    assert offer is not None
    assert offer.endpoint == "http://127.0.0.1:8203/fhir"
    assert offer.name("nn") == "Helsestasjon for ungdom"
    assert bookable("9999", 30, [], AFTERNOON, shipped) is None
    assert bookable("1804", 15, [], AFTERNOON, shipped) is None
    matches = ask(shipped, "orange", place="9999", age=15).matches
    assert [match.card.id for match in matches if match.bookable] == [offer.id]


@settings(max_examples=200, deadline=None)
@given(
    level=st.sampled_from(LEVELS),
    place=st.sampled_from(PLACES),
    age=st.none() | st.integers(0, 99),
    themes=st.sets(st.sampled_from(THEMES), max_size=3),
    prefers=st.sets(
        st.sampled_from(["chat", "phone", "meet", "drop_in", "no_parents", "anonymous"])
    ),
    home_danger=st.booleans(),
    language=st.sampled_from(["nb", "nn"]),
    now=st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(timezone.utc)),
    text=st.text(max_size=40),
)
def test_never_fails_and_keeps_its_promises(shipped: Catalogs, **known: object) -> None:
    found = find(Query(**known), shipped)  # type: ignore[arg-type]
    assert len(found.matches) <= 4 and (found.matches or found.honest)
    for match in found.matches:
        one = service(shipped, match)
        assert one.fits_age(known["age"]) and one.type not in NEVER_A_DOOR  # type: ignore[arg-type]
        if known["home_danger"]:
            assert one.parents not in ("involved", "unknown")
        if known["level"] in ("red", "dark_red"):
            assert not match.stale or one.generic
    for sentence in found.honest:
        assert "{" not in sentence


def test_fast_enough(shipped: Catalogs) -> None:
    queries = [
        Query(level, now, place=place, age=age, themes=("trist",))
        for place, level, age, now in EVERYWHERE[::7]
    ]
    find(queries[0], shipped)
    times = []
    for query in queries:
        start = time.thread_time()
        find(query, shipped)
        times.append(time.thread_time() - start)
    # The goal is 3 ms at the 99th percentile; half as much again for a machine at work.
    assert sorted(times)[int(len(times) * 0.99)] < 0.0045
