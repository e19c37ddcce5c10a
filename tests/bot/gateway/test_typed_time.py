"""A typed time is taken only where times were shown, and only when it fits one of them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from bot.gateway.choices import Choices
from bot.gateway.conversation import Conversation
from bot.gateway.typed_time import typed_time
from bot.turn import Choice, Message

CALM = SimpleNamespace(response=None, flag=None)
RED = SimpleNamespace(response="human", flag="self_harm")
SEALED = Choices("secret")
TIMES = {
    "time=a": "onsdag 14. oktober kl. 13:30",
    "time=b": "onsdag 14. oktober kl. 14:00",
    "time=c": "torsdag 15. oktober kl. 13:30",
    "times=more": "Vis flere tider",
}


def talk(buttons: dict[str, str] = TIMES) -> Conversation:
    shown = Message(
        text="Dette er ledig", choices=[Choice(label=b, value=a) for a, b in buttons.items()]
    )
    return Conversation(id="c", created="", messages=SEALED.seal_all("c", [shown]))


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("14.00", "time=b"),
        ("kl 14 passer bra", "time=b"),
        ("torsdag", "time=c"),
        ("på torsdagen kl 13:30", "time=c"),
        ("onsdag 13.30 takk", "time=a"),
        ("den første", "time=a"),
        ("den fyrste", "time=a"),
        ("tar den tredje", "time=c"),
        ("thursday", "time=c"),
        ("halv to på torsdag", "time=c"),
        ("fredag", "times=more"),
    ],
)
def test_a_time_is_taken(words: str, value: str) -> None:
    choice = typed_time(talk(), words, CALM, SEALED)
    assert choice is not None and choice.value == value


@pytest.mark.parametrize(
    "words",
    [
        *("13.30", "onsdag", "15.00", "halv fire", "ikke onsdag 14.00", "torsdag kan ikke jeg"),
        *("når er du der 14.00", "er 14 år og har det vondt hver dag hele tiden nå", "ja", ""),
    ],
)
def test_what_fits_none_or_several_is_a_message(words: str) -> None:
    assert typed_time(talk(), words, CALM, SEALED) is None


def test_where_no_times_were_shown_it_is_a_message() -> None:
    assert typed_time(talk({"times=more": "Vis flere tider"}), "14.00", CALM, SEALED) is None
    assert typed_time(Conversation(id="c", created=""), "14.00", CALM, SEALED) is None


def test_what_the_screen_saw_something_in_is_a_message() -> None:
    assert typed_time(talk(), "14.00", RED, SEALED) is None
    assert typed_time(talk(), "14.00", None, SEALED) is None
