"""A first name is taken only where it was asked for, and only when it is one."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from bot.gateway.conversation import Conversation
from bot.gateway.first_name import first_name
from bot.turn import Message

CALM = SimpleNamespace(response=None, flag=None)
RED = SimpleNamespace(response="human", flag="self_harm")


def talk(last: str = "name-1") -> Conversation:
    asked = Message(id=last, text="Skriv bare fornavnet ditt.")
    return Conversation(id="c", created="2026-10-14T16:30:00Z", messages=[asked])


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Kari", "Kari"),
        ("  åse. ", "åse"),
        ("Anne-Marie", "Anne-Marie"),
        ("Jeg heter Kari", "Kari"),
        ("eg heiter Máret", "Máret"),
        ("Kari Nordmann", "Kari"),
        ("D'Angelo", None),
        ("O", None),
    ],
)
def test_a_name_is_read(words: str, name: str | None) -> None:
    choice = first_name(talk(), words, CALM)
    assert (choice and choice.value) == (name and f"first_name={name}")
    assert choice is None or name not in choice.label


@pytest.mark.parametrize(
    "words",
    [
        *("", "nei", "Vet ikke", "hjelp", "anonym", "jeg vil ikke", "12345678", "a@b.no"),
        *("hva skjer med navnet mitt etterpå?", "x" * 40, "Kari 12", "Kari=admin", "/restart"),
    ],
)
def test_other_words_are_no_name(words: str) -> None:
    assert first_name(talk(), words, CALM) is None


def test_a_name_that_was_not_asked_for_is_a_message() -> None:
    assert first_name(talk("m1"), "Kari", CALM) is None
    assert first_name(Conversation(id="c", created=""), "Kari", CALM) is None


def test_what_the_screen_saw_something_in_is_no_name() -> None:
    assert first_name(talk(), "Kari", RED) is None
    assert first_name(talk(), "Kari", None) is None
