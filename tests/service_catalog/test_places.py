"""Places in messages: own written forms, and sentences without any place."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from service_catalog.places import Place, districts_of, find_places, municipality

HERE = Path(__file__).parent
RIGHT_AT_LEAST = 0.98  # the goal for written forms; the table itself must hold in full
FALSE_AT_MOST = 2


def table() -> list[tuple[str, bool, set[str]]]:
    rows = []
    for line in (HERE / "places.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            said, asked, wanted = line.split("\t")
            rows.append((said, asked == "asked", meanings(wanted)))
    return rows


def meanings(wanted: str) -> set[str]:
    """Split "0301/Gamle Oslo 3205" at blanks before a number."""
    if wanted == "-":
        return set()
    parts: list[str] = []
    for word in wanted.split():
        if word[:4].isdigit():
            parts.append(word)
        else:
            parts[-1] += f" {word}"
    return set(parts)


def found(places: list[Place]) -> set[str]:
    return {f"{one.number}/{one.bydel}" if one.bydel else one.number for one in places}


@pytest.mark.parametrize(("said", "asked", "wanted"), table())
def test_written_form(said: str, asked: bool, wanted: set[str]) -> None:
    assert found(find_places(said, expected=asked)) == wanted


def test_the_table_is_large_enough() -> None:
    assert len(table()) >= 200


def test_sentences_without_a_place() -> None:
    sentences = (HERE / "no_places.txt").read_text("utf-8").splitlines()
    false = {line: found(find_places(line)) for line in sentences if find_places(line)}
    assert len(sentences) >= 150
    assert len(false) <= FALSE_AT_MOST, false


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
