"""What counts as a yes to the question whether a human shall read: only a plain one."""

from __future__ import annotations

import pytest

from bot.gateway.consent import (
    asks_back,
    changes_mind,
    is_wish,
    knows_the_nurse,
    names_the_nurse,
    read,
    wishes_another,
)

ANSWERS = {
    "yes": "ja|jaa takk|ja det vil æ|ok|okey|kjør|jepp|det er greit|går bra|gjerne|ja plis|jo|mhm|"
    "👍|hu kan få lese|ja eg vil gjerne det|ja jeg vil snakke med henne|yess|"
    "kan jeg få snakke med noen|hallo? eg vil snakke med eit menneske",
    "no": "nei|nei takk|niks|ikke nå|nei egentlig ikke|jeg vil ikke at noen leser dette|"
    "jeg vil ikke snakke med noen|jammen jeg vil ikke|glem det|neeei",
    "known": "ikke henne|ikkje ho|ja, men jeg kjenner henne|jo men ej kjenne ho|hun er tanta mi|"
    "det er mora til bestevennen min|tanta mi er helsesykepleier|noen andre enn henne",
    "unsure": "vet ikke|æ veit ikkje|kanskje|tja|nja|njae|tror det|vent litt",
    "terms": "ja hvis det er anonymt|ja men hvem er det|ja, bare om mamma ikke får vite det|ok men "
    "sier hun det til noen",
}


@pytest.mark.parametrize(
    ("answer", "text"), [(a, text) for a, texts in ANSWERS.items() for text in texts.split("|")]
)
def test_answers(answer: str, text: str) -> None:
    assert read(text) == answer


@pytest.mark.parametrize(
    "text",
    [
        "jeg er så sliten",
        "mamma er slem",
        "hvem er det som leser",
        "vil helst snakke med venninna mi",
        "vil du si det til mamma?",
        "jeg kjenner meg så trist",
        "jeg kjenner at det er tungt",
        "det er mamma som er problemet",
        "jeg er litt lei meg",
        "vet ikke, jeg er bare så trist hele tida",
        "no tenkjer eg på det",
        "kan jeg snakke med en lege",
        "hvordan kan jeg snakke med noen",
    ],
)
def test_what_is_no_answer_goes_on_to_the_dialogue(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("yes please", "yes"),
        ("sure", "yes"),
        ("no thanks", "no"),
        ("no", "no"),
        ("not now", "no"),
        ("maybe", "unsure"),
        ("yes but will she tell my mom?", "terms"),
        ("who is it?", "terms"),
        ("i know her", "known"),
    ],
)
def test_answers_in_english(text: str, answer: str) -> None:
    assert read(text, english=True) == answer


def test_in_nynorsk_no_means_now() -> None:
    assert read("no") is None


WISHES = (
    "kan jeg snakke med et menneske?|Jeg vil snakke med et menneske|Eg vil snakke med eit menneske|"
    "hallo? kan jeg få snakke med noen|kan æ få snakk me nån|can i talk to a human?|"
    "i want to talk to a real person please|jeg vil snakke med et ekte menneske nå|"
    "kan jeg snakke med henne igjen|kan eg få prata med helsesyster her"
)
NO_WISHES = (
    "jeg vil ikke snakke med noen|hvem kan jeg snakke med|kan jeg snakke med en lege|"
    "kan jeg snakke med noen om mobbing|jeg vil snakke med mamma|jeg har ingen å snakke med|"
    "skal jeg snakke med noen på skolen|kan jeg snakke med helsesøster|jeg vil snakke med henne"
)


@pytest.mark.parametrize("text", WISHES.split("|"))
def test_a_plain_wish_needs_no_engine(text: str) -> None:
    assert is_wish(text)


@pytest.mark.parametrize("text", NO_WISHES.split("|"))
def test_what_tells_or_asks_more_is_for_the_engine(text: str) -> None:
    assert not is_wish(text)


@pytest.mark.parametrize(
    "text",
    [
        "kan jeg snakke med noen andre enn helsesøster, jeg kjenner henne",
        "kan æ få snakk me nån andre enn helsesøster, æ kjenne ho",
        "kan jeg snakke med et menneske? men ikke helsesøster, hun er naboen min",
        "kan jeg snakke med en person, jeg kjenner helsesøster",
        "kan eg prate med nokon anna enn helsesyster",
        "eg har det kjipt, kan eg snakke med nokon som ikkje er helsesyster",
        "can i talk to someone other than the nurse, i know her",
    ],
)
def test_a_wish_for_somebody_else_than_the_one_they_know(text: str) -> None:
    assert wishes_another(text)


@pytest.mark.parametrize(
    "text",
    [
        "kan jeg snakke med noen",
        "jeg har snakket med noen og jeg kjenner henne",
        "kan jeg snakke med noen om at mamma drikker, hun er moren min",
        "hvem kan jeg snakke med når jeg kjenner helsesøster",
        "jeg kjenner helsesøster",
    ],
)
def test_no_wish_for_somebody_else(text: str) -> None:
    assert not wishes_another(text)


def test_a_mere_her_is_the_nurse_only_as_an_answer_or_beside_a_wish() -> None:
    assert knows_the_nurse("jeg kjenner henne") and not names_the_nurse("jeg kjenner henne")
    assert names_the_nurse("jeg kjenner henne som jobber der")
    assert not knows_the_nurse("nei, jeg kjenner henne ikke")


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("jeg ombestemte meg", True),
        ("eg har ombestemt meg", True),
        ("jo forresten, jeg vil det likevel", True),
        ("æ vil prate me ho likevæl", True),
        ("actually yes i want to talk to someone", True),
        ("i changed my mind", True),
        ("jeg tør ikke snakke med henne", False),
        ("jeg vil bare sove", False),
        ("ja", False),  # to whatever was asked since
    ],
)
def test_after_a_no(text: str, changed: bool) -> None:
    assert changes_mind(text) is changed


def test_who_asks_back_has_not_answered() -> None:
    assert asks_back("hvem er det") and asks_back("blir det anonymt?")
    assert not asks_back("jeg er trist")


@pytest.mark.parametrize("text", ["", "   ", "?" * 3000, "\u200b", "ja" * 5000])
def test_nothing_upsets_it(text: str) -> None:
    read(text), is_wish(text), wishes_another(text), changes_mind(text), asks_back(text)
