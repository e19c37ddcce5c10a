"""The sentences themselves: plain, in both written forms, complete, true to the numbers."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.safety import answers
from bot.safety.card import CARD, LAST_RESORT, emergency_card, last_resort, static_card
from bot.safety.numbers import BY_NUMBER, CALLED, DOORS, FIRST, LINES, cards
from bot.safety.verdict import FLAGS
from bot.texts import all_texts

TEXTS = {key: entry for key, entry in all_texts().items() if key.startswith("safety.")}
FILLED = {
    "line": "Alarmtelefonen 116 111",
    "number": "113",
    "chat": "Jeg kan ikke love at andre chatter er åpne nå.",
    "redcross": "Røde Kors 815 55 201 kan mye om slikt.",
}
TONGUES = ("nb", "nn", "en")
CLINICAL = re.compile(
    r"psykose|psykotisk|suicid|selvmord|sjølvmord|depresj|anorek|bulimi|diagnos|pasient|"
    r"traume|akutt|symptom|lidelse|psychos|suicid|depress|patient|trauma",
    re.IGNORECASE,
)
BOKMAL_ONLY = re.compile(
    r"\b(?:jeg|ikke|hva|hvor|hvem|noen|noe|være|mer|fra|hjemme|bare|kommer|gjør|sier|skriver|"
    r"vet|nå|dere|hvis|trenger|høyt|selv|også|ringe)\b"
)
NYNORSK_ONLY = re.compile(
    r"\b(?:eg|ikkje|kva|kvar|kven|nokon|noko|vere|meir|frå|heime|berre|kjem|gjer|seier|skriv du|"
    r"veit|no|dykk|treng|høgt|sjølv|òg|ringje)\b"
)


def sentences(text: str) -> list[list[str]]:
    parts = re.split(r"[.!?:]+(?:\s|$|»)", text)
    found = [re.findall(r"[^\W_]+", part) for part in parts]
    return [words for words in found if words]


def lix(text: str) -> float:
    all_of = sentences(text)
    words = [word for sentence in all_of for word in sentence]
    return len(words) / len(all_of) + 100 * sum(len(word) > 6 for word in words) / len(words)


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_every_text_is_plain(key: str) -> None:
    entry = TEXTS[key]
    assert set(entry) == {*TONGUES, "review"}
    for tongue in TONGUES:
        text = entry[tongue].format(**FILLED)
        assert len(text) <= 300
        assert all(len(sentence) <= 20 for sentence in sentences(text)), text
        assert tongue == "en" or lix(text) <= 30, (lix(text), text)
        assert not CLINICAL.search(text), text
        assert "100 %" not in text and "vi svarer" not in text.lower()


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_both_written_forms_are_real(key: str) -> None:
    nb, nn = (re.sub(r"\w+\.no\b", "", TEXTS[key][form].lower()) for form in ("nb", "nn"))
    assert not BOKMAL_ONLY.search(nn), nn
    assert not NYNORSK_ONLY.search(nb), nb
    names = re.compile(r"{\w+}")
    filled = [sorted(names.findall(TEXTS[key][tongue])) for tongue in TONGUES]
    assert filled[0] == filled[1] == filled[2]


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_the_numbers_agree_in_all_tongues_and_are_known(key: str) -> None:
    number = re.compile(r"(?<!\d)\d[\d ]*\d(?!\d)")
    named = [sorted(set(number.findall(TEXTS[key][tongue]))) for tongue in TONGUES]
    assert named[0] == named[1]
    assert set(named[2]) <= {*named[0], *named[1]} | {"116 117"}
    for one in named[0]:
        assert one in BY_NUMBER or one == "116111", one


def test_every_text_can_be_reached_and_every_key_asked_for_exists() -> None:
    for flag in FLAGS:
        for about in ("self", "other"):
            for part in ("emergency", "now", "human", "step", "question"):
                assert f"safety.{part}.{flag}.{about}" in TEXTS
    with pytest.raises(answers.NoText, match=r"safety\.nothing"):
        answers.text("nb", "safety.nothing")


def test_the_first_sentence_of_a_human_answer_can_be_replaced() -> None:
    for key, entry in TEXTS.items():
        if re.match(r"safety\.human\.(?:" + "|".join(FLAGS) + r")\.", key):
            for tongue in TONGUES:
                first, dot, rest = entry[tongue].partition(". ")
                assert dot and rest and not re.search(r"\d", first), (key, first)


# ---------------------------------------------------------------- numbers


def test_doors_are_as_the_evaluation_has_them() -> None:
    assert DOORS == {
        "medical": ("113",),
        "overdose": ("113", "22 59 13 00"),
        "suicide": ("113", "116 117", "116 111", "116 123"),
        "psychosis": ("113", "116 117"),
        "self_harm": ("113", "116 117", "116 111"),
        "violence": ("112", "116 111", "02800"),
        "sexual_abuse": ("112", "116 117", "116 111"),
        "harm_others": ("112",),
        "unsafe_home": ("112", "116 111"),
    }
    assert all(FIRST[flag] == DOORS[flag][0] for flag in FLAGS)


def test_every_line_says_where_it_was_checked_and_when() -> None:
    for line in LINES:
        assert line.source.startswith("https://") and re.fullmatch(
            r"\d{4}-\d\d-\d\d", line.last_checked
        )
        for tongue in TONGUES:
            card = line.card(tongue)  # type: ignore[arg-type]
            assert card.why and card.phone == line.number and not card.fictional
            assert (card.hours is not None) == (card.open_now is True) == line.always
    assert set(CALLED) <= set(BY_NUMBER)


def test_unverified_hours_are_not_shown() -> None:
    assert not BY_NUMBER["815 55 201"].always and not BY_NUMBER["02800"].always


def test_honest_notes() -> None:
    assert (
        "ikke si" in BY_NUMBER["116 111"].note["nb"]
        or "la være" in (BY_NUMBER["116 111"].note["nb"])
    )
    assert "skriver ned" in BY_NUMBER["116 111"].note["nb"]
    assert "tatt opp" in BY_NUMBER["22 59 13 00"].note["nb"]
    for number in ("112", "113"):
        assert "hvem som ringer, og hvorfra" in BY_NUMBER[number].note["nb"]
    assert "anonym" not in BY_NUMBER["22 59 13 00"].note["nb"]


def test_numbers_are_found_in_words_and_not_inside_others() -> None:
    found = [card.phone for card in cards("Ring 113, 116 117 eller 22 59 13 00.", "nb")]
    assert found == ["113", "116 117", "22 59 13 00"]
    assert cards("konto 11300 og 01131", "nb") == []
    assert len(cards("113 112 110 116 117 116 111", "nb")) == 3


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_emergency_card(language: Any) -> None:
    card = emergency_card(language)
    for number in ("113", "112", "110", "116 117", "116 111"):
        assert number in card.text
    assert [one.phone for one in card.services] == ["113", "112", "110", "116 117", "116 111"]
    assert ("ikkje" in card.text) is (language == "nn")


def test_the_static_card_is_plain_data() -> None:
    entries = static_card()
    assert [one["number"] for one in entries][:2] == ["113", "112"]
    for one in entries:
        assert one["tel"] == one["number"].replace(" ", "") and one["always"]
        assert set(one["note"]) == set(TONGUES) == set(one["hours"])


def test_what_is_fixed_in_code_is_plain_too() -> None:
    fixed = [CARD, *LAST_RESORT.values()]
    for texts in fixed:
        for text in texts.values():
            assert len(text) <= 300
            assert all(len(sentence) <= 20 for sentence in sentences(text)), text
    for response in ("emergency", "human", "check"):
        assert "116 111" in last_resort(response, None).text  # type: ignore[arg-type]
    assert (
        "113" in last_resort("emergency", "nn").text
        and "112" in last_resort("emergency", "en").text
    )
