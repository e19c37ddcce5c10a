"""Places in messages: own written forms, and sentences without any place."""

from __future__ import annotations

import re
import time
from collections import Counter
from pathlib import Path

import pytest

from bot.nlu.examples import training
from service_catalog import place_report
from service_catalog.place_report import Form
from service_catalog.place_table import table as names
from service_catalog.places import Place, districts_of, find_places, municipality

HERE = Path(__file__).parent
RIGHT_AT_LEAST = 0.98  # the goal for written forms; the table itself must hold in full
FALSE_AT_MOST = 2


def table(name: str) -> list[Form]:
    return place_report.read_table(HERE / name)


def text(name: str) -> list[Form]:
    return place_report.read_text(HERE / name)


def found(places: list[Place]) -> frozenset[str]:
    return place_report.meanings(places)


@pytest.mark.parametrize("form", table("places.tsv"), ids=lambda form: form.said)
def test_written_form(form: Form) -> None:
    assert found(find_places(form.said, expected=form.asked)) == form.wanted


def test_written_forms_with_those_set_apart() -> None:
    apart = place_report.measure(table("places_heldout.tsv"))
    reads = [*place_report.measure(table("places.tsv")), *apart]
    named = [one for one in reads if one.form.wanted]
    assert len(named) >= 500 and len(apart) >= 165
    right = [one for one in named if one.outcome == "right"]
    assert len(right) / len(named) >= RIGHT_AT_LEAST
    assert not [one for one in reads if one.outcome in ("wrong", "false")]


def test_sentences_without_a_place() -> None:
    reads = place_report.measure([*text("no_places.txt"), *text("no_places_heldout.txt")])
    false = list(place_report.faults(reads))
    assert len(reads) >= 500
    assert len(false) <= FALSE_AT_MOST, false


def test_words_that_young_people_write_are_no_misspelled_places() -> None:
    """ "skolen" is not Skøyen, "trenger" not Bergen, also where a place was asked for."""
    counts: Counter[str] = Counter()
    for message in training():
        counts.update(set(re.findall(r"[a-zæøå]{4,}", message.text.lower())))
    words = [word for word, times in counts.items() if times >= 5 and word not in names().spots]
    assert len(words) > 5_000
    read = {word for word in words if find_places(word, expected=True)}
    assert read <= {"eksem", "brygga"}, "to places/not_places.txt"  # begins a name; is a quay


def test_every_municipality_is_found_by_its_names() -> None:
    missed = []
    for number in NUMBERS:
        where = municipality(number)
        assert where is not None
        for name in where.names:
            numbers = {place.number for place in find_places(name, expected=True)}
            if number not in numbers:
                missed.append((number, name))
    assert missed == []


def test_every_municipality_is_found_in_a_sentence() -> None:
    missed = []
    for number in NUMBERS:
        where = municipality(number)
        assert where is not None
        if number not in {p.number for p in find_places(f"jeg bor i {where.name} kommune")}:
            missed.append(where.name)
    assert missed == []


def test_the_words_are_those_of_the_youth() -> None:
    text = "æ bor litt utenfor  Gjøvik egentlig"
    (place,) = find_places(text)
    assert text[place.start : place.start + len(place.words)] == place.words == "Gjøvik"
    assert (place.name, place.county, place.kind) == ("Gjøvik", "Innlandet", "municipality")


def test_a_part_of_a_known_town_needs_no_further_name() -> None:
    assert found(find_places("midtbyen", expected=True)) == set()
    assert found(find_places("midtbyen", expected=True, within="5001")) == {"5001/Midtbyen"}


def test_a_part_with_its_town_is_one_place() -> None:
    assert found(find_places("Bærum, Sandvika")) == {"3201"}


@pytest.mark.parametrize(
    "said", ["", " ", "🙂", "\x00", "i", "i på fra", "x" * 20_000, "oslo" * 500]
)
def test_odd_texts_do_no_harm(said: str) -> None:
    for asked in (False, True):
        assert isinstance(find_places(said, expected=asked), list)


def test_lists_of_bydeler() -> None:
    assert len(districts_of("0301")) == 15
    assert len(districts_of("4601")) == 8
    assert len(districts_of("5001")) == 4
    assert len(districts_of("1103")) == 9
    assert districts_of("3413") == []


def test_unknown_number() -> None:
    assert municipality("0000") is None
    assert municipality("9999") is not None


def test_a_message_takes_less_than_two_milliseconds() -> None:
    lines = (HERE / "no_places.txt").read_text("utf-8").splitlines()
    messages = [" ".join(lines[start : start + 6]) for start in range(0, 120, 4)]
    find_places(messages[0], expected=True)
    times = []
    for message in messages:
        start = time.thread_time()
        find_places(message, expected=True)
        times.append(time.thread_time() - start)
    assert sorted(times)[len(times) // 2] < 0.002


def _numbers() -> list[str]:
    path = Path("service_catalog/places/municipalities.csv")
    rows = path.read_text("utf-8").splitlines()
    return [row[:4] for row in rows if row[:4].isdigit()]


NUMBERS = _numbers()


def test_all_municipalities_of_2024() -> None:
    assert len(NUMBERS) == 357 + 1  # and Eksempelvik


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("bestevennen min bor i Lillehammer, jeg bor i Gausdal", {"3441"}),
        ("æ og mamma bor i Bodø, pappa bor i Oslo", {"1804"}),
        ("bestevennen min bor i Lillehammer", {"3405"}),
        ("jeg skal flytte til Bergen, men bor i Voss", {"4621"}),
        ("vi budde i Molde før, men no bur vi i Ålesund", {"1508"}),
        ("vi holder til i Narvik", {"1806"}),
        ("de holdt meg inne i kampen", set()),
    ],
)
def test_where_the_one_who_writes_lives_now(said: str, numbers: set[str]) -> None:
    assert {place.number for place in find_places(said)} == numbers


@pytest.mark.parametrize(
    ("said", "number"),
    [("skein", "4003"), ("nordre ollo", "3207"), ("sør-auradl", "3449"), ("vonje", "4036")],
)
def test_an_answer_that_is_one_misspelled_municipality(said: str, number: str) -> None:
    assert {place.number for place in find_places(said, expected=True)} == {number}
    assert find_places(said) == []


def test_a_sami_answer_in_the_case_of_the_place() -> None:
    for said, number in (("orun Guovdageainnus", "5612"), ("mun orun Kárášjogas", "5610")):
        assert {place.number for place in find_places(said, expected=True)} == {number}
