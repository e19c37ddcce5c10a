"""What the youth hears: short, in both written forms, and whole."""

from __future__ import annotations

import re

import pytest

from bot.handoff import messages
from bot.handoff.canned import MOST, settled_choices
from bot.handoff.case import Case, Person, Reason, Unit
from bot.safety.numbers import Tongue
from bot.texts import all_texts
from tests.bot.handoff.conftest import EKSEMPELVIK


def _words(text: str) -> int:
    return len(text.split())


KEYS = [key for key in all_texts() if key.startswith("handoff.")]
LONGEST_HELP = {
    language: ", ".join(parts[1:]) + f" og {parts[0]}"
    for language in ("nb", "nn")
    if (parts := sorted((words for _, words in settled_choices(language)), key=_words)[-MOST:])
}
RECEIVER = "helsesjukepleiaren i Eksempelvik kommune"


@pytest.mark.parametrize("key", KEYS)
def test_texts_are_short_and_in_both_forms(key: str) -> None:
    entry = all_texts()[key]
    assert set(entry) == {"nb", "nn", "review"}
    assert set(re.findall(r"{(\w+)}", entry["nb"])) == set(re.findall(r"{(\w+)}", entry["nn"]))
    name = RECEIVER if key.startswith(("handoff.opened", "handoff.ask")) else "Ingrid"
    for language in ("nb", "nn"):
        text = entry[language].format(
            name=name,
            other="Jonas",
            receiver=RECEIVER,
            role="helsesjukepleiar",
            place="Eksempelvik",
            number="113",
            what=LONGEST_HELP[language],
            days=30,
        )
        assert len(text) <= 300
        for sentence in re.split(r"[.?!:] ", text):
            assert len(sentence.split()) <= 20, sentence


def case(language: str = "nb", urgency: str = "acute") -> Case:
    return Case(
        id="c1",
        conversation_id="conv",
        state="claimed",
        language=language,
        unit=Unit.of(EKSEMPELVIK),
        reasons=[Reason(flag="suicide", urgency=urgency)],
        owner=Person(id="ingrid", name="Ingrid", role="helsesykepleier"),
        opened_at="2026-10-14T16:30:00.000Z",
    )


def test_nobody_there_names_who_is() -> None:
    for language in ("nb", "nn"):
        text = messages.nobody(language).text
        assert all(number in text for number in ("116 111", "116 117", "113"))


def test_opening_promises_no_time() -> None:
    text = messages.opened(EKSEMPELVIK, "nb").text
    assert "så snart det går" in text and "vet ikke hvor lenge" in text
    assert not re.search(r"\d", text)


def test_the_question_can_be_answered_with_a_button() -> None:
    asked = messages.ask(EKSEMPELVIK, "nn")
    assert [choice.value for choice in asked.choices] == ["human=yes", "human=no", "human=known"]
    assert "helsesjukepleiaren" in asked.text


@pytest.mark.parametrize("tongue", ["nb", "nn", "en"])
def test_who_asks_for_a_human_hears_yes_and_who_reads(tongue: Tongue) -> None:
    asked = messages.ask_wished(EKSEMPELVIK, tongue)
    assert [choice.value for choice in asked.choices] == ["human=yes", "human=no", "human=known"]
    assert asked.text.startswith(("Ja, det kan du.", "Yes, you can."))
    assert "Eksempelvik" in asked.text and asked.text.endswith("?")


@pytest.mark.parametrize("told", ["now", "earlier"])
def test_who_knows_somebody_there_hears_that_it_is_another_municipality(told: str) -> None:
    assert "i en annen kommune" in messages.ask_other(EKSEMPELVIK, "nb", told).text
    assert messages.nobody_else("nn", told).choices == []


def test_who_is_unsure_or_asks_for_the_terms_can_still_answer() -> None:
    for why in ("unsure", "terms"):
        assert len(messages.ask_again(why, "nb").choices) == 3
    assert "taushetsplikt" in messages.ask_again("terms", "nb").text


def test_who_asks_where_they_are_says_why() -> None:
    assert "Vi ser ikke hvor du er" in messages.where("nb").text
    assert "sende hjelp" in messages.where("nb").text


def test_what_remains_is_told_before_deleting() -> None:
    told = messages.before_deletion(case(), 14)
    assert (
        len(told) == 3
        and "14 dager" in told[0]
        and "telefonnummeret" in told[1]
        and "journal" in told[2]
    )
    assert len(messages.before_deletion(case(urgency="serious"), 30)) == 2
    assert "lova" in messages.before_deletion(case("nn"), 30)[-1]


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_who_waits_in_vain_is_pointed_on(language: str) -> None:
    told = messages.unanswered(case(language, urgency="serious"))
    assert [card.phone for message in told for card in message.services] == [
        "116 111",
        "116 117",
        "113",
    ]
    assert not re.search(r"\d", told[0].text)
    assert all(card.open_now for message in told for card in message.services)


@pytest.mark.parametrize(("flag", "number"), [("suicide", "113"), ("violence", "112")])
def test_in_danger_the_emergency_number_comes_first(flag: str, number: str) -> None:
    reasons = [Reason(flag=None, urgency="none"), Reason(flag=flag, urgency="acute")]
    told = messages.unanswered(case().copy(update={"reasons": reasons}))
    assert number in told[0].text and told[0].services[0].phone == number
