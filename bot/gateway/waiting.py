"""What can be done while one waits for a human, or when nobody is on duty.

A small menu of buttons, each answered from texts alone: it works with everything else down, and
leaves the question that waits, and what was understood, as they are.
"""

from __future__ import annotations

from typing import Optional

from bot.gateway.at_home import may_be_danger
from bot.gateway.conversation import Conversation
from bot.gateway.talk import spoken
from bot.safety.numbers import FIRST, cards
from bot.texts import say
from bot.turn import Choice, Message, Tongue, Turn

NAME = "wait="
STEPS = 5
# The state of a conversation whose red flag met nobody on duty.
NOBODY = "nobody"
_NUMBERS = {"call.113": "113", "call.112": "112"}


def is_waiting(value: str) -> bool:
    """Say whether a button belongs here."""
    return value.startswith(NAME)


def answer(talk: Conversation, value: str) -> Turn:
    """Answer a button. The question that waits goes on waiting; an unknown button is the menu."""
    name = value.removeprefix(NAME)
    messages = _grounding(name, talk) or _call(name, talk) or _other(name, talk)
    return Turn(messages=messages, expects=talk.expects, understood=talk.understood)


def offer(talk: Conversation, turn: Turn) -> None:
    """Put the menu into the turn in which a case opened, or a red flag met nobody; once for each.

    Before the last bubble, if that asks something.
    """
    why = _why(talk, turn)
    if why is None or talk.offered == why:
        return
    talk.offered = why
    key = "waiting.offer.nobody" if why == NOBODY else "waiting.offer"
    bubble = spoken(say(key, talk.tongue), choices=menu(talk))
    asks = bool(turn.messages) and (turn.expects is not None or bool(turn.messages[-1].choices))
    turn.messages.insert(len(turn.messages) - 1 if asks else len(turn.messages), bubble)


def menu(talk: Conversation) -> list[Choice]:
    """Return the buttons. A code to come back with is not offered where home may be the danger."""
    names = ["ground.1", "call", "stay", *([] if may_be_danger(talk) else ["code"])]
    return [_choice(name, talk.tongue) for name in names]


def _why(talk: Conversation, turn: Turn) -> Optional[str]:
    if talk.state == "waiting":
        return talk.case
    flagged = turn.safety is not None and turn.safety.response in ("emergency", "human")
    asked = any(choice.value == "human=yes" for m in turn.messages for choice in m.choices)
    return NOBODY if flagged and not asked and not talk.with_human else None


def _grounding(name: str, talk: Conversation) -> list[Message]:
    kind, _, number = name.partition(".")
    if kind != "ground" or number not in {str(step) for step in range(1, STEPS + 2)}:
        return []
    language, step = talk.tongue, int(number)
    if step > STEPS:
        again = _choice("ground.1", language, "waiting.choice.again")
        choices = [again, _choice("menu", language)]
        return [spoken(say("waiting.ground.done", language), choices=choices)]
    onwards = _choice(f"ground.{step + 1}", language, "waiting.choice.next")
    text = say(f"waiting.ground.{step}", language)
    return [spoken(text, choices=[onwards, _choice("menu", language)])]


def _call(name: str, talk: Conversation) -> list[Message]:
    language = talk.tongue
    if name == "call":
        urgent = "112" if talk.flag in FIRST and FIRST[talk.flag] == "112" else "113"
        names = (f"call.{urgent}", "call.alarm", "call.doctor", "menu")
        choices = [_choice(one, language) for one in names]
        return [spoken(say("waiting.call", language), choices=choices)]
    if name in _NUMBERS:
        number = _NUMBERS[name]
        told = [
            say(f"waiting.{name}", language),
            say("waiting.call.seen", language, number=number),
        ]
    elif name == "call.alarm":
        told = [say("waiting.call.alarm", language), say("waiting.call.alarm.honest", language)]
    elif name == "call.doctor":
        told = [say("waiting.call.doctor", language), say("waiting.call.doctor.closed", language)]
    else:
        return []
    return _ending(talk, [spoken(text) for text in told])


def _other(name: str, talk: Conversation) -> list[Message]:
    language = talk.tongue
    if name == "stay":
        alone = "" if talk.state == "waiting" else ".nobody"
        return _ending(talk, [spoken(say(f"waiting.stay{alone}", language))])
    if name == "code":
        told = ("waiting.code", "waiting.code.honest")
        return _ending(talk, [spoken(say(key, language)) for key in told])
    return [spoken(say("waiting.menu", language), choices=menu(talk))]


def _ending(talk: Conversation, messages: list[Message]) -> list[Message]:
    """Show the numbers that are named as cards, and lead back to the menu from the last bubble."""
    for message in messages:
        message.services = cards(message.text, talk.tongue)
    messages[-1].choices = [_choice("menu", talk.tongue)]
    return messages


def _choice(name: str, language: Tongue, label: Optional[str] = None) -> Choice:
    key = label or f"waiting.choice.{'ground' if name == 'ground.1' else name}"
    return Choice(label=say(key, language), value=f"{NAME}{name}")
